import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Display, InputEvent, Loan } from '@voiceinput/desktop';
import { dictation } from '@voiceinput/testkit';
import { focusOnX11 } from '../../src/pin/desk.ts';
import { desktopSink } from '../../src/sink.ts';
import type { SharedInput } from '../../src/input-method/shared-input.ts';
import { openWatch } from '../../src/watch/watch.ts';

const always = new AbortController().signal;
const window = { windowId: 7, names: ['some-app'] };
const [A, SPACE] = [38, 65];
/** Whoever types on types so fast. */
const KEY_MS = 80;

/** A field that text is pasted into. `lending` runs whenever the clipboard is about to be lent. */
function openPastingDesk(lending: () => void) {
  const field = { text: '' };
  let hear: (event: InputEvent) => void = () => undefined;
  const key = (code: number, isOwn: boolean): void => {
    const event = { own: isOwn, ours: isOwn, down: true, repeated: false, kept: false, code, atMs: performance.now() };
    hear({ kind: 'key', ...event });
  };
  let lent = '';
  const keyboard = {
    keymap: { strokeFor: () => ({}), keysymsAt: (code: number) => [code === SPACE ? 0x20 : 0x61] },
    down: async () => new Set<number>(),
    prepare: async () => undefined,
    releaseModifiers: async () => undefined,
    async send() {
      field.text += lent;
      key(A, true);
    },
  };
  const clipboard = {
    async lend({ text, paste }: Loan) {
      lending();
      await pause(1);
      lent = text;
      return (await paste()) ? 'taken' : 'untaken';
    },
  };
  const input = { watch: (listener: typeof hear) => ((hear = listener), () => undefined) };
  const display = {
    input,
    keyboard,
    clipboard,
    isPointerOverNotice: async () => false,
    activeWindow: async () => window,
    close: async () => undefined,
  } as unknown as Display;
  const accessibility = { focusedIn: async () => undefined, close: () => undefined };
  const options = { apps: { 'some-app': { insert: 'paste' } } } as const;
  const leave = async (): Promise<void> => undefined;
  const inputMethod = { enter: () => undefined, reach: leave, leave, close: leave } as unknown as SharedInput;
  const x11 = { display, watch: openWatch(display), inputMethod };
  const type = (text: string): void => {
    field.text += text;
    for (const one of text) key(one === ' ' ? SPACE : A, false);
  };
  return { field, type, sink: desktopSink({ focused: focusOnX11(x11), x11, accessibility, options }) };
}

/** What comes of a draft while the user types `text` whenever the clipboard is lent. */
async function pastedWhile(text: string) {
  const desk = openPastingDesk(() => desk.type(text));
  const told = dictation({ sessionId: 's' });
  await desk.sink.begin(told.info, always);
  const outcome = await desk.sink.apply(told.edit('1', 'draft', 'Hello'), always);
  return { outcome, text: desk.field.text };
}

test('a word that the user begins while the clipboard is lent stays whole', async () => {
  let typing: Promise<void> | undefined;
  const desk = openPastingDesk(() => {
    typing ??= typeOn();
  });
  async function typeOn(): Promise<void> {
    for (let count = 0; count < 5; count += 1) {
      desk.type('a');
      await pause(KEY_MS);
    }
  }
  const told = dictation({ sessionId: 's' });
  await desk.sink.begin(told.info, always);
  expect(await desk.sink.apply(told.edit('1', 'draft', 'Hello'), always)).toMatchObject({ kind: 'applied' });
  await typing;
  expect(desk.field.text).toBe('aaaaaHello');
});

test('a word that ends while the clipboard is lent is no reason to wait', async () => {
  expect(await pastedWhile('aa ')).toMatchObject({ outcome: { kind: 'applied' }, text: 'aa Hello' });
});

test('behind a user who never comes to the end of a word a text is offered', async () => {
  const { outcome, text } = await pastedWhile('a');
  expect(outcome).toEqual({ kind: 'offered', reason: 'busy' });
  expect(text).toMatch(/^a+$/);
});
