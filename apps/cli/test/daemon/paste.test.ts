import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Client, DaemonEvent, HistoryEntry } from '@voiceinput/client';
import { missingPrograms } from '@voiceinput/rig/programs';
import { describeUnless } from '@voiceinput/rig/unless';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { foundDesktop } from '../../src/examine/desktop.ts';
import { fixture, ownFolder, withModels } from '../voiceinput/scene.ts';
import { eventsOf, startDaemon } from './daemon.ts';
import type { Daemon } from './daemon.ts';
import { missingForDesk, openDesk, RIGHT_CONTROL } from './desk.ts';
import type { Desk } from './desk.ts';

withModels();
const missing = missingForDesk() ?? missingPrograms('xclip');

describeUnless(missing)('the daemon as on macOS and Windows', () => {
  const folder = ownFolder();
  let desk: Desk;
  let daemon: Daemon;
  let client: Client;
  let events: DaemonEvent[];

  beforeAll(async () => {
    desk = await openDesk();
    daemon = await startDaemon({
      folder,
      env: desk.env,
      dictation: { key: 'Control_R', source: { use: 'source-microphone' }, sink: { use: 'sink-paste' } },
    });
    client = await daemon.connect();
    events = await eventsOf(client);
  });
  afterAll(async () => {
    client.close();
    daemon.child.kill('SIGTERM');
    await daemon.ended;
    await desk.close();
  });

  async function hold(speech: () => Promise<unknown>): Promise<HistoryEntry> {
    await desk.key('keydown', RIGHT_CONTROL);
    await expect.poll(() => events.some(({ type }) => type === 'audio-started')).toBe(true);
    await speech();
    await desk.key('keyup', RIGHT_CONTROL);
    const id = events.findLast(({ type }) => type === 'session-started')?.['sessionId'];
    return client.call('result', { sessionId: String(id) });
  }

  test('hears the key, pastes the draft and offers the better text', async () => {
    const editor = await desk.openEditor();
    expect((await client.call('status', {})).key).toEqual({ name: 'Control_R' });
    const { findings } = await client.call('doctor', {});
    expect(findings.filter(({ what }) => what === 'desktop' || what === 'key')).toMatchObject([
      { what: 'desktop', state: 'works', detail: expect.stringMatching(/pasting/) },
      { what: 'key', state: 'works', detail: 'Control_R' },
    ]);
    const entry = await hold(() => desk.sound.microphone.say(fixture('two-sentences.flac')));
    expect(entry.edits.map(({ kind }) => kind)).not.toContain('refused');
    const applied = events.filter(({ type }) => type === 'edit').map(({ outcome }) => outcome);
    expect(applied[0]).toEqual({ kind: 'applied', proof: 'unverified' });
    await expect.poll(() => editor.text()).toMatch(/^Please .* in here\.?$/);
    expect(await editor.text()).toBe(entry.draft);
    await editor.close();

    await client.call('history/copy', { id: entry.id, stage: 'draft' });
    const env = { ...process.env, ...desk.env };
    const { stdout } = await promisify(execFile)('xclip', ['-selection', 'clipboard', '-o'], { env });
    expect(stdout).toBe(entry.draft);
  });
});

describe('doctor', () => {
  test.each([
    ['darwin' as const, 'macOS', /Accessibility, Input Monitoring and Microphone/],
    ['win32' as const, 'Windows', /Microphone/],
  ])('says on %s what was never tried and what to allow', (platform, name, permissions) => {
    const { state, detail, fix } = foundDesktop('portable', platform);
    expect(state).toBe('limited');
    expect(detail).toBe(`${name}, by pasting; not verified by CI`);
    expect(fix).toMatch(permissions);
  });

  test('says on X11 which way is taken', () => {
    expect(foundDesktop('x11', 'linux')).toEqual({ what: 'desktop', state: 'works', detail: 'X11' });
    expect(foundDesktop('portable', 'linux')).toMatchObject({
      state: 'works',
      detail: expect.stringMatching(/pasting/),
    });
  });
});
