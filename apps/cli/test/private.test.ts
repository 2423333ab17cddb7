import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '@voiceinput/models';
import { missingPrograms } from '@voiceinput/rig/programs';
import { describeUnless } from '@voiceinput/rig/unless';
import { expect, test } from 'vitest';
import { nowhere } from './daemon/daemon.ts';
import { start, voiceinput } from './voiceinput/run.ts';
import { fixture, ownFolder, withModels } from './voiceinput/scene.ts';

withModels();
const missing = missingPrograms('strace');

/** A home of its own, and what every call to the network is written to. */
function ownHome() {
  const folder = ownFolder();
  const [home, temporary, trace] = ['home', 'tmp', 'trace'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  for (const made of [home, temporary]) mkdirSync(made);
  const env = {
    HOME: home,
    TMPDIR: temporary,
    XDG_CACHE_HOME: join(home, '.cache'),
    VOICEINPUT_CACHE_DIR: cacheFolder(),
    VOICEINPUT_RUNTIME_DIR: join(folder, 'run'),
  };
  const network = ['connect', 'sendto', 'sendmsg', 'sendmmsg'].join(',');
  // Telemetry that keeps quiet in CI must be seen there too.
  const within = ['env', '-u', 'CI', 'strace', '-f', '--seccomp-bpf', '-e', `trace=${network}`, '-o', trace];
  return {
    options: { folder, env, within },
    folder,
    calls: () => readFileSync(trace, 'utf8').match(/.*sa_family=AF_INET6?.*/g) ?? [],
    left: () => [home, temporary].flatMap((place) => readdirSync(place, { recursive: true, encoding: 'utf8' })),
  };
}

describeUnless(missing)('nothing leaves the machine', () => {
  test('when a file is transcribed', async () => {
    const { options, calls, left } = ownHome();
    const { exitCode, stdout } = await voiceinput(['transcribe', fixture('two-sentences.flac')], options);
    expect(exitCode).toBe(0);
    expect(stdout).not.toBe('');
    expect(calls()).toEqual([]);
    expect(left()).toEqual([]);
  });

  test('while a daemon hears a dictation', async () => {
    const { options, folder, calls, left } = ownHome();
    mkdirSync(join(folder, 'voiceinput'));
    const source = { use: 'source-file', options: { path: fixture('two-sentences.flac'), realtime: true } };
    const dictation = { key: '', cues: false, source, sink: nowhere };
    writeFileSync(join(folder, 'voiceinput', 'config.json'), JSON.stringify({ dictation }));
    const { within: _untraced, ...client } = options;

    const daemon = start(['serve'], options);
    await daemon.shows(/^Ready/m);
    expect((await voiceinput(['dictate'], client)).exitCode).toBe(0);
    await voiceinput(['quit'], client);
    await daemon.ended;
    expect(calls()).toEqual([]);
    expect(left()).toEqual([]);
  });
});
