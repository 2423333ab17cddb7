// How everything is fetched that a selection's owner offers, large contents piece by piece (ICCCM 2.7.2).

import type { Property, XEvent } from 'x11';
import { ask } from '../connection.ts';
import type { Connection } from '../connection.ts';
import { SECRET_HINT, SECRET_TARGET } from './contents.ts';
import type { Content, Contents } from './contents.ts';

/** An owner that does not answer for so long hangs, or is very slow. */
const ANSWER_DEADLINE_MS = 300;
/** So long a dictation waits for all forms of what was copied: some programs make a dozen pictures of one. */
const ALL_DEADLINE_MS = 1_500;
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
  /** One form, whatever its owner calls it. Absent when there is none, or its owner does not answer. */
  form(selection: number, target: number): Promise<Buffer | undefined>;
  /** Absent when there is no text, its owner does not answer, or calls it a secret. */
  text(selection: number): Promise<string | undefined>;
  /**
   * Absent when nobody owns the selection. `unreadable`: its owner does not answer, so nobody could give it back, or
   * calls it a secret, so nobody reads it.
   */
  all(selection: number): Promise<Contents | 'unreadable' | undefined>;
}

/** What an owner answered to a wish for one form. `silent`: nothing. Absent: there is no such form. */
type Answer = Content | 'silent' | undefined;

/** Fetches one form at a time into a property of the window `wid`, which must select property changes. */
export async function createReading({ client, atom }: Connection, wid: number): Promise<Reading> {
  const secret = await atom(SECRET_TARGET);
  const [place, incr, targets, utf8, latin1, ...protocol] = await Promise.all(
    ['VOICEINPUT_SELECTION', 'INCR', 'TARGETS', 'UTF8_STRING', 'STRING', ...NO_CONTENT].map(atom),
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

  async function fetch(selection: number, target: number): Promise<Answer> {
    // The answer to an earlier wish may come late.
    const answered = next(
      (event) =>
        event.name === 'SelectionNotify' &&
        event.requestor === wid &&
        event.selection === selection &&
        event.target === target,
    );
    client.ConvertSelection(wid, selection, target, place!, 0);
    await client.flush();
    const answer = await answered;
    if (answer === undefined) return 'silent';
    if (answer.property === 0) return undefined;
    const isPiece = ({ name, atom: changed, state }: XEvent): boolean =>
      name === 'PropertyNotify' && changed === place && state === 0;
    let coming = next(isPiece);
    const first = await take();
    if (first.type !== incr) return { type: first.type, units: first.format, data: Buffer.from(first.data) };
    const pieces: Buffer[] = [];
    let [type, units] = [0, 8];
    for (;;) {
      if ((await coming) === undefined) return 'silent';
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

  /** Owners from before there was a list of forms are asked for texts. */
  async function formsOf(selection: number): Promise<readonly number[] | 'silent'> {
    const list = await fetch(selection, targets!);
    if (list === 'silent') return list;
    if (list === undefined) return [utf8!, latin1!];
    const forms = Array.from({ length: Math.floor(list.data.length / 4) }, (_, index) =>
      list.data.readUInt32LE(4 * index),
    );
    return forms.filter((form) => !noContent.has(form));
  }

  /** As password managers mark what they copy. */
  async function isSecret(selection: number, forms: readonly number[]): Promise<boolean> {
    if (!forms.includes(secret)) return false;
    return String(await form(selection, secret)) === SECRET_HINT;
  }

  async function form(selection: number, target: number): Promise<Buffer | undefined> {
    const content = await fetch(selection, target);
    return content === 'silent' ? undefined : content?.data;
  }

  return {
    form,
    async text(selection) {
      if (!(await isOwned(selection))) return undefined;
      const forms = await formsOf(selection);
      if (forms === 'silent' || (await isSecret(selection, forms))) return undefined;
      return (await form(selection, utf8!))?.toString('utf8');
    },
    async all(selection) {
      if (!(await isOwned(selection))) return undefined;
      const untilMs = performance.now() + ALL_DEADLINE_MS;
      const forms = await formsOf(selection);
      if (forms === 'silent' || (await isSecret(selection, forms))) return 'unreadable';
      const contents = new Map<number, Content>();
      for (const form of forms) {
        const content = await fetch(selection, form);
        if (content === 'silent' || performance.now() > untilMs) return 'unreadable';
        if (content !== undefined) contents.set(form, content);
      }
      return contents;
    },
  };
}
