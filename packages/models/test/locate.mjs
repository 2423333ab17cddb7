// What a process of its own does in the tests: locate the first model that the plugins in the folder bring.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openModelStore } from '@voiceinput/models';

const folder = process.argv[2];
const plugins = JSON.parse(readFileSync(join(folder, 'plugins.json'), 'utf8'));
const store = openModelStore({
  folder: join(folder, 'cache'),
  plugins,
  onProgress: ({ doneBytes }) => console.log(`progress ${doneBytes}`),
});
console.log('started');
try {
  const located = await store.locate(plugins[0].plugin.models[0].id, new AbortController().signal);
  console.log(`located ${located.fingerprint}`);
} catch (error) {
  console.log(`error ${JSON.stringify(error)}`);
}
