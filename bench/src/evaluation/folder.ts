// Where the real speech to measure with is.

import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Misuse } from '../show/misuse.ts';

const VARIABLE = 'VOICEINPUT_EVAL_DIR';

/** The folder of the sets `speech`, `commands` and `noise`. Throws `Misuse` when there is none. */
export function evaluationFolder(env: NodeJS.ProcessEnv = process.env): string {
  const named = env[VARIABLE];
  if (named === undefined || named === '')
    throw new Misuse(
      `Set ${VARIABLE} to a folder of real speech with the sets speech/, commands/ and noise/; bench/README.md says what is in them.`,
    );
  const folder = resolve(named);
  if (existsSync(join(folder, 'speech', 'manifest.jsonl'))) return folder;
  throw new Misuse(`${VARIABLE} names ${folder}, but there is no speech/manifest.jsonl in it.`);
}
