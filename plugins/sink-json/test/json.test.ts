import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Writable } from 'node:stream';
import { text as textOf } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Edit, SessionResult } from '@voiceinput/plugin-api';
import { conformance, dictation, never } from '@voiceinput/testkit';
import plugin, { jsonSink } from '@voiceinput/sink-json';
import { textLine } from '../src/line.ts';

function collector(): { stream: Writable; written: () => string } {
  let written = '';
  const stream = new Writable({ write: (chunk, _encoding, done) => ((written += String(chunk)), done()) });
  return { stream, written: () => written };
}

async function linesOf(steps: [string, Edit['cause'], string][], result: Partial<SessionResult> = {}) {
  const { stream, written } = collector();
  const sink = jsonSink(stream);
  const told = dictation({ label: 'talks/one.wav' });
  await sink.begin(told.info, never);
  for (const step of steps) told.settle(await sink.apply(told.edit(...step), never));
  await sink.end(told.result(result), never);
  await sink.close();
  return written();
}

describe('conformance', () => {
  const { stream, written } = collector();
  const tested = {
    ...plugin,
    create: async (_: never, _context: object, signal: AbortSignal) => (signal.throwIfAborted(), jsonSink(stream)),
  };
  for (const { name, run } of conformance(tested, { output: written })) test(name, run);
});

describe('conformance of the plugin as it is', () => {
  const lifecycle = /manifest|id of|capabilities|options|closes without|create honours/;
  for (const { name, run } of conformance(plugin, {})) if (lifecycle.test(name)) test(name, run);
});

describe('lines', () => {
  test('tell every edit and the result, with just these fields', async () => {
    const written = await linesOf(
      [
        ['one', 'partial', 'Hello'],
        ['one', 'draft', 'Hello word.'],
        ['two', 'draft', 'Bye.'],
        ['one', 'refined', 'Hello world.'],
        ['two', 'refined', 'Bye.'],
      ],
      {
        audioSamples: 33_333,
        draftMs: 41.26,
        refinedMs: 312.04,
        lanes: {
          fast: { runner: 'runner-a', model: 'tiny' },
          refine: {
            runner: 'runner-b',
            model: 'base',
            decision: 'replaced',
            segments: { replaced: 1, confirmed: 1, agreed: 0, kept: 0 },
          },
        },
      },
    );
    const one = { segmentId: 'one', startMs: 0, endMs: 1_000 };
    const two = { segmentId: 'two', startMs: 1_000, endMs: 2_000 };
    expect(written.endsWith('}\n')).toBe(true);
    expect(
      written
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { type: 'text', stage: 'partial', ...one, text: 'Hello' },
      { type: 'text', stage: 'draft', ...one, text: 'Hello word.' },
      { type: 'text', stage: 'draft', ...two, text: 'Bye.' },
      { type: 'text', stage: 'refined', ...one, text: 'Hello world.' },
      { type: 'text', stage: 'refined', ...two, text: 'Bye.' },
      {
        type: 'result',
        file: 'talks/one.wav',
        audioMs: 2_083.3,
        draft: 'Hello word. Bye.',
        text: 'Hello world. Bye.',
        draftMs: 41.3,
        refinedMs: 312,
        polishedMs: null,
        lanes: {
          fast: { runner: 'runner-a', model: 'tiny' },
          refine: { runner: 'runner-b', model: 'base', decision: 'replaced', decided: 'replaced' },
        },
      },
    ]);
  });

  test('tell what is known of a segment: its language, how sure that is, its words and when they were said', async () => {
    const told = dictation();
    const edit = told.edit('one', 'draft', 'Guten Tag.');
    const words = [
      { text: 'Guten', startSample: 160, endSample: 3_200, confidence: 0.98765 },
      { text: 'Tag.', startSample: 3_200, endSample: 8_000, confidence: 0.5 },
    ];
    const known = { language: 'de', languageProbability: 0.98765, doubtful: 'language', words } as const;
    const line = textLine({ ...edit, segment: { ...edit.segment, ...known } });
    expect(line).toEqual({
      type: 'text',
      stage: 'draft',
      segmentId: 'one',
      text: 'Guten Tag.',
      startMs: 0,
      endMs: 1_000,
      language: 'de',
      languageProbability: 0.988,
      doubtful: 'language',
      words: [
        { text: 'Guten', startMs: 10, endMs: 200, confidence: 0.988 },
        { text: 'Tag.', startMs: 200, endMs: 500, confidence: 0.5 },
      ],
    });
  });

  test('say null for what there was not', async () => {
    expect(JSON.parse(await linesOf([]))).toMatchObject({
      type: 'result',
      text: '',
      draftMs: null,
      refinedMs: null,
      polishedMs: null,
      lanes: { refine: null },
    });
  });

  test('are one line each, hold nothing that acts, and give the text back', async () => {
    const nasty = fc.constantFrom(
      '\n',
      '\r',
      '\u2028',
      '\u2029',
      '\u0085',
      '\u001b[31m',
      '\u009b',
      '\u202e',
      '\uD83D',
      '"',
      '\\',
      'é',
      '👍',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(nasty).map((parts) => parts.join('')),
        async (text) => {
          const written = await linesOf([['one', 'draft', text]]);
          expect(written).not.toMatch(/[^\P{Cc}\n]|[\p{Bidi_Control}\p{Surrogate}\u2028\u2029]/u);
          const [line = ''] = written.split('\n');
          expect(JSON.parse(line)).toMatchObject({ text });
          expect(written.split('\n')).toHaveLength(3);
        },
      ),
      { seed: 1 },
    );
  });
});

describe('a reader that goes away', () => {
  test('ends the session, not the program', async () => {
    const program = `
      import { jsonSink } from '@voiceinput/sink-json';
      import { dictation } from '@voiceinput/testkit';
      const { signal } = new AbortController();
      const sink = jsonSink(process.stdout);
      const told = dictation();
      await sink.begin(told.info, signal);
      try {
        for (let count = 0; count < 1e6; count += 1) await sink.apply(told.edit('one', 'draft', 'x'.repeat(10_000)), signal);
      } catch (error) {
        console.error(error.code);
      }
      await sink.close();
      setTimeout(() => console.error('still there'), 50);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], { cwd: import.meta.dirname });
    const errors = textOf(child.stderr);
    await once(child.stdout, 'data');
    child.stdout.destroy();
    const [exitCode] = await once(child, 'exit');
    expect(await errors).toBe('ERR_OUTPUT_CLOSED\nstill there\n');
    expect(exitCode).toBe(0);
  });

  test('a full disk is told apart', async () => {
    const stream = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error('full'), { code: 'ENOSPC' })),
    });
    const sink = jsonSink(stream);
    const told = dictation();
    await expect(sink.apply(told.edit('one', 'draft', 'Hello'), never)).rejects.toMatchObject({ code: 'ERR_OUTPUT' });
    await expect(sink.end(told.result(), never)).rejects.toMatchObject({ code: 'ERR_OUTPUT' });
  });
});
