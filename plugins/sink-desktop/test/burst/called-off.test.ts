import { expect, test } from 'vitest';
import type { Display, InputEvent } from '@voiceinput/desktop';
import { dictation } from '@voiceinput/testkit';
import { focusOnX11 } from '../../src/pin/desk.ts';
import { desktopSink } from '../../src/sink.ts';
import type { SharedInput } from '../../src/input-method/shared-input.ts';
import { openWatch } from '../../src/watch/watch.ts';

const always = new AbortController().signal;
const window = { windowId: 7, names: ['some-app'] };
/** A display that is a little busy shows keys so late. */
const SEEN_MS = 60;
const CALLED_OFF_MS = 20;

/** A field that only obeys keys, on a display that shows them late. `sent` runs when they are out. */
function openSlowDesk(sent: () => void) {
  const field = { text: '' };
  let hear: (event: InputEvent) => void = () => undefined;
  const seen = (): void =>
    hear({
      kind: 'key',
      own: true,
      ours: true,
      down: true,
      repeated: false,
      kept: false,
      code: 38,
      atMs: performance.now(),
    });
  const keyboard = {
    keymap: { strokeFor: () => ({}), keysymsAt: () => [0x61] },
    down: async () => new Set<number>(),
    prepare: async () => undefined,
    releaseModifiers: async () => undefined,
    async send(strokes: readonly { readonly text?: string; readonly key?: string; readonly times?: number }[]) {
      for (const { text, key, times = 1 } of strokes) {
        if (text !== undefined) field.text += text;
        if (key === 'BackSpace') field.text = field.text.slice(0, -times);
      }
      const presses = strokes.reduce((sum, { text, times = 1 }) => sum + (text?.length ?? times), 0);
      setTimeout(() => {
        for (let index = 0; index < presses; index += 1) seen();
      }, SEEN_MS);
      sent();
    },
  };
  const input = { watch: (listener: typeof hear) => ((hear = listener), () => undefined) };
  const display = {
    input,
    keyboard,
    isPointerOverNotice: async () => false,
    activeWindow: async () => window,
    close: async () => undefined,
  } as unknown as Display;
  const accessibility = { focusedIn: async () => undefined, close: () => undefined };
  const options = { apps: { 'some-app': { tier: 'watched' } } } as const;
  const leave = async (): Promise<void> => undefined;
  const inputMethod = { enter: () => undefined, reach: leave, leave, close: leave } as unknown as SharedInput;
  const x11 = { display, watch: openWatch(display), inputMethod };
  return { field, sink: desktopSink({ focused: focusOnX11(x11), x11, accessibility, options }) };
}

test('a text that is called off while its keys are on their way is told to stand, and does not come again', async () => {
  const calling = new AbortController();
  const { field, sink } = openSlowDesk(() => setTimeout(() => calling.abort(), CALLED_OFF_MS));
  const told = dictation({ sessionId: 's' });
  await sink.begin(told.info, always);
  const outcome = await sink.apply(told.edit('1', 'draft', 'Hello there'), calling.signal);
  expect({ outcome, text: field.text }).toEqual({
    outcome: { kind: 'applied', proof: 'unverified' },
    text: 'Hello there',
  });
  told.settle(outcome);
  expect(await sink.apply(told.edit('1', 'cancel', ''), always)).toMatchObject({ kind: 'applied' });
  expect(field.text).toBe('');
});
