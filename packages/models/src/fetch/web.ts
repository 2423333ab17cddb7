// How the files of a model come from the web, one after the other.

import { link, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isVoiceInputError, makeFolder, type ModelFile } from '@voiceinput/plugin-api';
import { pathsIn } from '../cache/place.ts';
import { onDisk } from '../cache/storage.ts';
import { askingWeb, type Network } from './ask-web.ts';
import type { Order, PinnedFile } from './order.ts';
import { basesOf, pageOf, type Base } from './hub.ts';
import { networkFailure, offline, type Request } from './network-failure.ts';
import { readNpmConfiguration, type Patience } from './npm-configuration.ts';
import { partialPath } from './partial.ts';
import { resumable } from './resumable.ts';
import { retrying } from './retry.ts';

interface Transfer {
  readonly order: Order;
  readonly source: string;
  readonly network: Network;
  readonly patience: Patience;
}

/**
 * Brings the files of `order.entry` from `source`, `hf:` or a web address. Proxy, certificates and retries are those of
 * npm's configuration and of `HTTPS_PROXY` and its kin. Rejects with `ERR_MODEL_OFFLINE`, `_REGISTRY`, `_CHECKSUM` or
 * `_STORAGE`. A transfer that breaks off, also by abort or a killed process, goes on at the next try, also from a mirror.
 */
export async function fetchFromWeb(source: string, order: Order, signal: AbortSignal): Promise<void> {
  const bases = basesOf(source);
  const first = order.entry.files[0]!;
  if (order.offline) throw offline(requestFor(order, source, bases[0]!, first), 'the network is switched off');
  const { options: network, patience } = await readNpmConfiguration();
  const transfer = { order, source, network, patience };
  let beforeBytes = 0;
  let trusted = 0;
  const parts: { readonly path: string; readonly name: string }[] = [];
  for (const file of order.entry.files) {
    const onBytes = (done: number): void => order.onBytes(beforeBytes + done);
    // A base that could not be reached for one file is not waited for again.
    const { path, base } = await fromAnyBase(transfer, { file, bases: bases.slice(trusted), onBytes }, signal);
    trusted = bases.indexOf(base);
    parts.push({ path, name: file.name });
    beforeBytes += file.bytes;
  }
  await putInPlace(parts, order);
}

interface Wish {
  readonly file: ModelFile;
  readonly bases: readonly Base[];
  onBytes(doneBytes: number): void;
}

/** Rejects as the first base did when none gives the file. */
async function fromAnyBase(
  transfer: Transfer,
  { file, bases, onBytes }: Wish,
  signal: AbortSignal,
): Promise<{ path: string; base: Base }> {
  const failures: unknown[] = [];
  for (const base of bases) {
    try {
      return { path: await fetchFile(transfer, { file, base, onBytes }, signal), base };
    } catch (error) {
      signal.throwIfAborted();
      if (isVoiceInputError(error) && error.code === 'ERR_MODEL_STORAGE') throw error;
      failures.push(error);
    }
  }
  throw failures[0];
}

/** Gives where the file lies then. */
async function fetchFile(
  { order, source, network, patience }: Transfer,
  { file, base, onBytes }: Pick<Wish, 'file' | 'onBytes'> & { readonly base: Base },
  signal: AbortSignal,
): Promise<string> {
  const pin = pinOf(file, source);
  const path = partialPath(pin, order);
  let doneBytes = 0;
  const to = {
    path,
    onBytes: (done: number): void => {
      doneBytes = done;
      onBytes(done);
    },
  };
  const request = { base, path: file.path, network, silenceMs: patience.answerMs };
  try {
    await retrying({ patience, doneBytes: () => doneBytes }, signal, (signal) =>
      resumable(askingWeb(request, signal), pin, to, signal),
    );
    return path;
  } catch (error) {
    signal.throwIfAborted();
    throw isVoiceInputError(error) ? error : networkFailure(error, requestFor(order, source, base, file));
  }
}

const pinOf = ({ path, bytes, sha256 }: ModelFile, source: string): PinnedFile => ({
  what: `${source}/${path}`,
  bytes,
  integrity: `sha256-${Buffer.from(sha256, 'hex').toString('base64')}`,
});

function requestFor({ entry }: Order, source: string, base: Base, file: ModelFile): Request {
  const page = pageOf(source);
  const isHub = page !== undefined;
  return {
    modelId: entry.id,
    what: `${source}/${file.path}`,
    from: base.address,
    hints: {
      signIn: isHub
        ? `Accept the terms of the model at ${page}, and set HF_TOKEN to a token of yours.`
        : 'The source asks for a sign-in. Download the files by hand and import the folder.',
      missing: isHub
        ? 'Set HF_ENDPOINT to a hub or mirror that has it, or VOICEINPUT_HF_MIRRORS to several.'
        : 'The plugin that brings the model names an old address: look for a newer version of it.',
      elsewhere: `On a machine without a network, download ${entry.files.map(({ path }) => path).join(', ')} from ${page ?? base.address} elsewhere, and run: voiceinput models import ${entry.id} FOLDER`,
    },
  };
}

/** What has come stays until the whole model is in the cache: an import that fails then costs no second transfer. */
async function putInPlace(parts: readonly { path: string; name: string }[], { entry, folder }: Order): Promise<void> {
  const places = pathsIn(entry);
  for (const { path, name } of parts) {
    const to = join(folder, places.get(name)!);
    await onDisk(folder, async () => {
      await makeFolder(dirname(to));
      await link(path, to).catch(() => rename(path, to));
    });
  }
}
