// How a pinned file comes to the disk, from where it broke off last time, and that it is the pinned one.

import { createHash, type Hash } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { isVoiceInputError, VoiceInputError } from '@voiceinput/plugin-api';
import { onDisk } from '../cache/storage.ts';
import { withoutCredentials } from './network-failure.ts';
import type { PinnedFile } from './order.ts';
import { partialBytes } from './partial.ts';

/** What a source answers. */
export interface Answer {
  readonly url: string;
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: AsyncIterable<Uint8Array>;
}

/** Asks for the file, or for what comes after its first `fromBytes` bytes. A refusal rejects, with a `statusCode`. */
export type Ask = (fromBytes: number) => Promise<Answer>;

/** Never through a link that somebody else put there. Windows has no such flag. */
const WRITE_HERE = constants.O_WRONLY | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0);

interface Target {
  readonly path: string;
  onBytes(doneBytes: number): void;
}

/**
 * Brings the file to `path`. What is there already is taken as its beginning; if the whole is not the pinned one then,
 * it is fetched anew, once. What the network throws stays as it is, and so does what came until then. Rejects with
 * `ERR_MODEL_CHECKSUM` or `ERR_MODEL_STORAGE`, and nothing stays. The signal ends the reading of what is there.
 */
export async function resumable(ask: Ask, pin: PinnedFile, to: Target, signal: AbortSignal): Promise<void> {
  try {
    const keptBytes = await onDisk(to.path, () => partialBytes(to.path, pin));
    const answer = keptBytes > 0 ? await goOn(ask, pin, { ...to, keptBytes, signal }) : await ask(0);
    if (answer !== 'done') await bringWhole(answer, pin, to);
  } catch (error) {
    if (isVoiceInputError(error)) await onDisk(to.path, () => rm(to.path, { force: true }));
    throw error;
  }
}

/** Gives an answer from the beginning when the kept part was of no use. */
async function goOn(
  ask: Ask,
  pin: PinnedFile,
  to: Target & { keptBytes: number; signal: AbortSignal },
): Promise<Answer | 'done'> {
  const hash = hashFor(pin);
  await onDisk(to.path, () => hashFile(to.path, hash, to.signal));
  to.onBytes(to.keptBytes);
  if (to.keptBytes < pin.bytes) {
    const answer = await askRest(ask, to.keptBytes);
    if (answer?.status === 200) return answer;
    if (!answer || !continues(answer, to.keptBytes, pin)) return ask(0);
    const doneBytes = await write(answer, { ...to, hash, mostBytes: pin.bytes });
    if (doneBytes > pin.bytes) return ask(0);
  }
  return integrityOf(hash, pin) === pin.integrity ? 'done' : ask(0);
}

/** Absent when the source has no such part. */
async function askRest(ask: Ask, fromBytes: number): Promise<Answer | undefined> {
  try {
    return await ask(fromBytes);
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 416) return undefined;
    throw error;
  }
}

/** https://www.rfc-editor.org/rfc/rfc9110#field.content-range */
const continues = ({ status, headers }: Answer, fromBytes: number, { bytes }: PinnedFile): boolean =>
  status === 206 && headers.get('content-range') === `bytes ${fromBytes}-${bytes - 1}/${bytes}`;

async function bringWhole(answer: Answer, pin: PinnedFile, to: Target): Promise<void> {
  const hash = hashFor(pin);
  const doneBytes = await write(answer, { ...to, keptBytes: 0, hash, mostBytes: pin.bytes });
  if (doneBytes > pin.bytes) throw notPinned(answer, pin, `more than the ${pin.bytes} bytes`);
  const integrity = integrityOf(hash, pin);
  if (integrity !== pin.integrity) {
    throw notPinned(answer, pin, `${doneBytes} bytes with ${integrity} instead of ${pin.integrity}`);
  }
}

/** Writes the body after the first `keptBytes`, until more than `mostBytes` have come. Gives how many there are. */
async function write(
  answer: Answer,
  to: Target & { keptBytes: number; mostBytes: number; hash: Hash },
): Promise<number> {
  let doneBytes = to.keptBytes;
  const file = await onDisk(to.path, () =>
    open(to.path, WRITE_HERE | (doneBytes === 0 ? constants.O_TRUNC : constants.O_APPEND)),
  );
  try {
    for await (const chunk of answer.body) {
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

const algorithmOf = ({ integrity }: PinnedFile): string => integrity.slice(0, integrity.indexOf('-'));
const hashFor = (pin: PinnedFile): Hash => createHash(algorithmOf(pin));
const integrityOf = (hash: Hash, pin: PinnedFile): string => `${algorithmOf(pin)}-${hash.digest('base64')}`;

const notPinned = ({ url }: Answer, { what: name }: PinnedFile, what: string): VoiceInputError =>
  new VoiceInputError(
    'ERR_MODEL_CHECKSUM',
    `${withoutCredentials(url)} is not the ${name} that its model expects: ${what}.`,
  );
