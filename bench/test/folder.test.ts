// Without real speech there is nothing to measure: the sentence that says so.

import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { evaluationFolder } from '../src/evaluation/folder.ts';

it('says what to set', () => {
  expect(() => evaluationFolder({})).toThrow(/^Set VOICEINPUT_EVAL_DIR to a folder of real speech/);
});

it('says what is missing in the folder', () => {
  expect(() => evaluationFolder({ VOICEINPUT_EVAL_DIR: tmpdir() })).toThrow(/there is no speech.manifest\.jsonl in it/);
});
