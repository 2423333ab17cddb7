// A program of its own, with as little in it as there can be: while a dictation is open, all keys go through it.

import process from 'node:process';
import type { CaretChange, EngineRequest, InputClient, FromEngine, SelectionQuestion, ToEngine } from '../messages.ts';
import { openComposer } from './composing.ts';
import type { Composer } from './composing.ts';
import { openIbus } from './ibus.ts';
import { keepEngine } from './keeping.ts';
import { Typing } from './typing.ts';

const BEAT_MS = 100;
/** Whoever took the keyboard says so long that it is still needed. */
const STAY_MS = 15_000;
/** A client that has the keyboard says so within this time, however busy the machine is. */
const FOCUS_MS = 1_000;
/** The user's keys wait no longer for who started us. */
const SELECTED_MS = 3_000;
/** IBusInputPurpose: password and PIN. */
const SECRET_PURPOSES = new Set([8, 9]);
/** IBusCapabilite: the text around the caret. */
const CAN_TELL = 1 << 5;
/** What the engine of a plain keyboard layout is called. */
const PLAIN = /^xkb:/;

const [address = ''] = process.argv.slice(2);
/** Whoever started us may be gone. */
const tell = (told: FromEngine): void => void (process.connected && process.send?.(told));

let isFocused = false;
let purpose = 0;
let capabilities = 0;
let composer: { readonly layout: string; readonly composer: Composer | undefined } | undefined;
let takenUntilMs = 0;
let waiting: (() => void)[] = [];
let questions = 0;
let selectedTold: ((question: number, text: string | undefined) => void) | undefined;
const wake = (): void => {
  for (const one of waiting.splice(0)) one();
};

const ibus = await openIbus(address, {
  key: (event, reply) => (keeping.isTaken ? typing.key(event, reply) : reply(false)),
  surroundings(text) {
    typing.surroundings(text);
    wake();
  },
  focused() {
    typing.cut('focus-changed');
    typing.focus();
    isFocused = true;
    wake();
  },
  unfocused() {
    isFocused = false;
    typing.cut('focus-changed');
  },
  reset: () => typing.reset(),
  purpose: (told) => void (purpose = told),
  capabilities(told) {
    capabilities = told;
    typing.capable(told);
  },
  disabled() {
    if (!keeping.isTaken) return;
    keeping.lost();
    typing.cut('input-method');
    typing.letGo();
  },
  lost: () => process.exit(1),
});
const keeping = keepEngine(ibus);
const typing = new Typing({
  together: (work) => ibus.together(work),
  commit: (text) => ibus.commit(text),
  deleteBefore: (units) => ibus.deleteBefore(units),
  press(key, times) {
    for (let count = 0; count < times; count += 1) ibus.press(key);
  },
  selected: askSelected,
  compose: async (event) => (await composer?.composer?.compose(event)) ?? false,
  tell: (version, act) => tell({ kind: 'act', version, act }),
});

/** Asks who started us. Absent: nothing is selected, or there was no answer. */
function askSelected(asked: SelectionQuestion): Promise<string | undefined> {
  const question = (questions += 1);
  tell({ kind: 'selected?', question, ...asked });
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), SELECTED_MS);
    selectedTold = (told, text) => {
      if (told !== question) return;
      clearTimeout(timer);
      resolve(text);
    };
  });
}

async function take(asksText: boolean): Promise<InputClient | undefined> {
  takenUntilMs = performance.now() + STAY_MS;
  if (!keeping.isTaken) {
    const current = await ibus.globalEngine();
    // Who writes with another input method goes on doing so.
    if (current !== undefined && !PLAIN.test(current)) return undefined;
    [isFocused, purpose, capabilities] = [false, 0, 0];
    await keeping.take();
    await until(() => isFocused, FOCUS_MS);
    // What ibus tells of a field comes right behind the focus.
    await ibus.globalEngine();
    await openComposerFor(keeping.former);
  }
  if (!isFocused || !(await ibus.takesText())) return undefined;
  if (asksText) ibus.requireSurroundings();
  return clientNow();
}

async function openComposerFor(layout: string | undefined): Promise<void> {
  if (layout === undefined || layout === composer?.layout) return;
  // Without one, what is composed ends what is known of the text.
  const opened = await openComposer(ibus, layout, (text) => typing.composed(text)).catch(() => undefined);
  composer = { layout, composer: opened };
}

async function until(isTrue: () => boolean, withinMs: number): Promise<void> {
  const untilMs = performance.now() + withinMs;
  while (!isTrue() && performance.now() < untilMs)
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, untilMs - performance.now());
      waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
}

const clientNow = (): InputClient => ({
  canTell: (capabilities & CAN_TELL) !== 0,
  isSecret: SECRET_PURPOSES.has(purpose),
});

async function give(): Promise<void> {
  typing.letGo();
  typing.cut('given-back');
  // Without an engine of the user's, only our going leaves ibus as it was.
  if (!(await keeping.give())) process.exit(0);
}

async function answer(request: { readonly ask: number } & EngineRequest): Promise<unknown> {
  if (request.kind === 'take') return take(request.asksText);
  if (request.kind === 'give') return give();
  if (request.kind === 'stay') return void (takenUntilMs = performance.now() + STAY_MS);
  if (request.kind === 'surroundings') return { text: typing.told, version: typing.version };
  const changed = keeping.isTaken && isFocused ? await typing.change(request as CaretChange) : undefined;
  return changed ?? { kind: 'not-done', reason: 'focus-changed' };
}

process.on('message', (request: ToEngine) => {
  if (request.kind === 'selected') return selectedTold?.(request.question, request.text);
  answer(request).then(
    (result) => tell({ kind: 'answer', ask: request.ask, answer: result }),
    (error: unknown) => tell({ kind: 'failed', ask: request.ask, message: String(error) }),
  );
});
// Whoever started us is gone.
process.on('disconnect', () => void give().finally(() => process.exit(0)));
process.on('SIGTERM', () => void give().finally(() => process.exit(0)));
process.on('SIGINT', () => undefined);
setInterval(() => {
  tell({ kind: 'beat', isTaken: keeping.isTaken });
  if (keeping.isTaken && performance.now() > takenUntilMs) void give();
}, BEAT_MS);
tell({ kind: 'ready' });
