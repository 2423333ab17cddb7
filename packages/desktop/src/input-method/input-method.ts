// The desktop's input method, as long as a dictation needs it: an engine of ours in a process of its own.

import { VoiceInputError } from '@voiceinput/plugin-api';
import { ibusAddress } from './address.ts';
import type {
  CaretAct,
  CaretChange,
  Changed,
  InputClient,
  ClientText,
  EngineRequest,
  SelectionQuestion,
} from './messages.ts';
import { runEngine } from './engine-process.ts';
import type { RunningEngine } from './engine-process.ts';

export interface InputMethod {
  /**
   * Puts our engine into the place of the user's, until `give`. Absent: nobody has the keyboard who takes text, or the
   * user writes with another input method. `asksText`: whether the client is asked for the text around the caret, which
   * is the end of all telling for some. Rejects with `ERR_DESKTOP` when ibus is gone.
   */
  take(asking: { readonly asksText: boolean }): Promise<InputClient | undefined>;
  /** Puts the user's engine back. Never rejects. */
  give(): Promise<void>;
  /** Rejects with `ERR_DESKTOP` when the engine is gone: then nobody knows what stands there. */
  change(change: CaretChange): Promise<Changed>;
  surroundings(): Promise<ClientText>;
  /** What happened to the text before the caret, in order. Gives the function that ends it. */
  hear(heard: (version: number, act: CaretAct) => void): () => void;
  close(): Promise<void>;
}

/** The version of what no engine tells any more. */
const GONE = -1;
const STAY_EVERY_MS = 5_000;

/** Who says what an application says is selected. Absent: nothing. */
export type TellsSelection = (question: SelectionQuestion) => Promise<string | undefined>;

/** Absent where ibus does not run. Its process is started at once, and anew when it is gone. */
export async function openInputMethod(selected: TellsSelection): Promise<InputMethod | undefined> {
  if ((await ibusAddress()) === undefined) return undefined;
  const hearing = new Set<(version: number, act: CaretAct) => void>();
  let running: Promise<RunningEngine> | undefined;
  let isClosed = false;
  let staying: NodeJS.Timeout | undefined;

  const tellAll = (version: number, act: CaretAct): void => {
    for (const heard of hearing) heard(version, act);
  };

  async function start(): Promise<RunningEngine> {
    const address = await ibusAddress();
    if (address === undefined) throw new VoiceInputError('ERR_DESKTOP', 'ibus is no longer running.');
    return runEngine(address, {
      act: tellAll,
      // Who does not know says that nothing is.
      selected: (question) => selected(question).catch(() => undefined),
      ended(isWanted) {
        running = undefined;
        tellAll(GONE, { kind: 'cut', reason: 'input-method-gone' });
        // The next dictation shall not wait for it.
        if (isWanted && !isClosed) void ready().catch(() => undefined);
      },
    });
  }

  function ready(): Promise<RunningEngine> {
    running ??= start();
    // Whoever asks next tries anew.
    running.catch(() => (running = undefined));
    return running;
  }

  const ask = async <T>(request: EngineRequest): Promise<T> => (await (await ready()).ask(request)) as T;

  void ready().catch(() => undefined);
  return {
    async take({ asksText }) {
      const client = await ask<InputClient | undefined>({ kind: 'take', asksText });
      staying ??= setInterval(() => void ask({ kind: 'stay' }).catch(() => undefined), STAY_EVERY_MS);
      return client;
    },
    async give() {
      clearInterval(staying);
      staying = undefined;
      // An engine that is gone has been followed by the user's.
      await running?.then((engine) => engine.ask({ kind: 'give' })).catch(() => undefined);
    },
    change: (change) => ask({ kind: 'change', ...change }),
    surroundings: () => ask({ kind: 'surroundings' }),
    hear(heard) {
      hearing.add(heard);
      return () => void hearing.delete(heard);
    },
    async close() {
      isClosed = true;
      clearInterval(staying);
      await (await running?.catch(() => undefined))?.end();
    },
  };
}
