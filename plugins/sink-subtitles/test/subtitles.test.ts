import { Writable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SegmentResult } from '@voiceinput/plugin-api';
import { lintSubtitles } from '@voiceinput/rig/subtitles';
import { conformance, dictation, never } from '@voiceinput/testkit';
import plugin, { subtitlesSink } from '@voiceinput/sink-subtitles';
import type { SubtitlesConfig } from '@voiceinput/sink-subtitles';
import { toCues } from '../src/cues.ts';
import { toSrt, toVtt } from '../src/formats.ts';

const CLAUSES = [
  'Yes.',
  'No, not today.',
  'The garden behind the library is finally open to visitors,',
  'and more than two hundred people came on the first weekend.',
  'We looked at the plans for the new house because the old one is too small for all of us.',
  'When it rains,',
  'they close the gate at the end of the road.',
  'She asked whether the letters had come, but nobody knew what had become of them.',
];

function collector(): { stream: Writable; written: () => string } {
  let written = '';
  const stream = new Writable({ write: (chunk, _encoding, done) => ((written += String(chunk)), done()) });
  return { stream, written: () => written };
}

const segment = (text: string, startMs = 0, endMs = 4_000): SegmentResult => ({
  segmentId: `at-${startMs}`,
  startSample: startMs * 16,
  endSample: endMs * 16,
  draft: '',
  text,
});

describe.each(['srt', 'vtt'] as const)('conformance with %s', (format) => {
  const { stream, written } = collector();
  const tested = {
    ...plugin,
    create: async (config: SubtitlesConfig, _context: object, signal: AbortSignal) => (
      signal.throwIfAborted(),
      subtitlesSink(stream, config)
    ),
  };
  for (const { name, run } of conformance(tested, { output: written, config: { format } })) test(name, run);
});

describe('conformance of the plugin as it is', () => {
  const lifecycle = /manifest|id of|capabilities|options|closes without|create honours/;
  for (const { name, run } of conformance(plugin, {})) if (lifecycle.test(name)) test(name, run);
});

describe('cues', () => {
  test('cut at the end of a sentence, and near the middle of a cue', () => {
    const text =
      'The garden behind the library is finally open to visitors. More than two hundred people came on the first weekend.';
    expect(toCues([segment(text)]).map((cue) => cue.text)).toEqual([
      'The garden behind the library\nis finally open to visitors.',
      'More than two hundred people\ncame on the first weekend.',
    ]);
  });

  test('a sentence too short to fill a cue does not end it', () => {
    const text = 'No. The weather was warm, so the small café next to the entrance sold out before noon today.';
    expect(toCues([segment(text)])[0]!.text).toMatch(/^No\. The weather/);
  });

  test('time is shared by the number of characters, and segments keep theirs', () => {
    const cues = toCues([segment('Yes.', 1_000, 1_500), segment('', 1_600, 1_700), segment('No.', 2_000, 2_250)]);
    expect(cues).toEqual([
      { startMs: 920, endMs: 1_920, text: 'Yes.' },
      { startMs: 2_000, endMs: 3_000, text: 'No.' },
    ]);
    const halves = toCues([segment('あ'.repeat(42 * 2 * 2), 0, 1_000)]);
    expect(halves.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [0, 420],
      [500, 4_750],
    ]);
  });

  const anyText = fc.oneof(
    fc.lorem({ maxCount: 60 }),
    fc.array(fc.string({ unit: 'grapheme', maxLength: 60 }), { maxLength: 30 }).map((words) => words.join(' ')),
  );
  const anySegments = fc
    .array(
      fc.record({
        text: anyText,
        pauseMs: fc.integer({ min: -400, max: 500 }),
        lengthMs: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 10, max: 20_000 })),
      }),
      {
        maxLength: 6,
      },
    )
    .map((parts) => {
      let at = 0;
      return parts.map(({ text, pauseMs, lengthMs }) => {
        const startMs = Math.max(0, at + pauseMs);
        at = startMs + lengthMs;
        return segment(text, startMs, at);
      });
    });

  test('have the times of their words where those are known', () => {
    const text =
      'The garden behind the library is finally open to visitors. More than two hundred people came on the first weekend.';
    const spoken = text.split(' ');
    // A long pause between the sentences.
    const words = spoken.map((word, index) => {
      const startSample = index * 3_200 + (index < 10 ? 0 : 80_000);
      return { text: word, startSample, endSample: startSample + 3_000, confidence: 0.9 };
    });
    expect(toCues([{ ...segment(text, 0, 10_000), words }]).map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [0, 2_900],
      [7_000, 9_750],
    ]);
    // Words of another text tell nothing.
    const [first] = toCues([{ ...segment(text, 0, 10_000), words: words.slice(1) }]);
    expect(first?.endMs).toBeGreaterThan(4_000);
  });

  test('have one or two lines of at most 42 characters', () => {
    fc.assert(
      fc.property(anySegments, (segments) => {
        for (const { text } of toCues(segments)) {
          expect(text.split('\n').length).toBeLessThanOrEqual(2);
          for (const line of text.split('\n')) {
            expect(line.trim()).not.toBe('');
            if (graphemes(line) > 1) expect(line.length).toBeLessThanOrEqual(42);
          }
        }
      }),
      { seed: 1 },
    );
  });

  test('follow each other without overlaps, each with a time to be read', () => {
    fc.assert(
      fc.property(anySegments, (segments) => {
        let before = 0;
        for (const { startMs, endMs } of toCues(segments)) {
          expect(startMs).toBeGreaterThanOrEqual(before);
          expect(endMs).toBeGreaterThan(startMs);
          before = endMs;
        }
      }),
      { seed: 2 },
    );
  });

  test('can be read wherever there is room for it, and are cut where clauses end', () => {
    // Speech as segments of it come: 5 to 20 characters a second, at least a short pause behind each.
    const speech = fc
      .array(
        fc.record({
          text: fc
            .array(fc.constantFrom(...CLAUSES), { minLength: 1, maxLength: 8 })
            .map((clauses) => clauses.join(' ')),
          pauseMs: fc.integer({ min: 150, max: 4_000 }),
          rate: fc.integer({ min: 8, max: 18 }),
        }),
        { minLength: 1, maxLength: 8 },
      )
      .map((parts) => {
        let at = 0;
        return parts.map(({ text, pauseMs, rate }) => {
          const startMs = at + pauseMs;
          at = startMs + Math.round((text.length / rate) * 1_000);
          return segment(text, startMs, at);
        });
      });
    fc.assert(
      fc.property(speech, (segments) => {
        const complaints = lintSubtitles(toSrt(toCues(segments)));
        expect(complaints.filter(({ unavoidable }) => !unavoidable)).toEqual([]);
      }),
      { seed: 5 },
    );
  });

  test('keep every word in its order', () => {
    fc.assert(
      fc.property(fc.array(fc.lorem({ maxCount: 60 }), { maxLength: 4 }), (texts) => {
        const segments = texts.map((text, index) => segment(text, index * 5_000, index * 5_000 + 4_000));
        const said = texts.join(' ').split(/\s+/).filter(Boolean);
        expect(toCues(segments).flatMap(({ text }) => text.split(/\s+/))).toEqual(said);
      }),
      { seed: 3 },
    );
  });

  test('keep every character of words without end', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 400 }), (text) => {
        const kept = toCues([segment(text)])
          .map((cue) => cue.text)
          .join('');
        expect(kept.replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      }),
      { seed: 4 },
    );
  });
});

describe('formats', () => {
  const cues = [
    { startMs: 0, endMs: 1_999, text: 'Fish & chips\n<b>now</b>' },
    { startMs: 3_723_004, endMs: 360_000_000, text: 'Bye.' },
  ];

  test('SRT: numbered, comma before the milliseconds', () => {
    expect(toSrt(cues)).toBe(
      '1\n00:00:00,000 --> 00:00:01,999\nFish & chips\n<b>now</b>\n\n2\n01:02:03,004 --> 100:00:00,000\nBye.\n',
    );
  });

  test('WebVTT: header, point before the milliseconds, markup escaped', () => {
    expect(toVtt(cues)).toBe(
      'WEBVTT\n\n00:00:00.000 --> 00:00:01.999\nFish &amp; chips\n&lt;b&gt;now&lt;/b&gt;\n\n01:02:03.004 --> 100:00:00.000\nBye.\n',
    );
  });

  test('without words there is nothing in SRT, and a valid file in WebVTT', () => {
    expect([toSrt([]), toVtt([])]).toEqual(['', 'WEBVTT\n']);
  });
});

test('what the linter of subtitles knows', () => {
  const cue = (number: number, startMs: number, endMs: number, text: string): string =>
    toSrt([{ startMs, endMs, text }]).replace('1', String(number));
  const rules = (...cues: readonly string[]): string[] => lintSubtitles(cues.join('\n')).map(({ rule }) => rule);
  expect(rules(cue(1, 0, 2_000, 'Good morning.'), cue(2, 3_000, 5_000, 'How are you?'))).toEqual([]);
  expect(rules(cue(2, 0, 2_000, 'One.'))).toEqual(['form']);
  expect(rules(cue(1, 0, 2_000, 'One.\ntwo\nthree'))).toEqual(['lines']);
  expect(rules(cue(1, 0, 4_000, 'a'.repeat(43)))).toEqual(['lines']);
  expect(rules(cue(1, 0, 2_000, 'One.'), cue(2, 1_900, 4_000, 'Two.'))).toEqual(['order']);
  expect(rules(cue(1, 0, 2_000, 'One.'), cue(2, 2_010, 4_000, 'Two.'))).toEqual(['gap']);
  expect(rules(cue(1, 0, 2_000, 'One.'), cue(2, 2_300, 4_000, 'Two.'))).toEqual(['flicker']);
  expect(rules(cue(1, 0, 900, 'One.'))).toEqual(['short']);
  expect(rules(cue(1, 0, 1_500, 'a'.repeat(40)))).toEqual(['fast']);
  expect(rules(cue(1, 0, 8_000, 'One and two.'))).toEqual(['long']);
  expect(rules(cue(1, 0, 2_000, 'We saw the'), cue(2, 2_080, 4_000, 'garden.'))).toEqual(['torn']);
});

test('the best text is written when the dictation is over, also when it failed', async () => {
  const { stream, written } = collector();
  const sink = subtitlesSink(stream, { format: 'srt' });
  const told = dictation();
  await sink.begin(told.info, never);
  told.settle(await sink.apply(told.edit('one', 'draft', 'Hello word.'), never));
  told.settle(await sink.apply(told.edit('one', 'refined', 'Hello world.'), never));
  expect(written()).toBe('');
  await sink.end(told.result({ outcome: 'failed' }), never);
  await sink.close();
  expect(written()).toBe('1\n00:00:00,000 --> 00:00:01,000\nHello world.\n');
});

function graphemes(text: string): number {
  return [...new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(text)].length;
}
