import { Writable } from 'node:stream';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Edit } from '@voiceinput/plugin-api';
import { conformance, dictation, never } from '@voiceinput/testkit';
import plugin, { terminalSink } from '@voiceinput/sink-terminal';
import type { Options, TerminalStream } from '@voiceinput/sink-terminal';
import { begun } from './begun.ts';
import { emulator } from './emulator.ts';

const lorem = (words: number, word = (n: number) => `word${n}`): string =>
  Array.from({ length: words }, (_, n) => word(n)).join(' ');

const on = (stream: TerminalStream, options: Options = {}) => ({
  ...plugin,
  async create(config: Options, _context: object, signal: AbortSignal) {
    signal.throwIfAborted();
    return terminalSink(stream, { ...config, ...options });
  },
});

describe('conformance', () => {
  describe('live', () => {
    const { stream } = emulator(40, 10);
    let written = '';
    const listening = { ...stream, on: stream.on.bind(stream), off: stream.off.bind(stream) };
    listening.write = (text, done) => ((written += text), stream.write(text, done));
    for (const { name, run } of conformance(on(listening, { markMs: 5 }), { output: () => written })) test(name, run);
  });

  describe('plain', () => {
    let written = '';
    const stream = new Writable({ write: (chunk, _encoding, done) => ((written += String(chunk)), done()) });
    for (const { name, run } of conformance(on(stream), { output: () => written })) test(name, run);
  });

  describe('as it is', () => {
    const still = /manifest|id of|capabilities|options|closes without|create honours/;
    for (const { name, run } of conformance(plugin, {})) if (still.test(name)) test(name, run);
  });
});

test('in a file, a text keeps its line breaks', async () => {
  let written = '';
  const file = new Writable({ write: (chunk, _encoding, done) => ((written += String(chunk)), done()) });
  const { say, end } = await begun(file);
  await say('one', 'draft', 'Dear Ann,\n\nthank you.');
  await end();
  expect(written).toBe('Dear Ann,\n\nthank you.\n');
});

describe('on a terminal', () => {
  test('partial words grow dimmed, the draft stands plain', async () => {
    const terminal = emulator(40, 10);
    const { say, end } = await begun(terminal.stream);
    await say('one', 'partial', 'Hello');
    expect(await terminal.screen()).toEqual(['Hello']);
    await say('one', 'partial', 'Hello wor');
    expect(await terminal.screen()).toEqual(['Hello wor']);
    expect(await terminal.styled('dim')).toEqual(['Hello', 'wor']);
    await say('one', 'draft', 'Hello world.');
    expect(await terminal.screen()).toEqual(['Hello world.']);
    expect(await terminal.styled('dim')).toEqual([]);
    await end();
    expect(await terminal.screen()).toEqual(['Hello world.']);
  });

  test('without colours nothing is coloured and nobody waits for marks', async () => {
    const terminal = emulator(40, 10);
    const { say, end } = await begun(terminal.stream, { colors: false, markMs: 1e9 });
    await say('one', 'partial', 'Hello');
    await say('one', 'draft', 'Hello word.');
    await say('one', 'refined', 'Hello world.');
    await end();
    expect(await terminal.screen()).toEqual(['Hello world.']);
    expect(terminal.written).not.toMatch(/\u001b\[[\d;]*m/);
  });

  test('an ended dictation stands above what is written next', async () => {
    const terminal = emulator(20, 5);
    for (const label of ['a', 'b']) {
      const { say, end } = await begun(terminal.stream, {}, dictation({ label }));
      await say('one', 'draft', `This is file ${label}, spoken.`);
      await end();
    }
    terminal.stream.write('$', () => undefined);
    expect(await terminal.screen()).toEqual(['This is file a,', 'spoken.', 'This is file b,', 'spoken.', '$']);
  });

  test('silence shows nothing, and a cancelled dictation goes', async () => {
    const terminal = emulator(20, 5);
    await (await begun(terminal.stream)).end();
    const { say, end } = await begun(terminal.stream);
    await say('one', 'draft', lorem(10));
    await say('one', 'cancel', '');
    await end();
    expect(await terminal.everything()).toEqual([]);
  });

  test('a part that is closed in the middle leaves its words standing', async () => {
    const terminal = emulator(20, 5);
    const { say, sink } = await begun(terminal.stream);
    await say('one', 'partial', 'Hello');
    await sink.close();
    expect(await terminal.screen()).toEqual(['Hello']);
    expect(await terminal.styled('dim')).toEqual([]);
    expect(terminal.stream.listenerCount('resize') + terminal.stream.listenerCount('error')).toBe(0);
  });

  test('an edit that rests on another text is refused', async () => {
    const terminal = emulator(20, 5);
    const { sink, told, say } = await begun(terminal.stream);
    await say('one', 'draft', 'Hello');
    const outcome = await sink.apply({ ...told.edit('one', 'refined', 'Bye'), baseRevision: 7 }, never);
    expect(outcome.kind).toBe('refused');
    expect(await terminal.screen()).toEqual(['Hello']);
    await sink.close();
  });
});

describe('mended words', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  test('are marked for a moment, and the end waits for it', async () => {
    const terminal = emulator(60, 10);
    const { say, end } = await begun(terminal.stream, { markMs: 700 });
    await say('one', 'draft', 'The quick brown focks jumps over the dog.');
    await say('one', 'refined', 'The quick brown fox jumps over the dog.');
    expect(await terminal.screen()).toEqual(['The quick brown fox jumps over the dog.']);
    expect(await terminal.styled('bold')).toEqual(['fox']);
    let done = false;
    const ending = end().then(() => (done = true));
    await vi.advanceTimersByTimeAsync(699);
    expect(done).toBe(false);
    expect(await terminal.styled('bold')).toEqual(['fox']);
    await vi.advanceTimersByTimeAsync(1);
    await ending;
    expect(await terminal.styled('bold')).toEqual([]);
    expect(await terminal.screen()).toEqual(['The quick brown fox jumps over the dog.']);
  });

  test('an abort ends the waiting, and nothing is left running', async () => {
    const terminal = emulator(60, 10);
    const { say, sink, told } = await begun(terminal.stream, { markMs: 700 });
    await say('one', 'draft', 'one');
    await say('one', 'refined', 'two');
    const abort = new AbortController();
    const ending = sink.end(told.result(), abort.signal);
    abort.abort(new Error('enough'));
    await expect(ending).rejects.toThrow('enough');
    await sink.close();
    expect(await terminal.screen()).toEqual(['two']);
    expect(vi.getTimerCount()).toBe(0);
    expect(await terminal.styled('bold')).toEqual([]);
  });

  test('text that was not there before is not marked', async () => {
    const terminal = emulator(60, 10);
    const { say, end } = await begun(terminal.stream, { markMs: 700 });
    await say('one', 'refined', 'All new.');
    expect(await terminal.styled('bold')).toEqual([]);
    await end();
  });

  test('do not scroll away before their mark is gone', async () => {
    const terminal = emulator(20, 4);
    const { say, sink } = await begun(terminal.stream, { markMs: 700 });
    await say('one', 'draft', lorem(20));
    await say(
      'one',
      'refined',
      lorem(20, (n) => `mend${n}`),
    );
    await say('two', 'refined', lorem(20));
    expect((await terminal.everything()).length).toBeLessThanOrEqual(4);
    await vi.advanceTimersByTimeAsync(700);
    expect((await terminal.everything()).join(' ')).toBe(`${lorem(20, (n) => `mend${n}`)} ${lorem(20)}`);
    expect(await terminal.styled('bold')).toEqual([]);
    await sink.close();
  });

  test('belong to their segment, not to the one behind it', async () => {
    const terminal = emulator(60, 10);
    const { say, sink } = await begun(terminal.stream, { markMs: 700 });
    await say('one', 'draft', 'Once');
    await say('two', 'partial', 'upon');
    await say('one', 'refined', 'Once more');
    expect(await terminal.screen()).toEqual(['Once more upon']);
    expect(await terminal.styled('bold')).toEqual(['more']);
    expect(await terminal.styled('dim')).toEqual(['upon']);
    await sink.close();
  });

  test('in an earlier segment stay where they are while later words grow', async () => {
    const terminal = emulator(60, 10);
    const { say, sink } = await begun(terminal.stream, { markMs: 700 });
    await say('one', 'draft', 'I red a book.');
    await say('two', 'partial', 'It was');
    await say('one', 'refined', 'I read a book.');
    await say('two', 'partial', 'It was good');
    expect(await terminal.screen()).toEqual(['I read a book. It was good']);
    expect(await terminal.styled('bold')).toEqual(['read']);
    expect(await terminal.styled('dim')).toEqual(['It', 'was', 'good']);
    await sink.close();
  });
});

describe('long texts', () => {
  test('wrap at words', async () => {
    const terminal = emulator(20, 10);
    const { say, end } = await begun(terminal.stream);
    await say('one', 'draft', 'The quick brown fox jumps over the lazy dog.');
    expect(await terminal.screen()).toEqual(['The quick brown fox', 'jumps over the lazy', 'dog.']);
    await end();
  });

  test('a word that is too long is broken', async () => {
    const terminal = emulator(11, 10);
    const { say, end } = await begun(terminal.stream);
    await say('one', 'draft', 'a abcdefghijklmnopqrstuvwxyz b');
    expect(await terminal.screen()).toEqual(['a', 'abcdefghij', 'klmnopqrst', 'uvwxyz b']);
    await end();
  });

  test.each(['6', '11'] as const)('an hour of dictation fits into ten rows (Unicode %s)', async (unicode) => {
    const terminal = emulator(32, 10, unicode);
    const { say, told, end } = await begun(terminal.stream);
    for (let segment = 0; segment < 150; segment += 1) {
      const text = lorem(25, (n) => (n % 7 === 3 ? '語音輸入' : n % 11 === 5 ? '👩‍👩‍👧' : `w${segment}x${n}`));
      await say(`${segment}`, 'partial', text.slice(0, 30));
      await say(`${segment}`, 'draft', text);
      if (segment >= 5)
        await say(
          `${segment - 5}`,
          'refined',
          lorem(24, (n) => `r${segment - 5}x${n}`),
        );
    }
    for (let segment = 145; segment < 150; segment += 1)
      await say(
        `${segment}`,
        'refined',
        lorem(24, (n) => `r${segment}x${n}`),
      );
    const expected = lorem(150 * 24, (n) => `r${Math.floor(n / 24)}x${n % 24}`);
    expect(told.text).toBe(expected);
    await end();
    expect((await terminal.everything()).join(' ')).toBe(expected);
  });

  test('settled rows cannot be changed any more, and the sink says so', async () => {
    const terminal = emulator(20, 4);
    const { say, end } = await begun(terminal.stream);
    await say('one', 'refined', lorem(20));
    expect(await say('one', 'undo', 'Hello')).toEqual({ kind: 'refused', reason: 'scrolled-away' });
    await end();
    expect((await terminal.everything()).join(' ')).toBe(lorem(20));
  });

  test('a draft that is taller than the terminal shows its end, and is mended as a whole', async () => {
    const terminal = emulator(20, 5);
    const { say, end } = await begun(terminal.stream);
    await say('one', 'draft', lorem(30));
    expect((await terminal.screen()).at(-1)).toMatch(/word29$/);
    await say(
      'one',
      'refined',
      lorem(30, (n) => `mend${n}`),
    );
    await end();
    expect((await terminal.everything()).join(' ')).toBe(lorem(30, (n) => `mend${n}`));
  });

  test('a line that has not changed is not written again', async () => {
    const terminal = emulator(20, 10);
    const { say, sink } = await begun(terminal.stream);
    await say('one', 'draft', lorem(9));
    const before = terminal.written.length;
    await say('one', 'draft', `${lorem(9)} more`);
    expect(terminal.written.slice(before)).toContain('more');
    expect(terminal.written.slice(before)).not.toContain('word0');
    await sink.close();
  });
});

describe('a terminal that changes its size', () => {
  test.each([
    ['narrower', 12, 10],
    ['wider', 60, 10],
    ['smaller', 15, 6],
  ])('%s', async (_, columns, rows) => {
    const terminal = emulator(24, 10);
    const { say, end } = await begun(terminal.stream);
    await say('one', 'draft', lorem(9));
    await terminal.resize(columns, rows);
    await say('one', 'draft', lorem(10));
    await say('one', 'refined', lorem(11));
    await end();
    const all = await terminal.everything();
    expect(all.join(' ')).toBe(lorem(11));
    expect(Math.max(...all.map((line) => line.length))).toBeLessThan(columns);
  });
});

test('a terminal that becomes too small for the text above keeps all of it', async () => {
  const terminal = emulator(24, 10);
  const { say, end } = await begun(terminal.stream);
  await say('one', 'draft', lorem(9));
  await terminal.resize(15, 3);
  await say('one', 'refined', lorem(11));
  await end();
  expect((await terminal.everything()).join(' ').endsWith(lorem(11))).toBe(true);
});

describe('any dictation on any terminal', () => {
  const word = fc.constantFrom(
    'a',
    'word',
    'supercalifragilistic',
    'é',
    'e\u0301e\u0301',
    '世界',
    'こんにちは。',
    '👍',
    '👩‍👩‍👧',
    '🇺🇸',
    'नमस्ते',
    'שלום',
    '❤️',
  );
  const text = fc.array(word, { maxLength: 12 }).map((words) => words.join(' '));
  const segment = fc.constantFrom('a', 'b', 'c');
  const step = fc.record({
    segment,
    cause: fc.constantFrom<Edit['cause'][]>('partial', 'draft', 'draft', 'refined'),
    text,
  });
  const size = fc.record({ columns: fc.integer({ min: 12, max: 40 }), rows: fc.integer({ min: 3, max: 12 }) });

  test('ends with just its words, whatever came before them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 10 }),
        size,
        fc.constantFrom<('6' | '11')[]>('6', '11'),
        async (steps, { columns, rows }, unicode) => {
          const terminal = emulator(columns, rows, unicode);
          const { say, told, end } = await begun(terminal.stream);
          for (const { segment: segmentId, cause, text: spoken } of steps) await say(segmentId, cause, spoken);
          await end();
          const seen = (await terminal.everything()).join(' ').replace(/\s+/gu, '');
          expect(seen).toBe(told.text.replace(/\s+/gu, ''));
        },
      ),
      { seed: 1, numRuns: 150 },
    );
  });

  test('keeps what stood above it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 10 }), size, async (steps, { columns, rows }) => {
        const terminal = emulator(columns, rows);
        terminal.stream.write('$ voice\r\n', () => undefined);
        const { say, end } = await begun(terminal.stream);
        for (const { segment: segmentId, cause, text: spoken } of steps) await say(segmentId, cause, spoken);
        await end();
        expect((await terminal.everything())[0]).toBe('$ voice');
      }),
      { seed: 2, numRuns: 100 },
    );
  });
});
