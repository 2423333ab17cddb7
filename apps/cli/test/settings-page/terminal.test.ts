// Whether `voiceinput settings` says where the page is, keeps the code to its user, asks in its terminal, and ends well.

import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { missingPrograms } from '@voiceinput/rig/programs';
import { describeUnless } from '@voiceinput/rig/unless';
import { expect, test } from 'vitest';
import { openPty } from '../setup/pty.ts';
import { start } from '../voiceinput/run.ts';
import { ownFolder } from '../voiceinput/scene.ts';
import { enter } from './enter.ts';
import type { Place } from './enter.ts';

const setHook = ({ address }: Place, headers: Readonly<Record<string, string>>, command: readonly string[]) =>
  fetch(`${address}/api/settings`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ changes: [{ path: ['dictation', 'onDraft'], value: command }] }),
  });

describeUnless(missingPrograms('script'))('in a terminal', () => {
  test('what would run a program is asked about, with what it is; Ctrl-C closes the page', async () => {
    const folder = ownFolder();
    const run = join(folder, 'run');
    const env = { XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder, VOICEINPUT_RUNTIME_DIR: run };
    const pty = openPty(['settings', '--no-browser'], env);
    await pty.shows(/this code within a minute: [\w-]{14}/);
    const address = /http:\/\/127\.0\.0\.1:\d+/.exec(pty.screen)![0];
    const code = /minute: (?<code>[\w-]{14})/.exec(pty.screen)!.groups!['code']!;
    const place = { address, code };
    const [file] = readdirSync(run).filter((name) => name.endsWith('.html'));
    expect(statSync(join(run, file!)).mode & 0o777).toBe(0o600);

    const headers = await enter(place);
    const refused = setHook(place, headers, ['sh', '-c', 'echo \u001B[2J']);
    await pty.when(/dictation\.onDraft: \["sh","-c","echo \\u001b\[2J"\]\. Allow it\? \[y\/N\]/, 'n\r');
    expect(await (await refused).json()).toMatchObject({ error: { code: 'ERR_NOT_CONFIRMED' } });
    const allowed = setHook(place, headers, ['cat']);
    await pty.when(/\["cat"\]\. Allow it\? \[y\/N\]/, 'y\r');
    expect((await allowed).status).toBe(200);
    expect(readFileSync(join(folder, 'voiceinput', 'config.json'), 'utf8')).toContain('"cat"');

    pty.press('\u0003');
    expect(await pty.ended).toBe(0);
    expect(readdirSync(run).filter((name) => name.endsWith('.html'))).toEqual([]);
    await expect(fetch(address)).rejects.toThrow(/fetch failed/);
  });
});

test('without a terminal what would run a program is refused', async () => {
  const folder = ownFolder();
  const page = start(['settings', '--no-browser', '--json'], {
    folder,
    env: { VOICEINPUT_RUNTIME_DIR: join(folder, 'run') },
  });
  let said = '';
  page.child.stdout!.on('data', (text: string) => (said += text));
  await page.shows(/"code"/);
  const place = JSON.parse(said.split('\n')[0]!) as Place;
  const answer = await setHook(place, await enter(place), ['cat']);
  expect(answer.status).toBe(422);
  expect(await answer.json()).toMatchObject({ error: { code: 'ERR_NOT_CONFIRMED' } });
  const words = page.pids().map((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
  expect(words.join(' ')).not.toContain(place.code);
  page.child.kill('SIGTERM');
  expect(await page.ended).toMatchObject({ exitCode: 0 });
});

/** Programs that stand for those of a desktop: what the browser is told is written down. */
function desktopOf(folder: string, browser: string): Readonly<Record<string, string>> {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const programs = {
    'xdg-settings': `echo ${browser}`,
    'xdg-open': `printf '%s' "$*" > "${folder}/opened"; stat -c %a "$1" > "${folder}/mode"; cp "$1" "${folder}/page"`,
  };
  for (const [name, does] of Object.entries(programs))
    writeFileSync(join(bin, name), `#!/bin/sh\n${does}\n`, { mode: 0o755 });
  return {
    PATH: `${bin}:${process.env['PATH']}`,
    DISPLAY: ':97',
    HOME: folder,
    VOICEINPUT_RUNTIME_DIR: join(folder, 'run'),
  };
}

test.runIf(process.platform === 'linux').each([
  ['firefox-esr.desktop', 'run'],
  // A snap sees no hidden folder of its user but its own.
  ['firefox_firefox.desktop', 'snap/firefox/common'],
])('the browser (%s) is told of a file that only its user can read, and of nothing else', async (browser, place) => {
  const folder = ownFolder();
  mkdirSync(join(folder, 'snap/firefox/common'), { recursive: true });
  const page = start(['settings'], { folder, env: desktopOf(folder, browser) });
  await page.shows(/type this code/);
  const opened = readFileSync(join(folder, 'opened'), 'utf8');
  expect(opened).toMatch(new RegExp(`^${folder}/${place}/settings-[\\w-]+\\.html$`));
  expect(readFileSync(join(folder, 'mode'), 'utf8')).toBe('600\n');
  expect(readFileSync(join(folder, 'page'), 'utf8')).toMatch(
    /<form method="post" action="http:\/\/127\.0\.0\.1:\d+\/enter">/,
  );
  page.child.kill('SIGINT');
  await page.ended;
  expect(existsSync(opened)).toBe(false);
});
