import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from '@voiceinput/client';
import type { DictationRequest, Engine } from '@voiceinput/engine';
import type { EngineEvent, Outcome, SessionResult } from '@voiceinput/plugin-api';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { openHistory } from '../../../src/history/history.ts';
import type { History } from '../../../src/history/history.ts';
import { createBroadcast } from '../../../src/serve/answer/broadcast.ts';
import { createDictations } from '../../../src/serve/dictate/dictations.ts';
import { keyActions } from '../../../src/serve/keys/press.ts';
import { recover } from '../../../src/serve/open/recover.ts';
import { ownFolder } from '../../voiceinput/scene.ts';

const base = ownFolder();
const opened: History[] = [];
afterEach(async () => {
  for (const history of opened.splice(0)) await history.close();
});
let count = 0;

/** What a test does with a dictation that the engine was asked for. */
interface Asked {
  readonly request: DictationRequest;
  readonly cancelled: AbortSignal;
  end(outcome: SessionResult['outcome'], text?: string): void;
}

/** Real dictations, history and broadcast; the engine does what the test says. */
async function open(settings: { readonly keepAudio?: boolean; readonly mode?: 'hold' | 'toggle' } = {}) {
  const folder = join(base, `home-${(count += 1)}`);
  const { keepAudio = true, mode = 'hold' } = settings;
  const history = await openHistory({
    folder,
    settings: () => ({ keepText: true, keepAudio, textDays: 30, audioHours: 24, keepCorrected: false }),
    warn: () => undefined,
  });
  opened.push(history);
  const broadcast = createBroadcast();
  const asked: Asked[] = [];
  /** Of each dictation that began. */
  const profiles: (string | undefined)[] = [];
  const dictate: Engine['dictate'] = (request, cancelled) =>
    new Promise((resolve) => {
      const { sessionId = '', label } = request;
      asked.push({
        request,
        cancelled,
        end(outcome, text = '') {
          broadcast.emit({ type: 'session-ended', sessionId, outcome });
          const lanes = { fast: { runner: 'none', model: '' } };
          resolve({ sessionId, label, outcome, audioSamples: 16_000, draft: text, text, lanes, segments: [] });
        },
      });
    });
  const none = { use: 'none', options: {} };
  const engine = { dictate } as Engine;
  const dictations = createDictations({
    history,
    broadcast,
    settings: () => ({
      mode,
      tapToggles: false,
      moreKeys: [],
      undoKey: '',
      pasteKey: '',
      key: '',
      source: none,
      sink: none,
      silenceMs: 1000,
      longestMs: 60_000,
      cues: false,
      onDraft: [],
      onRefined: [],
      history: { keepText: true, keepAudio, textDays: 30, audioHours: 24, keepCorrected: false },
    }),
    chooseProfile: (name) => void profiles.push(name),
    engine: () => ({ engine, profile: 'default' }),
  });
  const record = (id: string): string => {
    const path = history.recordings.pathOf(id);
    writeFileSync(path, 'audio');
    return path;
  };
  const write = (sessionId: string, outcome: Outcome): void => {
    const edit = { type: 'edit', sessionId, segmentId: 'segment-1', revision: 1, outcome } as const;
    broadcast.emit(edit satisfies Partial<EngineEvent>);
  };
  return { folder, history, broadcast, asked, profiles, engine, dictations, record, write, mode };
}

const applied: Outcome = { kind: 'applied', proof: 'verified' };

describe('a dictation', () => {
  test('can begin as soon as the one before was stopped or dropped, though that is still opening', async () => {
    const { dictations, asked } = await open();
    const first = dictations.start({});
    dictations.stop();
    const second = dictations.start({});
    expect(second.sessionId).not.toBe(first.sessionId);
    dictations.cancel();
    expect(asked.map(({ cancelled }) => cancelled.aborted)).toEqual([false, true]);
    const third = dictations.start({});
    expect(third.sessionId).not.toBe(second.sessionId);
    expect(dictations.recording).toEqual(third);
    for (const { end } of asked) end('no-speech');
  });

  test('that the user drops leaves neither text nor audio', async () => {
    const { dictations, asked, record, broadcast } = await open();
    const { sessionId } = dictations.start({});
    const path = record(sessionId);
    const result = dictations.resultOf(sessionId);
    broadcast.emit({ type: 'text', sessionId, text: 'The recognised text.' });
    dictations.cancel();
    asked[0]?.end('cancelled', 'The recognised text.');
    expect(await result).not.toHaveProperty('text');
    expect(await dictations.resultOf(sessionId)).not.toHaveProperty('text');
    expect(existsSync(path)).toBe(false);
    const told: unknown[] = [];
    const back = { notify: (_method: string, event: unknown) => told.push(event), ended: new Promise(() => undefined) };
    broadcast.watch(back as unknown as Connection, { text: true, after: 0 });
    expect(told).toContainEqual(expect.objectContaining({ type: 'text', sessionId }));
    expect(JSON.stringify(told)).not.toContain('The recognised text.');
  });

  test.each([true, false])('that the user drops is in the history only when somebody spoke (%s)', async (spoken) => {
    const { dictations, asked, history, broadcast } = await open();
    const { sessionId } = dictations.start({});
    if (spoken) broadcast.emit({ type: 'speech-started', sessionId });
    dictations.cancel();
    asked[0]?.end('cancelled');
    expect(await dictations.resultOf(sessionId)).toMatchObject({ outcome: 'cancelled' });
    expect((await history.list({})).map(({ id }) => id)).toEqual(spoken ? [sessionId] : []);
  });

  test.each([true, false])('that the end of the daemon cuts off waits to be read (keepAudio %s)', async (keepAudio) => {
    const { dictations, asked, record, history } = await open({ keepAudio });
    const { sessionId } = dictations.start({});
    const path = record(sessionId);
    const result = dictations.resultOf(sessionId);
    asked[0]?.end('cancelled', 'The recognised text.');
    await result;
    expect(existsSync(path)).toBe(true);
    expect(await history.has(sessionId)).toBe(false);
  });

  test('is not begun any more when the daemon ends', async () => {
    const { dictations, asked } = await open();
    dictations.start({});
    const finished = dictations.finished();
    dictations.stop();
    expect(() => dictations.start({})).toThrow(expect.objectContaining({ code: 'ERR_DAEMON_LOST' }));
    asked[0]?.end('done', 'Said.');
    await finished;
    expect(asked).toHaveLength(1);
  });

  test('is remembered even where the folder of recordings was removed', async () => {
    const { dictations, asked, history, folder } = await open();
    const { sessionId } = dictations.start({});
    const result = dictations.resultOf(sessionId);
    rmSync(join(folder, 'recordings'), { recursive: true });
    asked[0]?.end('done', 'Not lost.');
    expect(await result).toMatchObject({ text: 'Not lost.' });
    expect(await history.get(sessionId)).toMatchObject({ text: 'Not lost.', hasAudio: false });
  });

  test('is what an undo means only when it wrote something', async () => {
    const { dictations, asked, write } = await open();
    expect(dictations.newest).toBeUndefined();
    const first = dictations.start({}).sessionId;
    dictations.stop();
    const second = dictations.start({}).sessionId;
    write(first, applied);
    // What is being said now has not written yet.
    expect(dictations.newest).toBe(first);
    write(second, applied);
    write(first, applied);
    expect(dictations.newest).toBe(second);
    for (const { end } of asked) end('done', 'Said.');
    await dictations.finished();
  });
});

test('a recovery that the end of the daemon cuts off leaves the recording to the next one', async () => {
  const { dictations, asked, record, history, engine, broadcast } = await open();
  const path = record('20260101-100000-000-abcd');
  const engines = { now: { engine, profile: { name: 'default' } } } as Parameters<typeof recover>[1]['engines'];
  const { signal } = new AbortController();
  const told: string[] = [];
  const house = { history, dictations, engines, broadcast, recovered: ({ id }: { id: string }) => told.push(id) };
  const recovering = recover(['20260101-100000-000-abcd'], house, signal);
  await expect.poll(() => asked.length).toBe(1);
  // Who speaks now comes first. What is forgotten under this name is forgotten everywhere.
  expect(asked[0]?.request).toMatchObject({ background: true, sessionId: '20260101-100000-000-abcd' });
  asked[0]?.end('cancelled');
  await recovering;
  expect(existsSync(path)).toBe(true);
  expect(await history.has('20260101-100000-000-abcd')).toBe(false);
  expect(told).toEqual([]);
});

describe('the key', () => {
  test.each(['tap', 'modifier'] as const)(
    'that is no dictation (%s) leaves nothing in the history, and whoever waits gets an answer',
    async (how) => {
      const { dictations, asked, mode, history, record, broadcast } = await open();
      const key = keyActions({ dictations, settings: () => ({ mode, tapToggles: false }), warn: () => undefined });
      key.pressed();
      const sessionId = dictations.recording?.sessionId ?? '';
      const path = record(sessionId);
      broadcast.emit({ type: 'speech-started', sessionId });
      if (how === 'tap') key.released();
      else key.usedAsModifier();
      const waiting = dictations.resultOf(sessionId);
      asked[0]?.end('cancelled', 'Overheard.');
      for (const answer of [await waiting, await dictations.resultOf(sessionId)]) {
        expect(answer).toMatchObject({ id: sessionId, outcome: 'cancelled' });
        expect(answer).not.toHaveProperty('text');
      }
      expect(await history.list({})).toEqual([]);
      expect(existsSync(path)).toBe(false);
    },
  );

  test('keeps what was said when another key is struck late', async () => {
    const { dictations, asked, mode } = await open();
    const key = keyActions({ dictations, settings: () => ({ mode, tapToggles: false }), warn: () => undefined });
    const clock = vi.spyOn(performance, 'now').mockReturnValue(5_000);
    key.pressed();
    clock.mockReturnValue(6_500);
    key.usedAsModifier();
    clock.mockRestore();
    expect(dictations.recording).toBeUndefined();
    expect(asked.map(({ cancelled, request }) => [cancelled.aborted, request.released?.aborted])).toEqual([
      [false, true],
    ]);
    asked[0]!.end('no-speech');
  });

  test('that has a profile of its own begins with it', async () => {
    const { dictations, asked, mode, profiles } = await open();
    const port = { dictations, settings: () => ({ mode, tapToggles: false }), warn: () => undefined };
    keyActions(port, 'russian').pressed();
    // Who presses the other one meanwhile goes on with what was begun.
    keyActions(port).pressed();
    dictations.stop();
    keyActions(port).pressed();
    expect(profiles).toEqual(['russian', undefined]);
    for (const { end } of asked) end('no-speech');
  });

  test('drops by a tap, or as a modifier, only what its own press began', async () => {
    const { dictations, asked, mode } = await open();
    const key = keyActions({ dictations, settings: () => ({ mode, tapToggles: false }), warn: () => undefined });
    const other = dictations.start({ mode: 'hands-free' });
    key.pressed();
    key.released();
    expect(dictations.recording).toEqual(other);
    key.pressed();
    key.usedAsModifier();
    expect(dictations.recording).toEqual(other);
    dictations.stop();
    key.pressed();
    // The microphone is not there: it is over before the release.
    asked[1]?.end('failed');
    key.released();
    expect(asked.map(({ cancelled }) => cancelled.aborted)).toEqual([false, false]);
    key.pressed();
    key.released();
    expect(asked.map(({ cancelled }) => cancelled.aborted)).toEqual([false, false, true]);
    for (const { end } of asked) end('no-speech');
  });

  test('toggles by taps where that is set, and is held as ever', async () => {
    const { dictations, asked, mode } = await open();
    const key = keyActions({ dictations, settings: () => ({ mode, tapToggles: true }), warn: () => undefined });
    const clock = vi.spyOn(performance, 'now').mockReturnValue(0);
    const press = (downMs: number, upMs: number): void => {
      clock.mockReturnValue(downMs);
      key.pressed();
      clock.mockReturnValue(upMs);
      key.released();
    };
    const now = () => asked.map(({ request }) => (request.released?.aborted === true ? 'ended' : 'recording'));
    press(1_000, 1_100);
    expect(now()).toEqual(['recording']);
    press(3_000, 3_100);
    expect(now()).toEqual(['ended']);
    press(5_000, 7_000);
    expect(now()).toEqual(['ended', 'ended']);
    press(8_000, 8_100);
    press(9_000, 12_000);
    expect(now()).toEqual(['ended', 'ended', 'ended']);
    clock.mockRestore();
    for (const { end } of asked) end('no-speech');
  });

  test('that goes away with its keyboard ends the recording that it held', async () => {
    const { dictations, asked, mode } = await open();
    const key = keyActions({ dictations, settings: () => ({ mode, tapToggles: false }), warn: () => undefined });
    key.pressed();
    key.gone();
    expect(asked[0]?.request.released?.aborted).toBe(true);
    expect(dictations.recording).toBeUndefined();
    asked[0]?.end('no-speech');
  });

  test('that is pressed when the daemon ends says why nothing is recorded', async () => {
    const { dictations, mode } = await open();
    const warnings: string[] = [];
    const key = keyActions({
      dictations,
      settings: () => ({ mode, tapToggles: false }),
      warn: ({ code }) => warnings.push(code),
    });
    await dictations.finished();
    key.pressed();
    key.released();
    expect(warnings).toEqual(['ERR_DAEMON_LOST']);
  });
});
