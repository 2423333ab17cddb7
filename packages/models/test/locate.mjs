// What a process of its own does in the tests: locate the first model of the catalogue in the folder that it is given.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openModelStore } from '@voiceinput/models';

const folder = process.argv[2];
const catalogue = JSON.parse(readFileSync(join(folder, 'catalogue.json'), 'utf8'));
const store = openModelStore({
  folder: join(folder, 'cache'),
  catalogue,
  onProgress: ({ doneBytes }) => console.log(`progress ${doneBytes}`),
});
console.log('started');
try {
  const located = await store.locate(catalogue[0].id, new AbortController().signal);
  console.log(`located ${located.fingerprint}`);
} catch (error) {
  console.log(`error ${JSON.stringify(error)}`);
}
