// Decides which promises are tried with long counts, and writes what came of it to docs/RELIABILITY.md.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';

interface Proof {
  readonly promise: string;
  /** A vitest project and a part of its test files' names. */
  readonly project: string;
  readonly files: string;
  /** Names of tests. Absent: all of the files. */
  readonly named?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly count: string;
}

const seed = process.argv[2] ?? '20261121';
const runs = '20000';
const property = { VOICEINPUT_PROPERTY_RUNS: runs, VOICEINPUT_PROPERTY_SEED: seed };
const rounds = '10000';

const proofs: readonly Proof[] = [
  {
    promise: 'A damaged audio file gives finite samples or a clear error; nothing hangs, nothing crashes',
    project: 'source-file',
    files: 'fuzz',
    env: { VOICEINPUT_FUZZ_ROUNDS: rounds, VOICEINPUT_FUZZ_SEED: seed },
    count: `${rounds} mutated files`,
  },
  {
    promise: 'Edits always make the new text of the old one, in whole words, and never cut a grapheme',
    project: 'engine',
    files: 'reconcile',
    env: property,
    count: `${runs} pairs of texts a property`,
  },
  {
    promise: 'Whatever the order of drafts and refined texts, what the sink shows is what the engine says',
    project: 'engine',
    files: 'delivery',
    env: property,
    count: `${runs} orders`,
  },
  {
    promise: 'No sure speech is outside of a segment; segments are in order, apart and bounded',
    project: 'engine',
    files: 'segmenter',
    env: property,
    count: `${runs} recordings a property`,
  },
  {
    promise: 'Kept audio comes back sample by sample, however it was chopped',
    project: 'engine',
    files: 'tape',
    env: property,
    count: `${runs} choppings`,
  },
  {
    promise: 'Nothing printable carries a control character, an escape sequence or a bidi control',
    project: 'plugin-api',
    files: 'printable',
    env: property,
    count: `${runs} texts a property`,
  },
  {
    promise: "The user's own words are replaced at word boundaries of any script, never inside a grapheme",
    project: 'post-replacements',
    files: 'replacements',
    env: property,
    count: `${runs} texts a property`,
  },
  {
    promise: 'Decoding with any proposal gives the words that decoding without one gives',
    project: 'onnx',
    files: 'decode',
    env: property,
    count: `${runs} proposals`,
  },
];

const root = resolve(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'voiceinput-prove-'));
const rows = proofs.map(prove);
rmSync(folder, { recursive: true });
writeFileSync(join(root, 'docs', 'RELIABILITY.md'), page(rows));
spawnSync('prettier', ['--write', '--log-level', 'warn', 'docs/RELIABILITY.md'], { cwd: root, stdio: 'inherit' });
process.exitCode = rows.every(({ held }) => held) ? 0 : 1;

function prove(proof: Proof) {
  const { project, files, named, env, promise } = proof;
  const outputFile = join(folder, `${project}-${files}.json`);
  process.stdout.write(`${promise} (${proof.count}) … `);
  const startedAtMs = performance.now();
  const args = [
    'run',
    '--project',
    project,
    files,
    '--reporter=json',
    `--outputFile=${outputFile}`,
    '--testTimeout=3600000',
  ];
  if (named !== undefined) args.push('--testNamePattern', named);
  const { status, stderr } = spawnSync('vitest', args, {
    cwd: root,
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  const seconds = Math.round((performance.now() - startedAtMs) / 1000);
  const { numPassedTests, numFailedTests } = readReport(outputFile, stderr);
  const held = status === 0 && numPassedTests > 0 && numFailedTests === 0;
  process.stdout.write(`${held ? 'held' : 'BROKEN'}, ${seconds} s\n`);
  return { ...proof, held, seconds, tests: numPassedTests + numFailedTests };
}

function readReport(file: string, stderr: string): { numPassedTests: number; numFailedTests: number } {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as { numPassedTests: number; numFailedTests: number };
  } catch (error) {
    throw new Error(`The run left no report: ${stderr}`, { cause: error });
  }
}

function page(results: readonly ReturnType<typeof prove>[]): string {
  const machine = `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}, ${process.platform}`;
  return [
    '# What has been proven, and how often',
    '',
    `Written by \`pnpm prove\` on ${new Date().toISOString().slice(0, 10)} with seed ${seed} (${machine}). \`npm test\` tries the same promises less often, with fixed seeds; \`pnpm prove SEED\` tries them with another seed.`,
    '',
    '| promise | tried | tests | outcome | seconds |',
    '| --- | --- | --- | --- | --- |',
    ...results.map(
      ({ promise, count, project, files, tests, held, seconds }) =>
        `| ${promise} | ${count} | ${tests} in ${project}/${files} | ${held ? 'held' : '**broken**'} | ${seconds} |`,
    ),
    '',
  ].join('\n');
}
