// The engine's process as it runs: it is asked and heard, and killed when it hangs.

import type { ChildProcess } from 'node:child_process';
import { VoiceInputError } from '@voiceinput/plugin-api';
import type { CaretAct, EngineRequest, FromEngine, SelectionQuestion } from './messages.ts';
import { startEngine } from './starting.ts';
import { vitalOf, watch } from './watchdog.ts';
import type { Watchdog } from './watchdog.ts';

export interface RunningEngine {
  /** Rejects with `ERR_DESKTOP` when it fails, does not answer in time or is gone. */
  ask(request: EngineRequest): Promise<unknown>;
  /** Gives the keyboard back and ends it. */
  end(): Promise<void>;
}

export interface EngineHeard {
  act(version: number, act: CaretAct): void;
  /** What the client says is selected. Absent: nothing. Never rejects. */
  selected(question: SelectionQuestion): Promise<string | undefined>;
  /** `isWanted`: it ended by itself, because only so the user's desktop is as it was. */
  ended(isWanted: boolean): void;
}

const READY_MS = 5_000;
const ANSWER_MS = 4_000;

/** Resolves when it is registered with the ibus at `address`; rejects with `ERR_DESKTOP` when that fails. */
export async function runEngine(address: string, heard: EngineHeard): Promise<RunningEngine> {
  const child = await startEngine(address);
  const asked = new Map<number, { resolve(value: unknown): void; reject(reason: Error): void }>();
  let watchdog: Watchdog | undefined;
  let asks = 0;
  let tellReady = (): void => undefined;
  const isReady = new Promise<void>((resolve) => (tellReady = resolve));

  const tellSelected = (question: number, text: string | undefined): void => {
    if (child.connected) child.send({ kind: 'selected', question, ...(text !== undefined && { text }) });
  };
  child.on('message', (told: FromEngine) => {
    if (told.kind === 'ready') tellReady();
    else if (told.kind === 'beat') watchdog?.beat();
    else if (told.kind === 'act') heard.act(told.version, told.act);
    else if (told.kind === 'selected?') void heard.selected(told).then((text) => tellSelected(told.question, text));
    else if (told.kind === 'answer') asked.get(told.ask)?.resolve(told.answer);
    else asked.get(told.ask)?.reject(new VoiceInputError('ERR_DESKTOP', `The input method failed: ${told.message}.`));
  });
  // Its end says all that a message that did not get through would.
  child.on('error', () => undefined);
  const ended = new Promise<void>((resolve) =>
    child.once('exit', (code) => {
      watchdog?.close();
      heard.ended(code === 0);
      resolve();
    }),
  );
  await inTime(isReady, READY_MS, child);
  watchdog = watch(
    () => vitalOf(child.pid!),
    () => child.kill('SIGKILL'),
  );

  return {
    async ask(request) {
      const number = (asks += 1);
      const answer = new Promise<unknown>((resolve, reject) => asked.set(number, { resolve, reject }));
      child.send({ ask: number, ...request });
      try {
        return await inTime(answer, ANSWER_MS, child);
      } finally {
        asked.delete(number);
      }
    },
    async end() {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

const gone = (): VoiceInputError => new VoiceInputError('ERR_DESKTOP', 'The input method has exited.');

function inTime<T>(work: Promise<T>, withinMs: number, child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const settle = (then: () => void): void => {
      clearTimeout(timer);
      child.off('exit', fail);
      then();
    };
    const fail = (): void => settle(() => reject(gone()));
    const timer = setTimeout(fail, withinMs);
    child.once('exit', fail);
    work.then(
      (result) => settle(() => resolve(result)),
      (error: Error) => settle(() => reject(error)),
    );
  });
}
