// Decides how everything is fetched that a selection's owner offers, large contents piece by piece (ICCCM 2.7.2).

import type { Property, XEvent } from 'x11';
import { ask } from '../connection.ts';
import type { Connection } from '../connection.ts';
import type { Content, Contents } from './contents.ts';

/** An owner that does not answer is gone. */
const ANSWER_DEADLINE_MS = 300;
const MOST_BYTES = 64_000_000;
const ANY_TYPE = 0;
/** Of the selection protocol itself, and those with effects. */
const NO_CONTENT = [
  'TARGETS',
  'MULTIPLE',
  'TIMESTAMP',
  'SAVE_TARGETS',
  'DELETE',
  'INSERT_SELECTION',
  'INSERT_PROPERTY',
];

export interface Reading {
  text(selection: number): Promise<string | undefined>;
  /** Absent when nobody owns the selection. */
  all(selection: number): Promise<Contents | undefined>;
}

/** Fetches into properties of the window `wid`, which must select property changes. */
export async function createReading({ client, atom }: Connection, wid: number): Promise<Reading> {
  const [place, incr, targets, utf8, ...protocol] = await Promise.all(
    ['VOICEINPUT_SELECTION', 'INCR', 'TARGETS', 'UTF8_STRING', ...NO_CONTENT].map(atom),
  );
  const noContent = new Set(protocol);
  const listeners = new Set<(event: XEvent) => void>();
  client.on('event', (event: XEvent) => listeners.forEach((listener) => listener(event)));

  function next(fits: (event: XEvent) => boolean): Promise<XEvent | undefined> {
    return new Promise((resolve) => {
      const end = (event?: XEvent): void => {
        clearTimeout(late);
        listeners.delete(hear);
        resolve(event);
      };
      const hear = (event: XEvent): void => {
        if (fits(event)) end(event);
      };
      const late = setTimeout(end, ANSWER_DEADLINE_MS);
      listeners.add(hear);
    });
  }

  const take = (): Promise<Property> =>
    ask<Property>((answer) => client.GetProperty(1, wid, place!, ANY_TYPE, 0, MOST_BYTES / 4, answer));

  async function fetch(selection: number, target: number): Promise<Content | undefined> {
    const answered = next(({ name, requestor }) => name === 'SelectionNotify' && requestor === wid);
    client.ConvertSelection(wid, selection, target, place!, 0);
    await client.flush();
    const answer = await answered;
    if (answer === undefined || answer.property === 0) return undefined;
    const isPiece = ({ name, atom: changed, state }: XEvent): boolean =>
      name === 'PropertyNotify' && changed === place && state === 0;
    let coming = next(isPiece);
    const first = await take();
    if (first.type !== incr) return { type: first.type, units: first.format, data: Buffer.from(first.data) };
    const pieces: Buffer[] = [];
    let [type, units] = [0, 8];
    for (;;) {
      if ((await coming) === undefined) return undefined;
      coming = next(isPiece);
      const piece = await take();
      if (piece.data.length === 0) return { type, units, data: Buffer.concat(pieces) };
      ({ type, format: units } = piece);
      pieces.push(Buffer.from(piece.data));
    }
  }

  async function isOwned(selection: number): Promise<boolean> {
    return (await ask<number>((answer) => client.GetSelectionOwner(selection, answer))) !== 0;
  }

  return {
    async text(selection) {
      if (!(await isOwned(selection))) return undefined;
      return (await fetch(selection, utf8!))?.data.toString('utf8');
    },
    async all(selection) {
      if (!(await isOwned(selection))) return undefined;
      const list = await fetch(selection, targets!);
      if (list === undefined) return undefined;
      const contents = new Map<number, Content>();
      for (let offset = 0; offset + 4 <= list.data.length; offset += 4) {
        const target = list.data.readUInt32LE(offset);
        if (noContent.has(target)) continue;
        const content = await fetch(selection, target);
        if (content !== undefined) contents.set(target, content);
      }
      return contents;
    },
  };
}
