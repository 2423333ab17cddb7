import { chmod, mkdtemp, readFile, rm, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTray } from '@voiceinput/tray';
import type { TrayOptions } from '@voiceinput/tray';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { unsupported } from '../src/indicator/indicator.ts';
import { missingForBus, openPrivateBus } from '@voiceinput/rig/bus';
import { openNotificationServer, openPanel } from '@voiceinput/rig/panel';
import type { PrivateBus } from '@voiceinput/rig/bus';
import type { NotificationServer, Panel } from '@voiceinput/rig/panel';
import { describeUnless } from '@voiceinput/rig/unless';
import { entry, startSmallDaemon } from './small-daemon.ts';
import type { SmallDaemon } from './small-daemon.ts';

const missing = process.platform === 'linux' ? missingForBus() : 'The tray is for Linux.';

describeUnless(missing)('the tray', () => {
  let folder: string;
  let bus: PrivateBus;
  let panel: Panel;
  let notifications: NotificationServer;
  let daemon: SmallDaemon;
  const ends: (() => Promise<void>)[] = [];

  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'voiceinput-tray-')), 'run');
    await mkdir(folder, { mode: 0o700 });
    await writeFile(join(folder, 'tray.json'), '{"isWelcomed":true}');
    bus = await openPrivateBus();
    process.env['DBUS_SESSION_BUS_ADDRESS'] = bus.address;
    // Without a display there is no overlay, and notifications tell everything.
    delete process.env['DISPLAY'];
    panel = await openPanel(bus.address);
    notifications = await openNotificationServer(bus.address);
    daemon = await startSmallDaemon(folder);
  });
  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
    await daemon.close();
    notifications.close();
    panel.close();
    await bus.close();
    await rm(join(folder, '..'), { recursive: true });
  });

  /** Begins the tray; gives what it warned of. */
  function begin(options: Partial<TrayOptions> = {}) {
    const ending = new AbortController();
    const warnings: string[] = [];
    const over = runTray({
      signal: ending.signal,
      folder,
      language: 'en',
      warn: ({ message }) => warnings.push(message),
      ...options,
    });
    // Tests look at it later.
    over.catch(() => undefined);
    ends.push(async () => {
      ending.abort();
      await over.catch(() => undefined);
    });
    return { over, warnings, end: () => ending.abort() };
  }

  async function titleIs(title: string): Promise<void> {
    await expect.poll(() => (panel.registered.length > 0 ? panel.title() : undefined)).toBe(title);
  }
  async function lastAsked(method: string, params: object): Promise<void> {
    await expect.poll(() => daemon.asked.at(-1)).toEqual({ method, params });
  }
  async function noteSays(summary: string): Promise<void> {
    await expect.poll(() => notifications.notes.at(-1)?.summary).toBe(summary);
  }
  async function menuHolds(words: string | RegExp): Promise<void> {
    await expect.poll(async () => JSON.stringify(await panel.menu())).toMatch(words);
  }
  async function ready(): Promise<void> {
    await titleIs('VoiceInput is ready');
    await menuHolds(/Moonshine Base.*Reload replacements/);
  }

  test('shows what becomes of a dictation: icon, words, one notification that changes', async () => {
    begin();
    await ready();
    const looks = [await panel.icon()];
    expect(looks[0]!.widths).toEqual([16, 22, 24, 32, 44, 48, 64]);
    await panel.activate();
    await titleIs('Listening …');
    looks.push(await panel.icon());
    daemon.tell({ type: 'level', sessionId: 'a', level: 0.2 });
    await expect.poll(() => panel.iconChanges()).toBeGreaterThan(1);
    await panel.activate();
    await titleIs('Draft');
    looks.push(await panel.icon());
    const segment = { sessionId: 'a', segmentId: 's', startSample: 0, endSample: 9 };
    daemon.tell({ type: 'text', ...segment, stage: 'draft', text: 'wednesday <b>&' });
    daemon.tell({ type: 'run-started', sessionId: 'a', segmentId: 's', lane: 'refine', stage: 'refined' });
    await titleIs('Refining …');
    looks.push(await panel.icon());
    daemon.tell({ type: 'text', ...segment, stage: 'refined', text: 'Wednesday.' });
    daemon.tell({ type: 'session-ended', sessionId: 'a', outcome: 'done' });
    await titleIs('Refined');
    looks.push(await panel.icon());
    await noteSays('Refined');

    const { notes } = notifications;
    expect(new Set(notes.map(({ summary }) => summary))).toEqual(
      new Set(['Listening …', 'Draft', 'Refining …', 'Refined']),
    );
    expect(notes.every(({ id, replaces }, index) => id === 1 && replaces === (index === 0 ? 0 : 1))).toBe(true);
    expect(notes.find(({ summary }) => summary === 'Refining …')!.body).toBe('wednesday &lt;b&gt;&amp;');
    expect(notes.at(-1)!.body).toBe('Wednesday.');
    // Each state has a colour of its own.
    const colors = looks.map(({ colors }) => [...colors].toSorted().join());
    expect(new Set(colors).size).toBe(looks.length);
    expect(daemon.asked.filter(({ method }) => method === 'toggle')).toHaveLength(2);
  });

  test('says that nothing was heard', async () => {
    begin();
    await ready();
    await panel.activate();
    await titleIs('Listening …');
    await panel.activate();
    daemon.tell({ type: 'session-ended', sessionId: 'a', outcome: 'no-speech' });
    await titleIs('No speech heard');
    await noteSays('No speech heard');
  });

  test('offers a refined text that found no place, and pastes it on request', async () => {
    begin();
    await ready();
    await panel.click('Start dictation');
    await lastAsked('start', { mode: 'toggle' });
    await titleIs('Listening …');
    await panel.click('Stop and insert');
    const segment = { sessionId: 'a', segmentId: 's', startSample: 0, endSample: 9 };
    daemon.tell({ type: 'text', ...segment, stage: 'refined', text: 'Wednesday.' });
    daemon.tell({ type: 'edit', ...segment, revision: 2, outcome: { kind: 'offered', reason: 'user-edited' } });
    daemon.tell({ type: 'session-ended', sessionId: 'a', outcome: 'done' });
    await noteSays('Refined text ready');
    await titleIs('Refined text ready');
    await panel.click('Paste the refined text');
    await lastAsked('paste', { id: 'a', stage: 'refined' });
    await titleIs('Refined');
  });

  test('a button of a notification does the same as the menu', async () => {
    begin();
    await ready();
    await panel.activate();
    await titleIs('Listening …');
    await panel.activate();
    const segment = { sessionId: 'a', segmentId: 's', startSample: 0, endSample: 9 };
    daemon.tell({ type: 'text', ...segment, stage: 'refined', text: 'Wednesday.' });
    daemon.tell({ type: 'edit', ...segment, revision: 2, outcome: { kind: 'offered', reason: 'user-edited' } });
    daemon.tell({ type: 'session-ended', sessionId: 'a', outcome: 'done' });
    await noteSays('Refined text ready');
    expect(notifications.notes.at(-1)!.actions).toEqual(['0', 'Paste the refined text']);
    notifications.press();
    await lastAsked('paste', { id: 'a', stage: 'refined' });
    await titleIs('Refined');
    await expect
      .poll(async () => (await panel.menu()).map(({ label }) => label))
      .not.toContain('Paste the refined text');
  });

  test('every item is one request', async () => {
    begin();
    await ready();
    const { id } = entry;
    const source = { use: 'source-microphone', options: { preRollMs: 300, device: 'usb' } };
    const rows: readonly (readonly [string[], string, object])[] = [
      [['Refine in the background'], 'set', { hybrid: false }],
      [['Profile', 'quick'], 'set', { profile: 'quick' }],
      [['Microphone', 'USB'], 'set', { source }],
      [['Recent', 'I think', 'Copy the draft'], 'history/copy', { id, stage: 'draft' }],
      [['Recent', 'I think', 'Copy the refined'], 'history/copy', { id, stage: 'refined' }],
      [['Recent', 'I think', 'Paste the refined'], 'paste', { id, stage: 'refined' }],
      [['Recent', 'I think', 'Paste the draft'], 'paste', { id, stage: 'draft' }],
      [['Recent', 'I think', 'Undo'], 'undo', { sessionId: id }],
      [['Models', 'Download Moonshine Base (98 MB)'], 'models/pull', { id: 'moonshine-base-en' }],
      [['Plugin', 'Reload'], 'commands/run', { plugin: 'post-replacements', id: 'reload', arguments: {} }],
      [['Check this computer'], 'doctor', {}],
    ];
    for (const [labels, method, params] of rows) {
      const before = daemon.asked.length;
      await panel.click(...labels);
      const made = (): unknown[] => daemon.asked.slice(before).filter((request) => request.method === method);
      await expect.poll(made, { message: labels.join(' > ') }).toEqual([{ method, params }]);
    }
    const ticked = async (...labels: string[]): Promise<(boolean | undefined)[]> => {
      const [first, ...rest] = labels;
      const found = (await panel.menu()).find(({ label }) => label.includes(first!))!;
      return rest.length === 0 ? [found.ticked] : found.items.map((item) => item.ticked);
    };
    await expect.poll(() => ticked('Refine in the background')).toEqual([false]);
    await expect.poll(() => ticked('Profile', '')).toEqual([false, true]);
    await expect.poll(() => ticked('Microphone', '')).toEqual([false, true]);
    await menuHolds('1 problem');
    const bodies = notifications.notes.map(({ body }) => body);
    expect(bodies).toContainEqual('12 replacements are in force.');
    expect(bodies).toContainEqual(expect.stringContaining('Set dictation.key to F9'));
  });

  test('says when an undo or a request did nothing, and shows how far a model is', async () => {
    const { warnings } = begin();
    await ready();
    daemon.says.undone = [{ kind: 'refused' }];
    await panel.click('Recent', 'I think', 'Undo');
    await noteSays('Nothing could be undone');
    daemon.tell({ type: 'model', id: 'moonshine-base-en', doneBytes: 41_000_000, totalBytes: 98_000_000 });
    await menuHolds('Moonshine Base: 40 %');
    daemon.tell({ type: 'model-ended', id: 'moonshine-base-en' });
    await menuHolds('Download Moonshine Base (98 MB)');
    // What was fetched is unpacked and checked before it is there.
    daemon.tell({ type: 'model', id: 'moonshine-base-en', doneBytes: 98_000_000, totalBytes: 98_000_000 });
    await menuHolds('Moonshine Base: 100 %');
    daemon.says.models = daemon.says.models.map((model) => ({ ...model, state: 'ready' }));
    daemon.tell({ type: 'model-ended', id: 'moonshine-base-en' });
    await menuHolds('Moonshine Base: ready');
    await panel.click('Settings');
    await noteSays('That did not work');
    expect(warnings.at(-1)).toBe('The settings page was not opened.');
    await panel.click('Open the settings file');
    await noteSays('That did not work');
    await expect.poll(() => warnings.at(-1)).toContain('/nonexistent');
  });

  test('says what does not work as it should, while it lasts', async () => {
    begin();
    await ready();
    const trouble = {
      code: 'ERR_CONFIG_SYNTAX',
      message: 'config.json is not valid JSON at line 3.',
      hint: 'Mend it.',
    };
    const { profile, hybrid } = daemon.says.status;
    daemon.says.status = { ...daemon.says.status, troubles: [trouble] };
    daemon.tell({ type: 'troubles', troubles: [trouble] });
    await titleIs('VoiceInput is ready (1 problem)');
    await noteSays('1 problem');
    expect(notifications.notes.at(-1)?.body).toBe('config.json is not valid JSON at line 3. Mend it.');
    await menuHolds('config.json is not valid JSON at line 3.');
    daemon.says.status = { ...daemon.says.status, troubles: [], key: { name: 'F99', trouble } };
    daemon.tell({ type: 'settings', profile, hybrid });
    daemon.says.status = { ...daemon.says.status, key: { name: 'F9' } };
    daemon.tell({ type: 'troubles', troubles: [] });
    await titleIs('VoiceInput is ready');
  });

  test('tells that the daemon went away, comes back with it, and is silent when the user ended it', async () => {
    begin();
    await ready();
    await daemon.close();
    await titleIs('VoiceInput is not running');
    await noteSays('VoiceInput has stopped');
    expect((await panel.menu()).map(({ label }) => label)).toContain('Start VoiceInput');
    daemon = await startSmallDaemon(folder);
    await ready();
    await expect.poll(() => notifications.closed.length).toBe(1);
    const before = notifications.notes.length;
    await panel.click('Stop VoiceInput');
    await titleIs('VoiceInput is not running');
    expect(notifications.notes.slice(before)).toEqual([]);
  });

  test('answers a second time, also when the answer is the same', async () => {
    begin();
    await ready();
    const answers = (): unknown[] => notifications.notes.filter(({ summary }) => summary === 'Check this computer');
    await panel.click('Check this computer');
    await expect.poll(() => answers().length).toBe(1);
    notifications.expire();
    await panel.click('Check this computer');
    await expect.poll(() => answers().length).toBe(2);
  });

  test('what was seen of a dictation does not come again', async () => {
    begin();
    await ready();
    await panel.activate();
    await noteSays('Listening …');
    const { length } = notifications.notes;
    notifications.expire();
    daemon.tell({ type: 'level', sessionId: 'a', level: 0.2 });
    await expect.poll(() => panel.iconChanges()).toBeGreaterThan(1);
    expect(notifications.notes).toHaveLength(length);
  });

  test('ends also when whoever shows notifications does not answer', async () => {
    const { over } = begin();
    let hasEnded = false;
    void over.then(() => (hasEnded = true));
    await ready();
    notifications.freeze();
    await panel.activate();
    await noteSays('Listening …');
    await panel.click('Quit the tray');
    await expect.poll(() => hasEnded, { timeout: 15_000 }).toBe(true);
  });

  test('keeps the words of a dictation over a lost connection', async () => {
    begin();
    await ready();
    await panel.activate();
    await titleIs('Listening …');
    const say = async (words: object, profile: string): Promise<void> => {
      daemon.tell({ type: 'text', sessionId: 'a', stage: 'draft', ...words });
      // Events come in order: what is before this one is known by then.
      daemon.tell({ type: 'settings', profile, hybrid: true });
      await menuHolds(`Profile: ${profile}`);
    };
    await say({ segmentId: 's', startSample: 0, endSample: 9, text: 'Before' }, 'one');
    daemon.hangUp();
    await say({ segmentId: 't', startSample: 9, endSample: 19, text: 'and after' }, 'two');
    await panel.activate();
    await noteSays('Draft');
    expect(notifications.notes.at(-1)!.body).toBe('Before and after');
  });

  test('welcomes once with what has to be done, and speaks the language of the environment', async () => {
    await rm(join(folder, 'tray.json'));
    const { end, over } = begin({ language: 'ru' });
    await noteSays('VoiceInput работает');
    expect(notifications.notes.at(-1)!.body).toMatch(/правую клавишу Ctrl[^]*desktop: .* → Set dictation.key to F9/);
    await expect
      .poll(() => readFile(join(folder, 'tray.json'), 'utf8').catch(() => ''))
      .toContain('"isWelcomed": true');
    end();
    await over;
    begin();
    await ready();
    expect(notifications.notes.filter(({ summary }) => summary.startsWith('VoiceInput'))).toHaveLength(1);
  });

  test('keeps which notifications are wanted', async () => {
    const { end, over } = begin();
    await ready();
    await panel.click('Notifications', 'None');
    await expect.poll(() => readFile(join(folder, 'tray.json'), 'utf8')).toContain('"notifications": "off"');
    end();
    await over;
    begin();
    await ready();
    await panel.activate();
    await titleIs('Listening …');
    expect(notifications.notes).toEqual([]);
  });

  test('a click into a menu that has changed meanwhile does what was seen', async () => {
    begin();
    await ready();
    const find = async (): Promise<number> => {
      const last = (await panel.menu()).find(({ label }) => label.startsWith('Recent'))!;
      return last.items.find(({ label }) => label.includes('I think'))!.items[0]!.id;
    };
    const seenId = await find();
    daemon.says.entries = [{ ...entry, id: 'newer', text: 'Something newer.' }, entry];
    daemon.tell({ type: 'history' });
    await menuHolds('Something newer');
    await panel.clickId(seenId);
    await lastAsked('history/copy', { id: entry.id, stage: 'refined' });
    // Also when it has gone from the menu.
    daemon.says.entries = [{ ...entry, id: 'newest', text: 'The newest.' }];
    daemon.tell({ type: 'history' });
    await menuHolds('The newest');
    const before = daemon.asked.length;
    await panel.clickId(seenId);
    await expect.poll(() => daemon.asked.slice(before).map(({ method }) => method)).toContain('history/copy');
  });

  test('comes back into a panel that was restarted', async () => {
    const { warnings } = begin();
    await ready();
    panel.close();
    await expect.poll(() => warnings.some((warning) => warning.includes('No panel'))).toBe(true);
    panel = await openPanel(bus.address);
    await ready();
  });

  test('there is one tray; it ends with its menu, and with the session', async () => {
    const first = begin();
    await ready();
    await expect(begin().over).rejects.toThrow(/already running/);
    await panel.click('Quit the tray');
    await first.over;
    const second = begin();
    await expect.poll(() => panel.registered.length).toBe(2);
    await bus.close();
    await expect(second.over).rejects.toMatchObject({ code: 'ERR_DESKTOP' });
  });

  test('says to its user that the daemon does not let it in', async () => {
    await chmod(join(folder, 'daemon.json'), 0o644);
    const { over } = begin();
    await expect(over).rejects.toMatchObject({ code: 'ERR_DAEMON_REFUSED' });
    expect(notifications.notes.map(({ summary }) => summary)).toContain(
      'VoiceInput refused the connection of the tray',
    );
  });

  test('says what is missing without a session', async () => {
    process.env['DBUS_SESSION_BUS_ADDRESS'] = `unix:path=${join(folder, 'nobody')}`;
    await expect(begin().over).rejects.toMatchObject({ code: 'ERR_DISPLAY_MISSING' });
  });
});

test('says that other systems are not supported', () => {
  expect(unsupported('aix').message).toBe('The tray does not run on aix, only on Linux, macOS and Windows.');
  expect(unsupported('aix').hint).toContain('voiceinput toggle');
});
