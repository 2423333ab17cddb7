import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Status } from '@voiceinput/client';
import { missingForBus, openPrivateBus } from '@voiceinput/rig/bus';
import { openPanel } from '@voiceinput/rig/panel';
import type { PrivateBus } from '@voiceinput/rig/bus';
import type { Panel } from '@voiceinput/rig/panel';
import { describeUnless } from '@voiceinput/rig/unless';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { voiceinput } from '../voiceinput/here.ts';
import { lines, start } from '../voiceinput/run.ts';
import type { Running } from '../voiceinput/run.ts';
import { fixture, ownFolder, withModels } from '../voiceinput/scene.ts';
import { nowhere, startDaemon } from './daemon.ts';
import type { Daemon } from './daemon.ts';

withModels();
const launcher = resolve(import.meta.dirname, '../../../launcher');
const missing = process.platform === 'linux' ? missingForBus() : 'The tray is for Linux.';

describeUnless(missing)('tray, launcher, command line and HTTP of one daemon', () => {
  const folder = ownFolder();
  let bus: PrivateBus;
  let panel: Panel;
  let env: Record<string, string>;
  let daemon: Daemon;
  let tray: Running;

  beforeAll(async () => {
    bus = await openPrivateBus();
    panel = await openPanel(bus.address);
    env = { DBUS_SESSION_BUS_ADDRESS: bus.address, DISPLAY: '' };
    daemon = await serveAll();
    tray = start(['tray', '--language', 'en'], { folder, env: daemon.env });
  });
  afterAll(async () => {
    tray.child.kill('SIGTERM');
    await tray.ended;
    daemon.child.kill('SIGTERM');
    await daemon.ended;
    panel.close();
    await bus.close();
  });

  const serveAll = (): Promise<Daemon> =>
    startDaemon({ folder, env, args: ['--http', '--port', '0'], dictation: { sink: nowhere } });
  async function trayShows(title: string): Promise<void> {
    const shown = async (): Promise<string> => (panel.registered.length > 0 ? panel.title() : '');
    await expect.poll(shown).toBe(title);
  }
  const menu = async (): Promise<string> => JSON.stringify(await panel.menu());

  async function status(): Promise<Status> {
    const { stdout } = await voiceinput(['status', '--json'], { folder, env: daemon.env });
    return lines(stdout)[0] as unknown as Status;
  }

  /** Runs a command as `ray build` made it; gives what it showed. */
  async function raycast(command: string): Promise<unknown> {
    const args = [join(launcher, 'test/built/load.cjs'), join(launcher, 'dist', `${command}.js`), '{}'];
    const { stdout } = await promisify(execFile)(process.execPath, args, { env: { ...process.env, ...daemon.env } });
    const said = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { hud?: string; toast?: string });
    return said.flatMap(({ hud, toast }) => hud ?? toast ?? []).at(-1);
  }

  async function overHttp(): Promise<string> {
    const { http } = await status();
    const body = new FormData();
    body.set('model', 'voiceinput');
    body.set('file', new Blob([readFileSync(fixture('two-sentences.flac'))]), 'two-sentences.flac');
    const headers = { authorization: `Bearer ${readFileSync(http!.tokenFile, 'utf8').trim()}` };
    const answer = await fetch(`${http!.url}/audio/transcriptions`, { method: 'POST', headers, body });
    const { text } = (await answer.json()) as { text: string };
    return text;
  }

  /** What each of them says of a dictation that one began and another ended. */
  async function dictateTogether(): Promise<void> {
    expect(await raycast('toggle-dictation')).toBe('Listening');
    await trayShows('Listening …');
    const { recording } = await status();
    const reading = overHttp();
    await panel.click('Stop and insert');
    await expect.poll(async () => (await status()).recording).toBeUndefined();
    const { stdout } = await voiceinput(['history', 'show', recording!.sessionId, '--json'], {
      folder,
      env: daemon.env,
    });
    expect(lines(stdout)[0]).toMatchObject({ id: recording!.sessionId, mode: 'toggle' });
    expect(await reading).toMatch(/^Please close the window\./);
  }

  test(
    'see one dictation, whoever begins and ends it, and a file read meanwhile harms nothing',
    dictateTogether,
    60_000,
  );

  test('see what one of them sets', async () => {
    expect(await raycast('toggle-hybrid')).toBe('Hybrid is off: drafts are final');
    expect((await status()).hybrid).toBe(false);
    await expect.poll(menu).toMatch(/"label":"Refine in the background \(hybrid\)","enabled":true,"ticked":false/);
    await panel.click('Refine in the background');
    await expect.poll(async () => (await status()).hybrid).toBe(true);
    await voiceinput(['set-for-now', '--hybrid', 'off'], { folder, env: daemon.env });
    await expect.poll(menu).toMatch(/"label":"Refine in the background \(hybrid\)","enabled":true,"ticked":false/);
  });

  test('say so when it is killed, and go on with the next one', async () => {
    const { http } = await status();
    daemon.child.kill('SIGKILL');
    await daemon.ended;
    await trayShows('VoiceInput is not running');
    expect(await voiceinput(['status'], { folder, env: daemon.env })).toMatchObject({
      exitCode: 9,
      stderr: expect.stringMatching(/ERR_DAEMON_MISSING/),
    });
    await expect(fetch(`${http!.url.replace(/\/v1$/, '')}/health`)).rejects.toThrow();
    daemon = await serveAll();
    await trayShows('VoiceInput is ready');
    await dictateTogether();
  });
});
