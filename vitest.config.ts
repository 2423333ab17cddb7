import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism, homedir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import type { TestProjectInlineConfiguration } from 'vitest/config';
import { sourceAliases } from './scripts/sources.ts';
import SlowFirst from './scripts/slow-first.ts';
import { quickTests } from './scripts/tiers.ts';

const folders = ['packages', 'plugins', 'apps']
  .flatMap((room) => readdirSync(room).map((name) => `${room}/${name}`))
  .concat('examples', 'bench', 'scripts')
  .filter((folder) => existsSync(`${folder}/test`));

const isQuick = process.env['VOICEINPUT_TEST_TIER'] === 'quick';
/** Whoever names a project wants all its tests. */
const isNamed = process.argv.some((arg) => arg.startsWith('--project'));
const quick = isNamed ? [] : folders.flatMap((folder) => quickTests(folder).map((test) => `${folder}/${test}`));

const env = {
  // Beside other tests, or on a busy machine, the processor is never idle.
  VOICEINPUT_REFINE_PRIORITY: 'usual',
  // What the user imported is no part of the tests, nor is what they import the user's.
  VOICEINPUT_CACHE_DIR: join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'voiceinput-test'),
};

export default defineConfig({
  test: {
    // Two thirds of the time tests wait: for audio in real time, for a process, for a window.
    maxWorkers: 2 * availableParallelism(),
    globalSetup: [new URL('./scripts/leave-nothing.ts', import.meta.url).pathname],
    setupFiles: [new URL('./scripts/property-runs.ts', import.meta.url).pathname],
    sequence: { sequencer: SlowFirst },
    experimental: { fsModuleCache: true },
    reporters: ['default', './scripts/reporter.ts'],
    projects: [...(isNamed ? [] : [quickProject()]), ...(isQuick ? [] : folders.map(projectOf))],
  },
});

/** Quick tests leave nothing behind that the next file could notice, so a worker keeps what it has loaded. */
function quickProject(): TestProjectInlineConfiguration {
  return projectWith('.', {
    name: 'quick',
    isolate: false,
    include: quick,
    ...(isQuick && { env: { ...env, VOICEINPUT_PROPERTY_RUNS: '100' } }),
  });
}

function projectOf(folder: string): TestProjectInlineConfiguration {
  return projectWith(folder, {
    name: folder.split('/').at(-1)!,
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: quick.filter((test) => test.startsWith(`${folder}/`)).map((test) => test.slice(folder.length + 1)),
  });
}

function projectWith(
  root: string,
  test: NonNullable<TestProjectInlineConfiguration['test']>,
): TestProjectInlineConfiguration {
  return {
    extends: true,
    root,
    // Raycast's own module has nothing to run.
    resolve: {
      alias: [
        {
          find: '@raycast/api',
          replacement: new URL('./apps/launcher/test/raycast/api.tsx', import.meta.url).pathname,
        },
        ...(process.env['VOICEINPUT_TEST_BUILD'] === undefined ? sourceAliases() : []),
      ],
    },
    test: {
      server: { deps: { inline: ['@raycast/utils'] } },
      // A busy machine is slow, not wrong.
      testTimeout: 300_000,
      hookTimeout: 300_000,
      expect: { poll: { timeout: 60_000 } },
      // Desktops, browsers and sound servers of others take part. The closing lines name each test that needed it.
      retry: process.env['CI'] === undefined ? 0 : 1,
      env,
      ...test,
    },
  };
}
