// Which part of an MP4's sound is shown: ISO/IEC 14496-12 §8.6.6. What somebody cut off is often still in the file.

import { fstat, read } from 'node:fs';
import { promisify } from 'node:util';

export interface ShownPart {
  /** When it ends, in seconds of the whole film. */
  readonly endSeconds: number;
  /** Whether more follows, or it is shown at another speed. */
  readonly isOneOfSeveral: boolean;
}

const HEADER_BYTES = 16;
const MOST_BOXES = 10_000;
const MOST_INDEX_BYTES = 64 * 2 ** 20;
const NORMAL_SPEED = 0x1_0000;

interface Box {
  readonly type: string;
  readonly body: DataView;
}

/** The first part of each track that has a list of them, by the track's number. */
export async function shownParts(descriptor: number): Promise<ReadonlyMap<number, ShownPart>> {
  const index = await indexOf(descriptor);
  const parts = new Map<number, ShownPart>();
  if (index === undefined) return parts;
  const movie = find(index, 'mvhd');
  const unitsASecond = movie && numberAt(movie, isLong(movie) ? 20 : 12);
  if (!unitsASecond) return parts;
  for (const { body: track } of boxesIn(index).filter(({ type }) => type === 'trak')) {
    const [head, edits] = [find(track, 'tkhd'), find(track, 'edts')];
    const list = edits && find(edits, 'elst');
    const part = list && firstPartOf(list, unitsASecond);
    const number = head && numberAt(head, isLong(head) ? 20 : 12);
    if (part !== undefined && number !== undefined) parts.set(number, part);
  }
  return parts;
}

function firstPartOf(list: DataView, unitsASecond: number): ShownPart | undefined {
  const entryBytes = isLong(list) ? 20 : 12;
  const count = Math.min(numberAt(list, 4) ?? 0, Math.floor((list.byteLength - 8) / entryBytes));
  let end: number | undefined;
  let units = 0;
  let isOneOfSeveral = false;
  for (let entry = 0; entry < count; entry++) {
    const at = 8 + entry * entryBytes;
    const duration = isLong(list) ? Number(list.getBigUint64(at)) : list.getUint32(at);
    const begin = isLong(list) ? Number(list.getBigInt64(at + 8)) : list.getInt32(at + 4);
    const speed = list.getInt32(at + entryBytes - 4);
    units += duration;
    if (begin < 0) continue;
    isOneOfSeveral ||= end !== undefined || speed !== NORMAL_SPEED;
    // A film that is written piece by piece does not know how long it will be; others round to whole units.
    end ??= duration === 0 ? Infinity : (units + 1) / unitsASecond;
  }
  return end === undefined ? undefined : { endSeconds: end, isOneOfSeveral };
}

/** Wherever it stands. Absent when the file has none, or one that nobody would write. */
async function indexOf(descriptor: number): Promise<DataView | undefined> {
  const { size } = await promisify(fstat)(descriptor);
  for (let [at, count] = [0, 0]; at + 8 <= size && count < MOST_BOXES; count++) {
    const head = await bytesAt(descriptor, at, HEADER_BYTES);
    const box = headerOf(head, size - at);
    if (box === undefined) return undefined;
    if (box.type === 'moov') {
      const bodyBytes = box.bytes - box.headerBytes;
      return bodyBytes > MOST_INDEX_BYTES ? undefined : bytesAt(descriptor, at + box.headerBytes, bodyBytes);
    }
    at += box.bytes;
  }
  return undefined;
}

async function bytesAt(descriptor: number, at: number, length: number): Promise<DataView> {
  const { buffer, bytesRead } = await promisify(read)(descriptor, new Uint8Array(length), 0, length, at);
  return new DataView(buffer.buffer, 0, bytesRead);
}

function headerOf(view: DataView, roomBytes: number) {
  if (view.byteLength < 8) return undefined;
  const short = view.getUint32(0);
  if (short === 1 && view.byteLength < 16) return undefined;
  const headerBytes = short === 1 ? 16 : 8;
  const bytes = short === 0 ? roomBytes : short === 1 ? Number(view.getBigUint64(8)) : short;
  if (bytes < headerBytes) return undefined;
  const type = String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + 4, 4));
  return { type, bytes: Math.min(bytes, roomBytes), headerBytes };
}

function boxesIn(view: DataView): Box[] {
  const boxes: Box[] = [];
  for (let at = 0; at + 8 <= view.byteLength && boxes.length < MOST_BOXES;) {
    const rest = new DataView(view.buffer, view.byteOffset + at, view.byteLength - at);
    const box = headerOf(rest, rest.byteLength);
    if (box === undefined) break;
    const { type, bytes, headerBytes } = box;
    boxes.push({ type, body: new DataView(rest.buffer, rest.byteOffset + headerBytes, bytes - headerBytes) });
    at += bytes;
  }
  return boxes;
}

const find = (view: DataView, wanted: string): DataView | undefined =>
  boxesIn(view).find(({ type }) => type === wanted)?.body;

/** Whether its times have 64 bits. */
const isLong = (box: DataView): boolean => box.byteLength > 0 && box.getUint8(0) === 1;

const numberAt = (box: DataView, at: number): number | undefined =>
  box.byteLength >= at + 4 ? box.getUint32(at) : undefined;
