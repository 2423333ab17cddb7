// Where real weights and OpenAI's own tables are, as `node scripts/whisper-weights.mjs` fetches them.

import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';

const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
const place = process.env['VOICEINPUT_TEST_MODELS'] || join(cache, 'voiceinput-test-models');

export const BASE = join(place, 'whisper-base');
export const TINY_ENGLISH = join(place, 'whisper-tiny-en');
export const OPENAI = join(place, 'openai-whisper');
/** What was made of them. */
export const IMPORTED = join(place, 'imported');

/** Whether everything is there. */
export const hasReal = [BASE, TINY_ENGLISH, OPENAI].every((folder) => existsSync(folder));

/** Where they are missing, tests are skipped; in CI that is a failure. */
export function expectRealInCi(): void {
  if (process.env['CI']) expect(hasReal, `${place} is not complete: node scripts/whisper-weights.mjs`).toBe(true);
}
