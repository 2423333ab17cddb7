import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { textClipboard } from '../src/portable/text-clipboard.ts';

/** A clipboard in memory. It throws where there is no text, as the real one does. */
class Memory {
  content: string | Uint8Array | undefined;

  /** So many times its owner does not answer in time. */
  lateTimes = 0;

  getText(): string {
    if (this.lateTimes > 0) throw new Error(`late ${this.lateTimes--}`);
    if (typeof this.content !== 'string') throw new Error('not available');
    return this.content;
  }

  getImage(): Uint8Array {
    if (!(this.content instanceof Uint8Array)) throw new Error('not available');
    return this.content;
  }

  /** So many times another program keeps it. */
  busyTimes = 0;

  setText(text: string): void {
    if (this.busyTimes > 0) throw new Error(`busy ${this.busyTimes--}`);
    this.content = text;
  }
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('gives back what was there when nobody can be pasting any more', () => {
  const memory = new Memory();
  memory.content = 'what the user copied';
  const clipboard = textClipboard(memory);
  clipboard.lend('dictated');
  // An application that is stuck for so long pastes this, not what the user copied.
  vi.advanceTimersByTime(9_000);
  expect(memory.content).toBe('dictated');
  vi.advanceTimersByTime(10_000);
  expect(memory.content).toBe('what the user copied');
});

test('gives back what was there before the first of several loans', () => {
  const memory = new Memory();
  memory.content = 'what the user copied';
  const clipboard = textClipboard(memory);
  clipboard.lend('one');
  vi.advanceTimersByTime(500);
  clipboard.lend('two');
  vi.advanceTimersByTime(500);
  expect(memory.content).toBe('two');
  vi.advanceTimersByTime(10_000);
  expect(memory.content).toBe('what the user copied');
});

test('leaves alone what the user copies meanwhile', () => {
  const memory = new Memory();
  memory.content = 'old';
  const clipboard = textClipboard(memory);
  clipboard.lend('dictated');
  memory.content = 'new';
  vi.advanceTimersByTime(12_000);
  expect(memory.content).toBe('new');
});

test('what the user copies between two loans comes back', () => {
  const memory = new Memory();
  memory.content = 'old';
  const clipboard = textClipboard(memory);
  clipboard.lend('one');
  memory.content = 'new';
  clipboard.lend('two');
  vi.advanceTimersByTime(12_000);
  expect(memory.content).toBe('new');
});

test('a text that is put there to stay stays', () => {
  const memory = new Memory();
  memory.content = 'old';
  const clipboard = textClipboard(memory);
  clipboard.lend('dictated');
  clipboard.put('copied from the history');
  vi.advanceTimersByTime(12_000);
  expect(memory.content).toBe('copied from the history');
});

test('what is not handed over in time at once is not lost, neither when it is lent nor when it comes back', () => {
  const memory = new Memory();
  memory.content = 'what the user copied';
  const clipboard = textClipboard(memory);
  memory.lateTimes = 2;
  clipboard.lend('dictated');
  memory.lateTimes = 2;
  vi.advanceTimersByTime(12_000);
  expect(memory.content).toBe('what the user copied');
});

test('an empty clipboard is empty again', () => {
  const memory = new Memory();
  const clipboard = textClipboard(memory);
  expect(clipboard.holds).toBe('nothing');
  clipboard.lend('dictated');
  vi.advanceTimersByTime(12_000);
  expect(memory.content).toBe('');
});

test('an image is told', () => {
  const memory = new Memory();
  memory.content = Uint8Array.of(1, 2, 3, 4);
  expect(textClipboard(memory).holds).toBe('image');
});

test.each([3, 1_000])('a clipboard that another program keeps is tried again (%d times busy)', async (busyTimes) => {
  const memory = new Memory();
  memory.content = 'what the user copied';
  const clipboard = textClipboard(memory);
  clipboard.lend('dictated');
  memory.busyTimes = busyTimes;
  const closed = vi.fn();
  void clipboard.close().then(closed);
  while (closed.mock.calls.length === 0) await vi.advanceTimersByTimeAsync(100);
  expect(memory.content).toBe(busyTimes === 3 ? 'what the user copied' : 'dictated');
});
