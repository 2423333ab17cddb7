// What holds of a model of one's own: its data, its training, and the way back into the app.

import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Counts, Proof } from '../proof.ts';

/** In the order of the page. */
export const ownModelProofs = ({ seed }: Counts): Proof[] => [
  {
    promise: 'Data sets: broken recordings are named and left out, killed commands go on, a full disk is said',
    project: 'cli',
    files: 'dataset/trouble',
    env: { VOICEINPUT_DATASET_CLIPS: '3000', VOICEINPUT_DATASET_KILLS: '20' },
    count: '3000 recordings, 20 kills',
  },
  {
    promise: 'A reading of twenty hours becomes pairs with flat memory',
    project: 'cli',
    files: 'dataset/long-book',
    env: { VOICEINPUT_BOOK_HOURS: '20' },
    count: 'once, with a scripted runner',
    told: /a long reading: .*/,
  },
  {
    promise:
      'Of a reading with passages skipped, repeated and misread, 99 % of the pairs are what was said, and no cut is inside a word; so they are of many speakers’ clips and a shuffled book',
    project: 'cli',
    files: 'own-model/alignment',
    env: { VOICEINPUT_ALIGNMENT_SEED: seed },
    count: 'two synthetic voices and, where there are recordings, two languages of many speakers',
    told: /alignment: .*/,
  },
  {
    promise:
      'A Whisper is fine-tuned as transformers would do it, goes on where it was stopped, and reads the same when it was saved',
    project: 'scripts',
    files: 'fine-tune',
    env: { VOICEINPUT_FINE_TUNE: '1' },
    count: 'once, a random tiny model',
  },
  {
    promise: 'What lies in a folder that training leaves is read in the app as in PyTorch, token by token',
    project: 'runner-whisper',
    files: 'torch',
    env: { VOICEINPUT_FINE_TUNE: '1' },
    count: 'once, a random tiny model',
  },
  {
    promise:
      'Whisper base learns one voice and 40 invented words: at least half of them right, general Russian and English no more than one point worse',
    project: 'cli',
    files: 'own-model/training',
    env: { VOICEINPUT_OWN_MODEL: join(homedir(), '.cache/voiceinput-own-model') },
    count: 'one training, which goes on where it was stopped',
    told: /own model: .*/,
  },
];
