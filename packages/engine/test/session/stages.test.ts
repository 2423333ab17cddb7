// What post-processors are told about both readings, and the stage after them.

import { definePlugin } from '@voiceinput/plugin-api';
import type { Judge, PostprocessContext, Stage, Transcript } from '@voiceinput/plugin-api';
import { describe, expect, test, vi } from 'vitest';
import { never, play, speech } from './stage.ts';

const says = (...texts: string[]) => ({ script: texts.map((text) => ({ text })) });
const lasting = { lasting: true, partials: false };

type Process = (transcript: Transcript, context: PostprocessContext) => Transcript | Promise<Transcript>;

/** A post-processor that does as it is told, chosen in the profile. */
function processing(process: Process, stages: readonly Stage[], scope: 'segment' | 'session' = 'segment') {
  const plugin = definePlugin<'postprocessor', never>({
    id: 'post-scripted',
    kind: 'postprocessor',
    api: 1,
    title: 'Does as it is told',
    capabilities: { scope, stages },
    create: async () => ({
      process: async (transcript, context) => process(transcript, context),
      close: async () => undefined,
    }),
  });
  return { more: [{ plugin, url: 'unused' }], profile: { post: [{ use: plugin.id, options: {} }] } };
}

const polishing = (rewrite: (text: string) => string, scope?: 'segment' | 'session') =>
  processing((transcript) => ({ ...transcript, text: rewrite(transcript.text) }), ['polished'], scope);

describe('a post-processor', () => {
  test('is told session and segment, and with the better reading what the fast lane heard, words and their times', async () => {
    const told: PostprocessContext[] = [];
    const spy = processing((transcript, context) => (told.push(context), transcript), ['draft', 'refined', 'polished']);
    const script = [{ text: 'I red it.', timesWords: true }];
    await play({ fast: { script }, refine: says('I read it.'), ...spy }, ({ engine }) =>
      engine.dictate({ ...speech(1), sessionId: 'a' }, never()),
    );
    expect(told.map(({ stage, sessionId, segmentId }) => [stage, sessionId, segmentId])).toEqual([
      ['draft', 'a', 'segment-1'],
      ['refined', 'a', 'segment-1'],
      ['polished', 'a', 'segment-1'],
    ]);
    expect(told.map(({ draft }) => draft?.text)).toEqual([undefined, 'I red it.', 'I red it.']);
    expect(told[1]?.draft?.words?.map(({ text }) => text)).toEqual(['I', 'red', 'it.']);
  });

  test('can choose between the two readings', async () => {
    const choosing = processing(
      (transcript, { draft }) => (draft?.text.includes('Ploverleigh') ? draft : transcript),
      ['refined'],
    );
    await play(
      { fast: says('To Ploverleigh.'), refine: says('To clover lay.'), ...choosing },
      async ({ engine, recording }) => {
        await engine.dictate(speech(1), never());
        expect(recording.text).toBe('To Ploverleigh.');
      },
    );
  });

  test('that leaves out what it does not know leaves it as it was', async () => {
    const shout = processing(({ text }) => ({ text: text.toUpperCase() }), ['draft']);
    const script = [{ text: 'hello there', language: 'en', timesWords: true }];
    await play({ fast: { script }, ...shout }, async ({ engine }) => {
      const { segments } = await engine.dictate(speech(1), never());
      const words = [
        expect.objectContaining({ text: 'HELLO', startSample: expect.any(Number) }),
        expect.objectContaining({ text: 'THERE' }),
      ];
      expect(segments).toMatchObject([{ text: 'HELLO THERE', language: 'en', words }]);
    });
  });
});

describe('a judge of the profile', () => {
  type Decide = Pick<Judge, 'isSure' | 'choose'>;

  function judging(decide: Partial<Decide>) {
    const plugin = definePlugin<'judge', never>({
      id: 'judge-scripted',
      kind: 'judge',
      api: 1,
      title: 'Decides as it is told',
      capabilities: {},
      create: async () => ({
        isSure: async () => false,
        choose: async () => 'refined',
        ...decide,
        close: async () => undefined,
      }),
    });
    return { more: [{ plugin, url: 'unused' }], profile: { judge: { use: plugin.id, options: {} } } };
  }

  const result = (scene: Parameters<typeof play>[0]) =>
    play(scene, async ({ engine, recording, events }) => {
      const { lanes } = await engine.dictate({ ...speech(1), sessionId: 'a' }, never());
      const warnings = events.flatMap((event) => (event.type === 'warning' ? [event.error.code] : []));
      return { text: recording.text, decision: lanes.refine?.decision, warnings };
    });
  const readings = { fast: says('To Ploverleigh.'), refine: says('To clover lay.') };

  test('chooses between both readings, told what both said and what it is about', async () => {
    const told: unknown[] = [];
    const choose: Decide['choose'] = async ({ draft, refined }, context) => {
      told.push([draft.text, refined.text, context]);
      return 'draft';
    };
    expect(await result({ ...readings, ...judging({ choose }) })).toEqual({
      text: 'To Ploverleigh.',
      decision: 'kept',
      warnings: [],
    });
    expect(told).toEqual([['To Ploverleigh.', 'To clover lay.', { sessionId: 'a', segmentId: 'segment-1' }]]);
  });

  test('may let stand what the rules would refuse', async () => {
    const short = { fast: says('I read the whole long book.'), refine: says('Book.') };
    expect((await result(short)).decision).toBe('kept');
    expect(await result({ ...short, ...judging({}) })).toMatchObject({ text: 'Book.', decision: 'replaced' });
  });

  test('spares the second reading', async () => {
    const scene = { ...readings, ...judging({ isSure: async ({ text }) => text.includes('Ploverleigh') }) };
    expect(await result(scene)).toMatchObject({ text: 'To Ploverleigh.', decision: 'confirmed' });
  });

  test('that fails leaves the decision to the rules', async () => {
    const fail = async () => {
      throw new Error('There is no model.');
    };
    const scene = { fast: says('I read the whole long book.'), refine: says('Book.') };
    expect(await result({ ...scene, ...judging({ isSure: fail, choose: fail }) })).toEqual({
      text: 'I read the whole long book.',
      decision: 'kept',
      warnings: ['ERR_PLUGIN_FAILED', 'ERR_PLUGIN_FAILED'],
    });
  });
});

describe('the polished stage', () => {
  test('comes after the refined one, by the same way, and an undo goes back stage by stage', () =>
    play(
      {
        fast: says('so i red it'),
        refine: says('so i read it'),
        sink: lasting,
        ...polishing(() => 'I read it.'),
      },
      async ({ engine, recording, events }) => {
        const result = await engine.dictate({ ...speech(1), sessionId: 'a' }, never());
        expect(recording.edits.map(({ cause, segment }) => [cause, segment.text])).toEqual([
          ['draft', 'so i red it'],
          ['refined', 'so i read it'],
          ['polished', 'I read it.'],
        ]);
        expect(result).toMatchObject({
          draft: 'so i red it',
          text: 'I read it.',
          polishedMs: expect.any(Number),
          lanes: { refine: { decision: 'replaced', segments: { replaced: 1 } } },
        });
        expect(events.flatMap((event) => (event.type === 'text' ? [event.stage] : []))).toEqual([
          'draft',
          'refined',
          'polished',
        ]);
        const left: string[] = [];
        for (let step = 0; step < 3; step += 1) left.push((await engine.undo('a', never())).left, recording.text);
        expect(left).toEqual(['refined', 'so i read it', 'draft', 'so i red it', 'nothing', '']);
      },
    ));

  test('of the whole session changes the segments that it rewrites', () =>
    play(
      {
        fast: says('First.', 'Second.'),
        refine: says('First.', 'Second.'),
        ...polishing((text) => text.replace('Second', 'And second'), 'session'),
      },
      async ({ engine, recording }) => {
        const result = await engine.dictate(speech(2), never());
        expect(result.text).toBe('First. And second.');
        expect(recording.text).toBe('First. And second.');
        expect(recording.edits.at(-1)).toMatchObject({ cause: 'polished', segmentId: 'segment-2' });
      },
    ));

  test.each([
    ['nothing', () => ''],
    ['a loop', (text: string) => `${text} and so on and so on and so on and so on`],
    ['much more than was said', (text: string) => text.repeat(4).replace(/it/g, (word) => `${word} ${Math.random()}`)],
    ['another script', () => 'я прочитал это'],
  ])('that gives %s leaves the refined text', (_what, rewrite) =>
    play(
      { fast: says('i red it'), refine: says('i read it'), ...polishing(rewrite) },
      async ({ engine, recording }) => {
        expect((await engine.dictate(speech(1), never())).text).toBe('i read it');
        expect(recording.text).toBe('i read it');
      },
    ),
  );

  test('that fails leaves the refined text, and a warning', () => {
    const failing = polishing(() => {
      throw new Error('no model');
    });
    return play({ fast: says('i red it'), refine: says('i read it'), ...failing }, async ({ engine, events }) => {
      expect((await engine.dictate(speech(1), never())).text).toBe('i read it');
      expect(events.find(({ type }) => type === 'warning')).toMatchObject({ error: { code: 'ERR_PLUGIN_FAILED' } });
    });
  });

  test.each([
    ['without a better reading', { fast: says('i red it') }, 'i red it'],
    [
      'in a secret field',
      { fast: says('i red it'), refine: says('x'), sink: { ...lasting, beginning: { secret: true } } },
      'i red it',
    ],
    [
      'of a doubtful text',
      { fast: { script: [{ text: 'nein', doubtful: 'language' as const }] }, refine: says('nine') },
      'nein',
    ],
  ])('there is none %s', async (_when, scene, text) => {
    const polish = vi.fn(() => 'polished');
    await play({ ...scene, ...polishing(polish) }, async ({ engine }) => {
      expect((await engine.dictate(speech(1), never())).text).toBe(text);
    });
    expect(polish).not.toHaveBeenCalled();
  });
});

describe('how a segment was read', () => {
  const red = { text: 'red', meanLogProb: -0.5, noSpeechProb: 0.25 };
  const read = { text: 'read', meanLogProb: -0.125, noSpeechProb: 0.0625 };
  const { text: _red, ...ofDraft } = red;
  const { text: _read, ...ofRefined } = read;

  test.each([
    ['the better reading', [read], 'read', ofRefined],
    ['the draft, where that stays', [{ fail: 'no memory' }], 'red', ofDraft],
  ])('is in the result, as of %s, and neither in edits nor in events', (_of, better, text, decoded) =>
    play({ fast: { script: [red] }, refine: { script: better } }, async ({ engine, recording, events }) => {
      const { segments } = await engine.dictate(speech(1), never());
      const tokens = Array.from(text, (character) => character.codePointAt(0));
      expect(segments).toMatchObject([{ text, decoded: { ...decoded, tokens } }]);
      expect(JSON.stringify([recording.edits, events])).not.toMatch(/decoded|tokens|noSpeechProb/);
    }),
  );

  test('is that of the reading which a post-processor rewrites', () =>
    play({ fast: { script: [red] }, refine: { script: [read] }, ...polishing(() => 'Read.') }, async ({ engine }) => {
      expect((await engine.dictate(speech(1), never())).segments).toMatchObject([
        { text: 'Read.', decoded: ofRefined },
      ]);
    }));
});

describe('the language of a segment', () => {
  const profile = { languages: ['en', 'ru'] };

  test('travels from the runner to edits, events and the result, with how sure it is', () => {
    const script = [{ text: 'Привет.', language: 'ru', languageProbability: 0.93 }];
    return play({ fast: { script }, profile }, async ({ engine, recording, events }) => {
      const known = { language: 'ru', languageProbability: 0.93 };
      expect(await engine.dictate(speech(1), never())).toMatchObject({ segments: [known] });
      expect(recording.edits).toMatchObject([{ segment: known }]);
      expect(events.find(({ type }) => type === 'text')).toMatchObject(known);
    });
  });

  test('is the one that was set where the runner says nothing', () =>
    play({ fast: says('Hello.'), profile: { language: 'en' } }, async ({ engine }) => {
      expect(await engine.dictate(speech(1), never())).toMatchObject({ segments: [{ language: 'en' }] });
    }));

  test('that is surely none of those that may be spoken makes a text doubtful: it is not read again', () => {
    const script = [{ text: 'Guten Tag.', language: 'de', languageProbability: 0.95 }];
    return play({ fast: { script }, refine: says('Good day.'), profile }, async ({ engine, events }) => {
      expect(await engine.dictate(speech(1), never())).toMatchObject({
        text: 'Guten Tag.',
        segments: [{ language: 'de', doubtful: 'language', decision: 'kept' }],
      });
      expect(events.flatMap((event) => (event.type === 'run-started' ? [event.lane] : []))).toEqual(['fast']);
    });
  });

  test('that may be a mishearing does not', () => {
    const script = [{ text: 'Guten Tag.', language: 'de', languageProbability: 0.5 }];
    return play({ fast: { script }, profile }, async ({ engine }) => {
      const { segments } = await engine.dictate(speech(1), never());
      expect(segments[0]).not.toHaveProperty('doubtful');
    });
  });

  test('of a second reading that is surely another one keeps the draft', () => {
    const refine = { script: [{ text: 'Guten Tag.', language: 'de', languageProbability: 0.95 }] };
    return play({ fast: says('Good day.'), refine, profile }, async ({ engine }) => {
      const result = await engine.dictate(speech(1), never());
      expect(result).toMatchObject({ text: 'Good day.', lanes: { refine: { decision: 'kept' } } });
      expect(result.segments[0]).not.toHaveProperty('doubtful');
    });
  });
});
