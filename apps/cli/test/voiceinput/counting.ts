// A runner that says how much it heard: where it does not matter which words there are, a model would only cost time.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const COUNTING = `
  import { definePlugin } from ${JSON.stringify(import.meta.resolve('@voiceinput/plugin-api'))};
  export default definePlugin({
    id: 'runner-counting',
    kind: 'runner',
    api: 1,
    title: 'Counts samples',
    capabilities: { languages: ['en'], maxClipMs: 30_000, proposals: false },
    config: { type: 'object', additionalProperties: false, properties: {} },
    async create() {
      const run = async ({ samples }) => ({ text: \`Heard \${samples.length} samples.\` });
      return { model: 'counting', run, close: async () => {} };
    },
  });`;

/** What a configuration says that uses it alone; it is written into `folder`. */
export function countingIn(folder: string): Readonly<Record<string, unknown>> {
  const path = join(folder, 'counting.mjs');
  writeFileSync(path, COUNTING);
  return { plugins: [path], profiles: { default: { hybrid: false, fast: { use: 'runner-counting' } } } };
}
