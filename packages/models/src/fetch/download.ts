// How a tarball comes to the disk, from where it broke off last time, and that it is the pinned one.

import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { isVoiceInputError, VoiceInputError } from '@voiceinput/plugin-api';
import type { Response } from 'npm-registry-fetch';
import { onDisk } from '../cache/storage.ts';
import type { NpmSource } from '@voiceinput/plugin-api';
import { nameOf, withoutCredentials } from './network-failure.ts';
import { partialBytes } from './partial.ts';

/** Asks for the tarball, or for what comes after its first `fromBytes` bytes. */
export type Ask = (fromBytes: number) => Promise<Response>;

interface Target {
  readonly path: string;
  onBytes(doneBytes: number): void;
}

/**
 * Brings the tarball to `path`. What is there already is taken as its beginning; if the whole is not the pinned one then,
 * it is fetched anew, once. What the network throws stays as it is, and so does what came until then. Rejects with
 * `ERR_MODEL_CHECKSUM` or `ERR_MODEL_STORAGE`, and nothing stays. The signal ends the reading of what is there.
 */
export async function download(ask: Ask, source: NpmSource, to: Target, signal: AbortSignal): Promise<void> {
  try {
    const keptBytes = await onDisk(to.path, () => partialBytes(to.path, source));
    const answer = keptBytes > 0 ? await goOn(ask, source, { ...to, keptBytes, signal }) : await ask(0);
    if (answer !== 'done') await bringWhole(answer, source, to);
  } catch (error) {
    if (isVoiceInputError(error)) await onDisk(to.path, () => rm(to.path, { force: true }));
    throw error;
  }
}

/** Gives an answer from the beginning when the kept part was of no use. */
async function goOn(
  ask: Ask,
  source: NpmSource,
  to: Target & { keptBytes: number; signal: AbortSignal },
): Promise<Response | 'done'> {
  const hash = createHash('sha512');
  await onDisk(to.path, () => hashFile(to.path, hash, to.signal));
  to.onBytes(to.keptBytes);
  if (to.keptBytes < source.bytes) {
    const answer = await askRest(ask, to.keptBytes);
    if (answer?.status === 200) return answer;
    if (!answer || !continues(answer, to.keptBytes, source)) return ask(0);
    const doneBytes = await write(answer, { ...to, hash, mostBytes: source.bytes });
    if (doneBytes > source.bytes) return ask(0);
  }
  return integrityOf(hash) === source.integrity ? 'done' : ask(0);
}

/** Absent when the registry has no such part. */
async function askRest(ask: Ask, fromBytes: number): Promise<Response | undefined> {
  try {
    return await ask(fromBytes);
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 416) return undefined;
    throw error;
  }
}

/** https://www.rfc-editor.org/rfc/rfc9110#field.content-range */
const continues = ({ status, headers }: Response, fromBytes: number, { bytes }: NpmSource): boolean =>
  status === 206 && headers.get('content-range') === `bytes ${fromBytes}-${bytes - 1}/${bytes}`;

async function bringWhole(response: Response, source: NpmSource, to: Target): Promise<void> {
  const hash = createHash('sha512');
  const doneBytes = await write(response, { ...to, keptBytes: 0, hash, mostBytes: source.bytes });
  if (doneBytes > source.bytes) throw notPinned(response, source, `more than the ${source.bytes} bytes`);
  const integrity = integrityOf(hash);
  if (integrity !== source.integrity) {
    throw notPinned(response, source, `${doneBytes} bytes with ${integrity} instead of ${source.integrity}`);
  }
}

/** Writes the body after the first `keptBytes`, until more than `mostBytes` have come. Gives how many there are. */
async function write(
  response: Response,
  to: Target & { keptBytes: number; mostBytes: number; hash: Hash },
): Promise<number> {
  let doneBytes = to.keptBytes;
  const file = await onDisk(to.path, () => open(to.path, doneBytes === 0 ? 'w' : 'a'));
  try {
    for await (const chunk of response.body) {
      doneBytes += chunk.length;
      if (doneBytes > to.mostBytes) break;
      to.hash.update(chunk);
      await onDisk(to.path, () => file.appendFile(chunk));
      to.onBytes(doneBytes);
    }
  } finally {
    await onDisk(to.path, () => file.close());
  }
  return doneBytes;
}

async function hashFile(path: string, hash: Hash, signal: AbortSignal): Promise<void> {
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20, signal })) hash.update(chunk as Buffer);
}

const integrityOf = (hash: Hash): string => `sha512-${hash.digest('base64')}`;

const notPinned = ({ url }: Response, source: NpmSource, what: string): VoiceInputError =>
  new VoiceInputError(
    'ERR_MODEL_CHECKSUM',
    `${withoutCredentials(url)} is not the ${nameOf(source)} that its model pins: ${what}.`,
  );
