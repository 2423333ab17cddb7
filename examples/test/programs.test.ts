// Shows that the small programs do what they say.

import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '@voiceinput/client';
import { never } from '@voiceinput/testkit';
import { expect, test } from 'vitest';
import { cli, examples, fixture, node, outputOf } from './run.ts';

const SLOW_MS = 120_000;
const speech = fixture('two-sentences.flac');
const program = (name: string) => node(['--import', 'jiti/register', `${name}.ts`, speech], examples);

test(
  'transcribe-file prints the drafts, then the refined texts, then all of it',
  async () => {
    const lines = outputOf(await program('transcribe-file'))
      .trim()
      .split('\n');
    const stages = lines.map((line) => line.split(':')[0]!);
    expect(stages).toEqual(['draft', 'refined', 'done']);
    expect(lines.at(-1)).toMatch(/^done: Please close the window\. .*cold in here\.$/);
  },
  SLOW_MS,
);

test(
  'watch-stages tells drafts from refined texts while the subtitles go their own way',
  async () => {
    const ran = await program('watch-stages');
    expect(outputOf(ran)).toMatch(
      /^WEBVTT\n\n00:00:00\.\d{3} --> 00:00:0\d\.\d{3}\nPlease close the window\.\nIt is getting cold/,
    );
    expect(ran.stderr).toMatch(/^fast lane: process \d+$/m);
    expect(ran.stderr).toMatch(/^refine lane: process \d+$/m);
    expect(ran.stderr).toContain('segment-1 heard as: Please close the window.');
    expect(ran.stderr).toMatch(/^segment-1 (agreed|replaced|confirmed|kept): .*cold in here\.$/m);
  },
  SLOW_MS,
);

test.skipIf(process.platform === 'win32')(
  'follow-daemon shows a dictation from listening to refined, and that the daemon goes away',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'voiceinput-follow-'));
    const run = join(folder, 'run');
    await mkdir(join(folder, 'voiceinput'));
    const source = { use: 'source-file', options: { path: speech, realtime: true } };
    const dictation = { key: '', cues: false, source, sink: { use: 'sink-nowhere' } };
    await writeFile(join(folder, 'voiceinput', 'config.json'), JSON.stringify({ dictation }));
    const env = { ...process.env, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder, VOICEINPUT_RUNTIME_DIR: run };
    const daemon = spawn(process.execPath, [cli, 'serve'], { env, stdio: 'ignore' });
    const findIt = () => connect({ client: 'a test', folder: run }, never);
    const isThere = async () => findIt().then((client) => client.close());
    await expect.poll(isThere).toBeUndefined();
    const client = await findIt();
    const follower = spawn(process.execPath, ['--import', 'jiti/register', 'follow-daemon.ts'], { cwd: examples, env });
    let shown = '';
    follower.stdout.setEncoding('utf8').on('data', (text: string) => (shown += text));
    try {
      await expect.poll(() => shown).toMatch(/^idle $/m);
      await client.call('start', { mode: 'toggle' });
      // The better reading gives way to whatever else the machine does.
      await expect.poll(() => shown, { timeout: 60_000 }).toMatch(/^offered Please close the window\..*here\.$/m);
      expect(shown.split('\n').map((line) => line.split(' ')[0])).toEqual(
        expect.arrayContaining(['idle', 'listening', 'draft', 'offered']),
      );
      await client.call('quit', {});
      await expect.poll(() => shown).toMatch(/^away /m);
    } finally {
      client.close();
      follower.kill();
      daemon.kill();
      await rm(folder, { recursive: true, maxRetries: 5, retryDelay: 100 });
    }
  },
  SLOW_MS,
);
