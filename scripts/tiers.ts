// Which tests are quick: those that start nothing, neither a process nor a desktop, a sound server or a model.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/** What a file mentions that starts something. */
const STARTS = new RegExp(
  [
    'node:child_process',
    'node:worker_threads',
    '@voiceinput/rig/(?:bus|desk|display|guard|panel|portal|sound|sway)',
    '@voiceinput/testkit/fakes/scripted-runner',
    // The project's own models are fetched once, and then they read speech.
    'src/hooks|openModelStore|speechModel\\(|vad-silero.*create\\(',
    // Graphs of Whisper's shape run, small ones and real ones.
    'files/(?:run|real)\\.ts|decode/hearing|preparedDecoder',
    // A module is replaced, and quick tests share theirs.
    'vi\\.mock\\(',
    // A browser looks at a page.
    'playwright-core',
    // Files of all formats are decoded.
    '@voiceinput/source-file|decodeApart',
  ].join('|'),
);
const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*'(?<path>\.[^'\n]+)'/g;

/** The quick test files of a folder with tests, as paths from it. */
export function quickTests(folder: string): string[] {
  return readdirSync(join(folder, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.test\.tsx?$/.test(name))
    .map((name) => join(folder, 'test', name))
    .filter((file) => !starts(file, resolve(folder, 'test')))
    .map((file) => relative(folder, file));
}

/** Whether the file, or one of `tests` that it imports, starts something. */
function starts(file: string, tests: string, seen = new Set<string>()): boolean {
  if (seen.has(file) || !existsSync(file)) return false;
  seen.add(file);
  const text = readFileSync(file, 'utf8');
  const imported = [...text.matchAll(IMPORT)]
    .map(({ groups }) => resolve(dirname(file), groups!['path']!))
    .filter((path) => path.startsWith(tests));
  return STARTS.test(text) || imported.some((path) => starts(path, tests, seen));
}
