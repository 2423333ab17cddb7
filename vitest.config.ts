import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';

const folders = ['packages', 'plugins', 'apps']
  .flatMap((room) => readdirSync(room).map((name) => `${room}/${name}`))
  .concat('examples', 'bench', 'scripts')
  .filter((folder) => existsSync(`${folder}/test`));

/** Tests read the sources of all packages; with `VOICEINPUT_TEST_BUILD` they read what is built, as users do. */
const conditions = process.env['VOICEINPUT_TEST_BUILD'] === undefined ? ['@voiceinput/source'] : [];

export default defineConfig({
  test: {
    // Tests that listen in real time mostly wait: also on two cores, two of them fit side by side.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    globalSetup: [new URL('./scripts/leave-nothing.ts', import.meta.url).pathname],
    setupFiles: [new URL('./scripts/property-runs.ts', import.meta.url).pathname],
    reporters: ['default', './scripts/reporter.ts'],
    projects: folders.map((folder) => ({
      extends: true,
      root: folder,
      // Raycast's own module has nothing to run.
      resolve: {
        conditions: [...conditions, ...defaultServerConditions],
        alias: { '@raycast/api': new URL('./apps/launcher/test/raycast/api.tsx', import.meta.url).pathname },
      },
      test: {
        name: folder.split('/').at(-1)!,
        include: ['test/**/*.test.{ts,tsx}'],
        server: { deps: { inline: ['@raycast/utils'] } },
        testTimeout: 30_000,
        hookTimeout: 120_000,
        // A busy machine is slow, not wrong.
        expect: { poll: { timeout: 5_000 } },
      },
    })),
  },
});
