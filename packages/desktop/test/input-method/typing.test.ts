import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Client } from './client.ts';

const BACKSPACE = 0xff08;
const ENTER = 0xff0d;
const DEAD_ACUTE = 0xfe51;
const SHIFT = 0xffe1;
const SOON_MS = 5_000;

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => vi.useRealTimers());

/** As much time as `work` needs passes. */
async function run<T>(work: Promise<T>): Promise<T> {
  const state = { isOver: false };
  void work.finally(() => (state.isOver = true));
  while (!state.isOver) await vi.advanceTimersByTimeAsync(5);
  return work;
}

const ways = [
  { way: 'surrounding', tells: true },
  { way: 'selected', tells: false },
] as const;

for (const { way, tells } of ways)
  test(`whenever the user types or erases, a change by the way "${way}" leaves every key where it was typed`, async () => {
    const key = fc.record({
      afterMs: fc.integer({ min: 15, max: 160 }),
      keysym: fc.constantFrom(0x31, 0x32, BACKSPACE),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(key, { maxLength: 14 }),
        fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 30, maxLength: 30 }),
        fc.integer({ min: 0, max: 900 }),
        async (keys, delays, changeAfterMs) => {
          let index = 0;
          const client = new Client({ tells, keyMs: () => delays[(index += 1) % delays.length]! });
          client.press(SHIFT);
          expect(await run(client.change('', 'so it is ', way))).toBe('done');
          let typed = '';
          let atMs = 0;
          for (const { afterMs, keysym } of keys) {
            atMs += afterMs;
            setTimeout(() => {
              if (keysym === BACKSPACE && typed === '') return;
              typed = keysym === BACKSPACE ? typed.slice(0, -1) : typed + String.fromCodePoint(keysym);
              client.press(keysym);
            }, atMs);
          }
          await vi.advanceTimersByTimeAsync(changeAfterMs);
          const outcome = await run(client.change('so it is ', 'So it was, ', way));
          await vi.advanceTimersByTimeAsync(SOON_MS);
          const said = outcome === 'done' ? 'So it was, ' : 'so it is ';
          expect({ outcome, text: client.text }).toEqual({ outcome, text: said + typed });
          expect(client.known).toBe(client.text);
          expect(['done', 'busy']).toContain(outcome);
        },
      ),
    );
  });

test('a key that does something else ends what is known, and the text stays as it is', async () => {
  for (const [keysym, reason] of [
    [ENTER, 'entered'],
    [0xff51, 'caret-moved'],
    [DEAD_ACUTE, 'input-method'],
  ] as const) {
    const client = new Client({ tells: true, keyMs: () => 1 });
    const changing = client.change('', 'so', 'surrounding');
    await vi.advanceTimersByTimeAsync(SOON_MS);
    expect(await changing).toBe('done');
    client.press(keysym);
    await vi.advanceTimersByTimeAsync(SOON_MS);
    expect(client.cut).toBe(reason);
    const again = client.change('so', 'So', 'surrounding');
    await vi.advanceTimersByTimeAsync(SOON_MS);
    expect(await again).toBe('not-known');
  }
});

test('what a client corrects by itself is left alone', async () => {
  const client = new Client({ tells: true, keyMs: () => 1 });
  const changing = client.change('', 'teh', 'surrounding');
  await vi.advanceTimersByTimeAsync(SOON_MS);
  await changing;
  client.text = 'the';
  client.typing.surroundings({ text: 'the', caret: 3, anchor: 3 });
  const again = client.change('teh', 'Teh', 'surrounding');
  await vi.advanceTimersByTimeAsync(SOON_MS);
  expect({ answer: await again, text: client.text }).toEqual({ answer: 'text-changed', text: 'the' });
});

test('a text that ends as another one is not taken for it', async () => {
  const client = new Client({ tells: true, keyMs: () => 1 });
  client.text = 'oh ';
  client.caret = 3;
  const changing = client.change('', 'um yes', 'surrounding');
  await vi.advanceTimersByTimeAsync(SOON_MS);
  expect(await changing).toBe('done');
  const again = client.change('um yes', 'yes', 'surrounding');
  // The client does nothing of it.
  client.text = 'oh um yes';
  vi.spyOn(client.typing, 'surroundings').mockImplementation(() => undefined);
  await vi.advanceTimersByTimeAsync(SOON_MS);
  expect(await again).toBe('unproven');
});

test('no key is pressed for a client that was not seen to take one', async () => {
  const client = new Client({ tells: false, keyMs: () => 1 });
  const changing = client.change('', 'so', 'selected');
  await vi.advanceTimersByTimeAsync(SOON_MS);
  await changing;
  const again = client.change('so', 'So', 'selected');
  await vi.advanceTimersByTimeAsync(SOON_MS);
  expect({ answer: await again, text: client.text }).toEqual({ answer: 'keys-not-seen', text: 'so' });
  client.press(SHIFT);
  const then = client.change('so', 'So', 'selected');
  await vi.advanceTimersByTimeAsync(SOON_MS);
  expect({ answer: await then, text: client.text }).toEqual({ answer: 'done', text: 'So' });
});

test('what a client that tells nothing changed by itself is left alone, with nothing selected', async () => {
  const changes: readonly ((text: string) => string)[] = [
    (text) => text.replace('teh', 'the'),
    (text) => text.replaceAll('  ', ' '),
    (text) => (text.endsWith('meet') ? `${text}ing` : text),
    (text) => text.toUpperCase(),
    () => '',
  ];
  for (const change of changes) {
    const client = new Client({ tells: false, keyMs: () => 1, change });
    client.press(SHIFT);
    const changing = client.change('', 'teh  times we  meet', 'selected');
    await vi.advanceTimersByTimeAsync(SOON_MS);
    await changing;
    const stood = client.text;
    const again = client.change('teh  times we  meet', 'The times we meet.', 'selected');
    await vi.advanceTimersByTimeAsync(SOON_MS);
    expect(['text-changed', 'not-readable']).toContain(await again);
    client.press(0x31);
    await vi.advanceTimersByTimeAsync(SOON_MS);
    expect(client.text).toBe(change(`${stood}1`));
  }
});

test('a client that loses a key now and then, as where a line wraps, is mended all the same', async () => {
  for (const period of [2, 5, 7]) {
    let keys = 0;
    const client = new Client({ tells: false, keyMs: () => 1, isLost: () => (keys += 1) % period === 0 });
    client.press(SHIFT);
    const changing = client.change('', 'um so it is', 'selected');
    await vi.advanceTimersByTimeAsync(SOON_MS);
    await changing;
    const again = client.change('um so it is', 'So it is', 'selected');
    await vi.advanceTimersByTimeAsync(SOON_MS);
    expect({ period, answer: await again, text: client.text }).toEqual({ period, answer: 'done', text: 'So it is' });
  }
});

test('a client that does not say what is selected is left alone, and its caret where it was', async () => {
  const client = new Client({ tells: false, keyMs: () => 1, saysSelected: false });
  client.press(SHIFT);
  const changing = client.change('', 'so', 'selected');
  await vi.advanceTimersByTimeAsync(SOON_MS);
  await changing;
  const again = client.change('so', 'So', 'selected');
  await vi.advanceTimersByTimeAsync(SOON_MS);
  expect(await again).toBe('not-readable');
  expect(client.cut).toBe('not-readable');
  client.press(0x31);
  await vi.advanceTimersByTimeAsync(SOON_MS);
  expect(client.text).toBe('so1');
});

test('no key is pressed where Left goes to the right, nor without end', async () => {
  const client = new Client({ tells: false, keyMs: () => 1 });
  client.press(SHIFT);
  const changing = client.change('', 'שלום', 'selected');
  await vi.advanceTimersByTimeAsync(SOON_MS);
  await changing;
  const again = client.change('שלום', 'שלום!', 'selected');
  await vi.advanceTimersByTimeAsync(SOON_MS);
  expect(await again).toBe('right-to-left');
  const long = 'a'.repeat(400);
  const filled = new Client({ tells: false, keyMs: () => 1 });
  filled.press(SHIFT);
  const filling = filled.change('', long, 'selected');
  await vi.advanceTimersByTimeAsync(SOON_MS);
  await filling;
  const over = filled.change(long, 'b', 'selected');
  await vi.advanceTimersByTimeAsync(SOON_MS);
  expect({ answer: await over, text: filled.text }).toEqual({ answer: 'too-far', text: long });
});
