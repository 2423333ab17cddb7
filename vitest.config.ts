import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { sourceAliases } from './scripts/sources.ts';
import { quickTests } from './scripts/tiers.ts';

const folders = ['packages', 'plugins', 'apps']
  .flatMap((room) => readdirSync(room).map((name) => `${room}/${name}`))
  .concat('examples', 'bench', 'scripts')
  .filter((folder) => existsSync(`${folder}/test`));

const isQuick = process.env['VOICEINPUT_TEST_TIER'] === 'quick';

export default defineConfig({
  test: {
    // Most tests mostly wait: for audio in real time, for a process, for a window.
    maxWorkers: availableParallelism() + 1,
    globalSetup: [new URL('./scripts/leave-nothing.ts', import.meta.url).pathname],
    setupFiles: [new URL('./scripts/property-runs.ts', import.meta.url).pathname],
    reporters: ['default', './scripts/reporter.ts'],
    projects: folders.map((folder) => ({
      extends: true,
      root: folder,
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
        name: folder.split('/').at(-1)!,
        include: isQuick ? quickTests(folder) : ['test/**/*.test.{ts,tsx}'],
        server: { deps: { inline: ['@raycast/utils'] } },
        testTimeout: 30_000,
        hookTimeout: 120_000,
        // A busy machine is slow, not wrong.
        expect: { poll: { timeout: 5_000 } },
      },
    })),
  },
});
