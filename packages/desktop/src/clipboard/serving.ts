// What whoever asks for a selection is given: one application may be given something else than all others.

import type { XEvent } from 'x11';
import { ask } from '../connection.ts';
import type { Connection } from '../connection.ts';
import { words } from './contents.ts';
import type { Contents } from './contents.ts';
import { handOver, isLarge } from './large.ts';

export interface Serving {
  /** Takes the selection: others are told that there is something new in it. */
  own(selection: number, contents: Contents): Promise<void>;
  /** Changes what is served, without a word to anybody. Does nothing where somebody else has taken the selection. */
  exchange(selection: number, contents: Contents): void;
  disown(selection: number): Promise<void>;
  /** What we serve to most. Absent when somebody else has the selection: the server knows it before we are told. */
  contents(selection: number): Promise<Contents | undefined>;
  /** What the application of this window is given, whatever others are. Absent: the same as others again. */
  except(windowId: number, contents: Contents | undefined): void;
  /** `hear` is told who asked for the list of forms, or fetched one, until what this gives is called. */
  onAsked(hear: Hear): () => void;
}

type Hear = (requestor: number, what: 'forms' | 'content') => void;
type Request = Pick<XEvent, 'requestor' | 'selection' | 'target' | 'property'>;

const SELECTION_NOTIFY = 31;

/** Serves as the owner `wid`. */
export async function createServing(connection: Connection, wid: number): Promise<Serving> {
  const { client, isSameClient } = connection;
  const [targets, atomType] = await Promise.all([connection.atom('TARGETS'), connection.atom('ATOM')]);
  const served = new Map<number, Contents>();
  const exceptions = new Map<number, Contents>();
  const listeners = new Set<Hear>();
  const asked: Hear = (requestor, what) => listeners.forEach((hear) => hear(requestor, what));

  client.on('event', (event: XEvent) => {
    if (event.name === 'SelectionRequest' && event.owner === wid) void serve(event);
    if (event.name === 'SelectionClear' && event.owner === wid) served.delete(event.selection);
  });

  async function serve({ requestor, selection, target, property, time }: XEvent): Promise<void> {
    // Old programs leave the property out (ICCCM 2.2).
    const place = property || target;
    const isAnswered = await answer({ requestor, selection, target, property: place });
    client.SendEvent(requestor, 0, 0, {
      name: 'SelectionNotify',
      type: SELECTION_NOTIFY,
      seq: 0,
      time,
      requestor,
      selection,
      target,
      property: isAnswered ? place : 0,
    });
    void client.flush();
  }

  /** False where there is no such form. */
  async function answer({ requestor, selection, target, property }: Request): Promise<boolean> {
    const contents = exceptionFor(requestor) ?? served.get(selection);
    if (contents !== undefined && target === targets) {
      client.ChangeProperty(0, requestor, property, atomType, 32, words([targets, ...contents.keys()]));
      asked(requestor, 'forms');
      return true;
    }
    const content = contents?.get(target);
    if (content === undefined) return false;
    if (isLarge(content)) await handOver(connection, content, { requestor, property });
    else client.ChangeProperty(0, requestor, property, content.type, content.units, content.data);
    asked(requestor, 'content');
    return true;
  }

  function exceptionFor(requestor: number): Contents | undefined {
    for (const [windowId, contents] of exceptions) if (isSameClient(requestor, windowId)) return contents;
    return undefined;
  }

  return {
    async own(selection, contents) {
      served.set(selection, contents);
      client.SetSelectionOwner(wid, selection, 0);
      await client.sync();
    },
    exchange(selection, contents) {
      if (served.has(selection)) served.set(selection, contents);
    },
    async disown(selection) {
      served.delete(selection);
      client.SetSelectionOwner(0, selection, 0);
      await client.sync();
    },
    async contents(selection) {
      const owner = await ask<number>((answered) => client.GetSelectionOwner(selection, answered));
      return owner === wid ? served.get(selection) : undefined;
    },
    except(windowId, contents) {
      if (contents === undefined) exceptions.delete(windowId);
      else exceptions.set(windowId, contents);
    },
    onAsked(hear) {
      listeners.add(hear);
      return () => void listeners.delete(hear);
    },
  };
}
