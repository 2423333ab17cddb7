import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Outcome } from '@voiceinput/plugin-api';
import plugin from '@voiceinput/sink-paste';
import type { PasteOptions, PasteSink } from '@voiceinput/sink-paste';
import { conformance, dictation, fakeContext } from '@voiceinput/testkit';
import { Key, missingForDesk, openDesk } from '@voiceinput/rig/desk';
import type { Desk, Program } from '@voiceinput/rig/desk';
import { describeUnless } from '@voiceinput/rig/unless';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { round } from './round.ts';
import type { RoundResult } from './round.ts';

const rounds = Number(process.env['VOICEINPUT_DESK_ROUNDS'] ?? 2);
const firstSeed = Number(process.env['VOICEINPUT_DESK_SEED'] ?? 1);
const signal = new AbortController().signal;
const UNVERIFIED: Outcome = { kind: 'applied', proof: 'unverified' };
/** The sign that the user types where the caret is, before the text is read. */
const CARET = '^';
/** A paste is in the field by then, and the sink believes it. */
const PASTED_MS = 400;

const create = async (options: PasteOptions): Promise<PasteSink> =>
  (await plugin.create(options, fakeContext({ pluginId: plugin.id }), signal)) as PasteSink;

const missing = missingForDesk('mousepad');
if (missing !== undefined) console.log(`skipped: ${missing}`);

describeUnless(missing)('in an editor that nobody can ask', () => {
  let desk: Desk;
  let folder: string;
  let file: string;
  let program: Program;
  let offering: PasteSink;
  let watching: PasteSink;

  beforeAll(async () => {
    desk = await openDesk({ untilExit: true });
    folder = mkdtempSync(join(tmpdir(), 'voiceinput-paste-'));
    file = join(folder, 'text.txt');
    writeFileSync(file, '');
    program = await desk.open(['mousepad', file], 'mousepad');
    offering = await create({});
    watching = await create({ tier: 'watched' });
  });
  afterAll(async () => {
    await watching?.close();
    await offering?.close();
    await desk?.close();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  });
  beforeEach(cleared);

  async function cleared(): Promise<void> {
    await program.activate();
    await desk.user.key(Key.a, Key.control);
    await desk.user.key(Key.backspace);
    await pause(100);
  }

  /** What the editor saves. */
  async function read(): Promise<{ text: string; caret: number }> {
    await pause(PASTED_MS);
    await desk.user.type(CARET);
    const before = statSync(file).mtimeMs;
    await desk.user.key(0x73, Key.control);
    const whenSaved = (): string => (statSync(file).mtimeMs === before ? '' : readFileSync(file, 'utf8'));
    await expect.poll(whenSaved).toContain(CARET);
    const saved = readFileSync(file, 'utf8').replace(/\n$/, '');
    return { text: saved.replace(CARET, ''), caret: saved.indexOf(CARET) };
  }

  test('a dictation is pasted, also what no keyboard has, and the clipboard comes back', async () => {
    desk.copied.write('what the user copied');
    const told = dictation({ sessionId: 'pasted' });
    expect(await offering.begin(told.info, signal)).toEqual({});
    expect(await offering.apply(told.edit('one', 'draft', 'Привет, 日本 🎉 — ok'), signal)).toEqual(UNVERIFIED);
    await expect.poll(() => desk.copied.read()).toBe('what the user copied');
    expect((await read()).text).toBe('Привет, 日本 🎉 — ok');
  });

  test('two dictations stand apart as long as nothing came between', async () => {
    const [first, second] = ['first', 'second'].map((sessionId) => dictation({ sessionId }));
    await offering.begin(first!.info, signal);
    await offering.apply(first!.edit('one', 'draft', 'One.'), signal);
    expect(await offering.begin(second!.info, signal)).toEqual({ surroundings: { before: 'One.' } });
    await desk.user.key(Key.left);
    expect(await offering.begin(second!.info, signal)).toEqual({});
  });

  test('nothing that acts goes in, and no line break unless the user wants it', async () => {
    const told = dictation({ sessionId: 'evil' });
    await offering.begin(told.info, signal);
    await offering.apply(told.edit('one', 'draft', 'ls\nrm\u001b[31m \u202ex'), signal);
    expect((await read()).text).toBe('ls rm x');
    await cleared();
    const breaking = await create({ lineBreaks: true, trailingSpace: true });
    const other = dictation({ sessionId: 'breaking' });
    await breaking.begin(other.info, signal);
    await breaking.apply(other.edit('one', 'draft', 'a\nb'), signal);
    expect((await read()).text).toBe('a\nb ');
    await breaking.close();
  });

  test('a better text is offered, unless the user wants keys to be counted', async () => {
    const told = dictation({ sessionId: 'offered' });
    await offering.begin(told.info, signal);
    told.settle(await offering.apply(told.edit('one', 'draft', 'helo'), signal));
    expect(await offering.apply(told.edit('one', 'refined', 'Hello'), signal)).toEqual({
      kind: 'offered',
      reason: 'not-readable',
    });
    expect(offering.offers().at(-1)?.text).toBe('Hello');
    expect(await offering.apply(told.edit('one', 'undo', ''), signal)).toEqual({
      kind: 'refused',
      reason: 'not-readable',
    });
    expect((await read()).text).toBe('helo');
  });

  test('a click, another field or another window before the text comes: it is offered', async () => {
    const clicked = dictation({ sessionId: 'clicked' });
    await offering.begin(clicked.info, signal);
    await desk.user.click(300, 300);
    expect(await offering.apply(clicked.edit('one', 'draft', 'hello'), signal)).toEqual({
      kind: 'offered',
      reason: 'clicked',
    });
    const left = dictation({ sessionId: 'left' });
    await offering.begin(left.info, signal);
    await desk.user.key(0xff09);
    expect(await offering.apply(left.edit('one', 'draft', 'hello'), signal)).toEqual({
      kind: 'offered',
      reason: 'focus-changed',
    });
  });

  describe('where keys are counted', () => {
    test('a dictation is mended behind which the user typed, and taken back in two steps', async () => {
      const told = dictation({ sessionId: 'mended' });
      await watching.begin(told.info, signal);
      told.settle(await watching.apply(told.edit('one', 'draft', 'helo wrld'), signal));
      await pause(PASTED_MS);
      await desk.user.type(' abc', () => 60);
      for (const [cause, text] of [
        ['refined', 'Hello, world.'],
        ['undo', 'helo wrld'],
        ['undo', ''],
      ] as const) {
        const outcome = await watching.apply(told.edit('one', cause, text), signal);
        expect(outcome).toEqual(UNVERIFIED);
        told.settle(outcome);
      }
      const outcome = await watching.apply(told.edit('one', 'draft', 'Hello.'), signal);
      expect(outcome).toEqual(UNVERIFIED);
      expect(await read()).toEqual({ text: ' abcHello.', caret: ' abcHello.'.length });
    });

    test('what cannot be typed is pasted at the end, and offered elsewhere', async () => {
      const told = dictation({ sessionId: 'typed' });
      await watching.begin(told.info, signal);
      told.settle(await watching.apply(told.edit('one', 'draft', 'in the cafe'), signal));
      const outcome = await watching.apply(told.edit('one', 'refined', 'in the café'), signal);
      told.settle(outcome);
      expect(outcome).toEqual(UNVERIFIED);
      await pause(PASTED_MS);
      await desk.user.type(' a', () => 60);
      expect(await watching.apply(told.edit('one', 'refined', 'in the кафе'), signal)).toEqual({
        kind: 'offered',
        reason: 'not-typable',
      });
      expect((await read()).text).toBe('in the café a');
    });

    const shortcut = (keysym: number) => () => desk.user.key(keysym, Key.control);
    test.each<[string, () => Promise<void>, string]>([
      ['a click', () => desk.user.click(300, 300), 'clicked'],
      ['an arrow', () => desk.user.key(Key.left), 'caret-moved'],
      ['Enter', () => desk.user.key(Key.enter), 'entered'],
      ['a shortcut', shortcut(0x62), 'shortcut'],
      ['a key that may be dead', () => desk.user.type("'"), 'caret-moved'],
    ])('after %s it is offered', async (_name, act, reason) => {
      const told = dictation({ sessionId: `ended-${reason}` });
      await watching.begin(told.info, signal);
      told.settle(await watching.apply(told.edit('one', 'draft', 'helo'), signal));
      await pause(PASTED_MS);
      await act();
      await pause(100);
      expect(await watching.apply(told.edit('one', 'refined', 'Hello'), signal)).toEqual({ kind: 'offered', reason });
    });

    test('while the user types on, nothing is lost', { timeout: 300_000 + rounds * 10_000 }, async () => {
      const subject = { sink: watching, user: desk.user, read, onItsWayMs: PASTED_MS };
      const results: RoundResult[] = [];
      for (let index = 0; index < rounds; index += 1) {
        await cleared();
        results.push(await round(subject, firstSeed + index));
      }
      const mended = results.reduce((sum, result) => sum + result.mended, 0);
      console.log(`mended while the user typed: ${mended} of ${2 * rounds}`);
      expect(results.flatMap(({ broken }) => broken ?? [])).toEqual([]);
    });
  });

  for (const { name, run } of conformance(plugin, { config: {} })) test(`conformance: ${name}`, run);
});
