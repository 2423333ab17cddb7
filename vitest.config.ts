import { existsSync, readdirSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

const folders = ['packages', 'plugins', 'apps']
  .flatMap((room) => readdirSync(room).map((name) => `${room}/${name}`))
  .concat('examples', 'bench', 'scripts')
  .filter((folder) => existsSync(`${folder}/test`));

export default defineConfig({
  test: {
    setupFiles: [new URL('./scripts/property-runs.ts', import.meta.url).pathname],
    reporters: ['default', './scripts/reporter.ts'],
    projects: folders.map((folder) => ({
      extends: true,
      root: folder,
      test: {
        name: folder.split('/').at(-1)!,
        include: ['test/**/*.test.ts'],
        testTimeout: 30_000,
        hookTimeout: 120_000,
      },
    })),
  },
});
