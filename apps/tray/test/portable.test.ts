import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openAlone } from '../src/alone.ts';
import { attend } from '../src/attend.ts';
import type { Heard, Shown } from '../src/indicator/panel.ts';
import { openSystray } from '../src/indicator/systray/systray.ts';
import { noteWords } from '../src/menu/note-words.ts';
import { languages } from '../src/messages/messages.ts';
import { openIconPrograms } from './icon-program/icon-program.ts';
import type { IconPrograms } from './icon-program/icon-program.ts';
import { startSmallDaemon } from './small-daemon.ts';
import type { SmallDaemon } from './small-daemon.ts';

let folder: string;

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'voiceinput-tray-')), 'run');
  await mkdir(folder, { mode: 0o700 });
});
afterEach(async () => {
  await rm(join(folder, '..'), { recursive: true });
});

/** What macOS and Windows have: an icon program, no bus, no overlay. */
describe('the tray without a bus', () => {
  let programs: IconPrograms;
  let daemon: SmallDaemon;
  let ending: AbortController;
  let over: Promise<void>;

  function begin(preferences: Parameters<typeof attend>[1]['preferences'] = { isWelcomed: true }): void {
    ending = new AbortController();
    const openIndicator = (first: Shown, heard: Heard) =>
      openSystray({ platform: 'darwin', place: programs.place }, first, heard);
    const about = {
      folder,
      executable: undefined,
      preferences,
      messages: languages.en,
      warn: () => undefined,
      quit: () => ending.abort(),
    };
    over = attend({ bus: undefined, hud: undefined, openIndicator }, about, ending.signal);
    // Tests look at it later.
    over.catch(() => undefined);
  }
  /** What is before the second separator: deeds, and what is said. */
  const head = (): readonly unknown[] => {
    const menu = programs.menu();
    const [first = 0, second = menu.length] = menu.flatMap((item, index) => (item === '<SEPARATOR>' ? [index] : []));
    return [...menu.slice(0, first), ...menu.slice(first + 1, second)];
  };
  async function headIs(items: readonly unknown[]): Promise<void> {
    await expect.poll(head).toEqual(items);
  }
  const asked = (): unknown => daemon.asked.at(-1);

  beforeEach(async () => {
    programs = await openIconPrograms();
    daemon = await startSmallDaemon(folder);
  });
  afterEach(async () => {
    ending.abort();
    await over.catch(() => undefined);
    await daemon.close();
    await programs.close();
  });

  test('has what begins a dictation first, and says in the menu what notifications would', async () => {
    begin();
    await headIs(['Start dictation', '(VoiceInput is ready)']);
    programs.click(programs.slot('Start dictation'));
    await headIs(['Stop and insert', 'Cancel dictation', '(Listening …)']);
    programs.click(programs.slot('Stop and insert'));
    const segment = { sessionId: 'a', segmentId: 's', startSample: 0, endSample: 9 };
    daemon.tell({ type: 'text', ...segment, stage: 'refined', text: 'Wednesday.' });
    daemon.tell({ type: 'edit', ...segment, revision: 2, outcome: { kind: 'offered', reason: 'user-edited' } });
    daemon.tell({ type: 'session-ended', sessionId: 'a', outcome: 'done' });
    await headIs(['Start dictation', 'Paste the refined text', '(Refined text ready)', '(Wednesday.)']);
    programs.click(programs.slot('Paste the refined text'));
    await expect.poll(asked).toEqual({ method: 'paste', params: { id: 'a', stage: 'refined' } });
    await headIs(['Start dictation', '(Refined)', '(Wednesday.)']);
  });

  test('says an answer until something else is chosen', async () => {
    daemon.says.undone = [{ kind: 'refused' }];
    begin();
    await expect.poll(() => JSON.stringify(programs.menu())).toContain('Undo in the text field');
    const [entry] = programs.slot('Recent dictations').items;
    programs.click(programs.slot('Recent dictations', entry!.title, 'Undo in the text field'));
    await expect.poll(head).toContain('(Nothing could be undone)');
    programs.click(programs.slot('Start dictation'));
    await headIs(['Stop and insert', 'Cancel dictation', '(Listening …)']);
  });

  test('says that the daemon went away, and starts it from the first item', async () => {
    begin();
    await headIs(['Start dictation', '(VoiceInput is ready)']);
    await daemon.close();
    const found = '(Reconnecting; dictation resumes automatically.)';
    await headIs(['Start VoiceInput', '(VoiceInput is not running)', '(VoiceInput has stopped)', found]);
  });

  test('welcomes in the menu, once', async () => {
    daemon.says.status = { ...daemon.says.status, settingsFiles: ['/home/ann/config.json'] };
    begin({});
    await expect.poll(head).toContain('(VoiceInput is running)');
    await expect.poll(() => readFile(join(folder, 'tray.json'), 'utf8').catch(() => '')).toContain('isWelcomed');
  });

  test('ends with the icon program, and says so', async () => {
    begin();
    await headIs(['Start dictation', '(VoiceInput is ready)']);
    process.kill(programs.pids.at(-1)!, 'SIGKILL');
    await expect(over).rejects.toMatchObject({ code: 'ERR_DESKTOP', message: expect.stringContaining('SIGKILL') });
    expect(programs.isRemoved()).toBe(true);
  });

  test('ends itself and the icon program from the menu', async () => {
    begin();
    await headIs(['Start dictation', '(VoiceInput is ready)']);
    programs.click(programs.slot('Quit the tray'));
    await over;
    expect(() => process.kill(programs.pids.at(-1)!, 0)).toThrow('ESRCH');
  });
});

test('a second tray finds the first, and a tray that was killed is none', async () => {
  const path = join(folder, 'tray.sock');
  await writeFile(path, '');
  await chmod(path, 0o600);
  const first = await openAlone(folder);
  await expect(openAlone(folder)).rejects.toMatchObject({ code: 'ERR_DESKTOP' });
  await first.close();
  await (await openAlone(folder)).close();
});

test('what is said is broken into few lines of the menu', () => {
  const lines = (body: string): readonly unknown[] =>
    noteWords({ answer: { summary: 'Said', body, isNeeded: true } }, 'Said').map((item) =>
      item.kind === 'item' ? item.label : item,
    );
  expect(lines('')).toEqual([]);
  expect(lines(`${'word '.repeat(11)}word longer\nnext`)).toEqual([`${'word '.repeat(11)}word`, 'longer', 'next']);
  expect(lines('字'.repeat(61))).toEqual(['字'.repeat(60), '字']);
  expect(lines('word '.repeat(1000))).toHaveLength(7);
});
