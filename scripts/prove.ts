// Which promises are tried with long counts, and writes what came of it to docs/RELIABILITY.md.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { deskSection } from './prove/desk.ts';

interface Proof {
  readonly promise: string;
  /** A vitest project and a part of its test files' names. */
  readonly project: string;
  readonly files: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly count: string;
  /** What of the output belongs into the table. */
  readonly told?: RegExp;
}

const root = resolve(import.meta.dirname, '..');
const PAGE = join(root, 'docs', 'RELIABILITY.md');
/** What the rounds in real applications came to: a file a target, so that they can be repeated one by one. */
const RECORDED = join(root, 'docs', 'reliability');

/**
 * `pnpm prove [SEED [PART]]`: only the proofs whose tests have PART in their names; the rows of the others stay. What held
 * with this seed at this commit is not tried once more, so that a run that was stopped goes on.
 */
const [seed = '20261121', part = ''] = process.argv.slice(2);
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
    files: 'deliver/writing',
    env: property,
    count: `${runs} orders`,
  },
  {
    promise: 'However edits, undos, cancels and partials of two sessions are interleaved, the text is what was applied',
    project: 'engine',
    files: 'deliver/interleavings',
    env: property,
    count: `${runs} interleavings`,
  },
  {
    promise:
      'Whatever is asked of a lane in any order, and whenever its process opens, hangs or dies: every job settles once, no process is left',
    project: 'engine',
    files: 'schedule/interleavings',
    env: property,
    count: `${runs} interleavings of up to 25 commands`,
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
  {
    promise: 'Whatever frames a stranger sends to the daemon, it refuses or ignores them and stays well',
    project: 'cli',
    files: 'daemon/door',
    env: { ...property, VOICEINPUT_DOOR_FRAMES: rounds },
    count: `${rounds} mutated frames`,
  },
  {
    promise:
      'Doors of one daemon see the same whatever they ask at once, miss no event, and come back when it is killed',
    project: 'cli',
    files: 'daemon/doors',
    env: { VOICEINPUT_PROPERTY_SEED: seed, VOICEINPUT_DOOR_CALLS: '1000' },
    count: '1000 mixed calls',
  },
  {
    promise: 'The guard of a connection passes whole frames however they are cut, and nothing else',
    project: 'client',
    files: 'frames',
    env: property,
    count: `${runs} cuts`,
  },
  {
    promise: 'What is played into a microphone is heard sample by sample, from the first to the last',
    project: 'source-microphone',
    files: 'words',
    env: { VOICEINPUT_MICROPHONE_ROUNDS: '100' },
    count: '100 recordings a recorder',
  },
  {
    promise: 'Short taps, crashes and plugs pulled leave no recorder, zombie or descriptor behind',
    project: 'source-microphone',
    files: 'processes',
    env: { VOICEINPUT_MICROPHONE_ROUNDS: '100' },
    count: '200 taps a recorder',
  },
  {
    promise: 'Short dictations leave memory flat, and no descriptor and no process behind',
    project: 'cli',
    files: 'daemon/soak',
    env: { VOICEINPUT_SOAK_DICTATIONS: '2000' },
    count: '2000 dictations',
    told: /memory: .*/,
  },
  {
    promise:
      'Whatever the user types between, before, after or inside: no character of theirs is lost, a segment is draft or refined, never a mixture',
    project: 'sink-desktop',
    files: 'own',
    env: property,
    count: `${runs} interleavings a property`,
  },
  {
    promise: 'Changes of a text compose, invert and map over each other by their laws, in every unit',
    project: 'field',
    files: 'changes',
    env: property,
    count: `${runs} cases a law`,
  },
  {
    promise:
      'One to three keystrokes, deletions or selections between the calls of one replacement lose nothing of the user’s and leave no text half old, half new',
    project: 'field',
    files: 'races',
    env: property,
    count: `${runs} races a kind`,
  },
  {
    promise: 'The same over the accessibility bus, with fields that tell their changes too early',
    project: 'sink-desktop',
    files: 'races',
    env: property,
    count: `${runs} races a kind`,
  },
  {
    promise: 'The same in real windows, with a second user who types while texts are replaced',
    project: 'sink-desktop',
    files: 'test/rounds',
    env: { VOICEINPUT_DESK_ROUNDS: '200', VOICEINPUT_DESK_SEED: seed, VOICEINPUT_DESK_RECORD: RECORDED },
    count: '200 rounds a target, see below',
  },
  {
    promise: 'The same on Wayland (sway), where accessibility alone says which window has the focus and what was typed',
    project: 'sink-desktop',
    files: 'wayland/rounds',
    env: { VOICEINPUT_DESK_ROUNDS: '200', VOICEINPUT_DESK_SEED: seed, VOICEINPUT_DESK_RECORD: RECORDED },
    count: '200 rounds a target, see below',
  },
  {
    promise:
      'Whoever is killed in the middle of an edit, daemon or application: the text is draft or refined, no key stays changed or held',
    project: 'sink-desktop',
    files: 'test/killed',
    env: { ...property, VOICEINPUT_KILL_ROUNDS: '40' },
    count: '40 kills a way of writing and 40 of the application, at seeded instants',
  },
  {
    promise:
      'Whenever the user types or erases while a text is changed by the input method, every key stands where it was typed',
    project: 'desktop',
    files: 'input-method/typing',
    env: { ...property, VOICEINPUT_PROPERTY_RUNS: '2000' },
    count: '2000 sequences of keys a way',
  },
  {
    promise: 'The same in real windows through ibus, with a second user who types while texts are replaced',
    project: 'sink-desktop',
    files: 'input-method/rounds',
    env: { VOICEINPUT_DESK_ROUNDS: '50', VOICEINPUT_DESK_SEED: seed, VOICEINPUT_DESK_RECORD: RECORDED },
    count: '50 rounds a target, see below',
  },
  {
    promise:
      'Daemon or input method are killed or stand still while they have the keyboard: no key is lost, no text is half, the user’s own input method is back',
    project: 'sink-desktop',
    files: 'input-method/killed',
    env: { ...property, VOICEINPUT_KILL_ROUNDS: '25' },
    count: '25 ends of each kind, at seeded instants',
  },
  {
    promise:
      'A copy of the launcher is installed with plain npm from packed packages, and built by the Store’s own tool',
    project: 'launcher',
    files: 'store',
    env: { VOICEINPUT_STORE_INSTALL: '1' },
    count: 'once',
  },
  {
    promise:
      'Somebody else installs it from a registry without install scripts, below 120 MB, over what had another name, and dictates',
    project: 'scripts',
    files: 'installed',
    env: { VOICEINPUT_INSTALL: '1' },
    count: 'once',
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
    promise: 'What is said while the key is held stands in the window, first and last words whole',
    project: 'cli',
    files: 'daemon/desk',
    env: { VOICEINPUT_DESK_ROUNDS: '100' },
    count: '100 dictations into mousepad',
    told: /draft → window: .*/,
  },
  {
    promise:
      'Over HTTP only programs of this machine with the token are answered; what is too large, too slow or too much is refused, nothing is left behind, and a dictation meanwhile is as well as alone',
    project: 'cli',
    files: 'http',
    env: { VOICEINPUT_HTTP_ROUNDS: '20', VOICEINPUT_HTTP_REQUESTS: '1000' },
    count: '20 bursts of 1,000 requests',
  },
  {
    promise:
      'Faulty connections of every kind cost nothing: others are answered meanwhile, no descriptor, slot or file is left',
    project: 'cli',
    files: 'http/faults',
    env: { ...property, VOICEINPUT_HTTP_FAULTS: '2000' },
    count: '2,000 faulty connections',
  },
  {
    promise: 'The HTTP server does what its description in OpenAPI’s form says, by schemathesis',
    project: 'cli',
    files: 'http/openapi',
    env: { ...property, VOICEINPUT_OPENAPI_EXAMPLES: '300' },
    count: '300 examples an operation',
  },
  {
    promise:
      'Transcription, dictation, HTTP, tray, launcher, commands and a day of idling ask nobody outside, also where there is no network',
    project: 'cli',
    files: 'private',
    env: { VOICEINPUT_PRIVATE_CUT_OFF: '1', VOICEINPUT_PRIVATE_DAY_MS: '120000' },
    count: 'once, without a network',
  },
  {
    promise:
      'A history of which any file is missing, cut short or flipped at any place opens, gives what can be read, and keeps what comes then',
    project: 'cli',
    files: 'test/history',
    env: { ...property, VOICEINPUT_STORE_DAMAGES: '500' },
    count: '500 damages',
  },
  {
    promise:
      'Every container with every coding that ffmpeg can write from one clip gives its text, or a sentence that names the format ([FILES.md](FILES.md))',
    project: 'cli',
    files: 'formats/corpus',
    env: { VOICEINPUT_CORPUS: 'all' },
    count: 'every format in FILES.md',
    told: /formats: .*/,
  },
  {
    promise: 'Subtitles of long speech keep the rules of style guides',
    project: 'cli',
    files: 'test/subtitles',
    env: { VOICEINPUT_SUBTITLES_MINUTES: '60' },
    count: 'an hour of recordings, where there are any',
    told: /subtitles: .*/,
  },
  {
    promise: 'An hour of audio goes through with flat memory',
    project: 'cli',
    files: 'long',
    env: { VOICEINPUT_LONG_MINUTES: '60' },
    count: 'once',
  },
  {
    promise:
      'Daemon or lane are killed in the middle of a dictation: at most 100 ms of audio are lost, and no word that was kept',
    project: 'cli',
    files: 'daemon/recovery',
    env: { ...property, VOICEINPUT_RECOVERY_ROUNDS: '100' },
    count: '100 kills at seeded instants',
  },
  {
    promise:
      'Daemon, lane, recorder, sound server or display are killed while a key is held: at most 100 ms of audio are lost, what was said is in the history, nothing is left behind',
    project: 'cli',
    files: 'daemon/kills',
    env: { ...property, VOICEINPUT_KILL_ROUNDS: '1000' },
    count: '1000 kills at seeded instants',
  },
];

const folder = mkdtempSync(join(tmpdir(), 'voiceinput-prove-'));
const rows = new Map(rowsOf(readFileSync(PAGE, 'utf8')).map((row) => [row.split('|')[1]!.trim(), row]));
const commit = commitOfTree();
let allHeld = true;
for (const proof of proofs.filter(({ project, files }) => `${project}/${files}`.includes(part))) {
  if (heldBefore(rows.get(proof.promise))) continue;
  const { row, held } = prove(proof);
  allHeld &&= held;
  rows.set(proof.promise, row);
  // The last ones take long: whoever stops them keeps what was proven before.
  write();
}
// Also where PART named no test: what was recorded of the rounds may be newer.
write();
rmSync(folder, { recursive: true });
process.exitCode = allHeld ? 0 : 1;

function write(): void {
  writeFileSync(PAGE, page(proofs.flatMap(({ promise }) => rows.get(promise) ?? [])));
  spawnSync('prettier', ['--write', '--log-level', 'warn', PAGE], { cwd: root, stdio: 'inherit' });
}

function prove(proof: Proof) {
  const { project, files, env, promise, told } = proof;
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
  const { status, stdout, stderr } = spawnSync('vitest', args, {
    cwd: root,
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  const seconds = Math.round((performance.now() - startedAtMs) / 1000);
  const { numPassedTests, numFailedTests } = readReport(outputFile, stderr);
  const held = status === 0 && numPassedTests > 0 && numFailedTests === 0;
  process.stdout.write(`${held ? 'held' : 'BROKEN'}, ${seconds} s\n`);
  const said = told?.exec(`${stdout}${stderr}`)?.[0];
  const outcome = `${held ? 'held' : '**broken**'}${said === undefined ? '' : `; ${said}`}`;
  const tried = `${numPassedTests + numFailedTests} in ${project}/${files}`;
  const when = `${new Date().toISOString().slice(0, 10)}, ${seed}, ${commit ?? 'uncommitted'}`;
  return { held, row: `| ${[promise, proof.count, tried, outcome, seconds, when].join(' | ')} |` };
}

/** Absent when something is not committed, other than what this program writes. */
function commitOfTree(): string | undefined {
  const git = (...args: readonly string[]): string =>
    spawnSync('git', args, { cwd: root, encoding: 'utf8' }).stdout.trim();
  return git('status', '--porcelain', '--', '.', ':!docs') === '' ? git('rev-parse', '--short=10', 'HEAD') : undefined;
}

function heldBefore(row: string | undefined): boolean {
  return commit !== undefined && row !== undefined && row.includes(`, ${seed}, ${commit} `) && row.includes('| held');
}

/** What stands in the table already. */
function rowsOf(text: string): string[] {
  return text.split('\n').filter((line) => /^\|.*\|$/.test(line) && !/^\| (promise|-+) /.test(line));
}

function readReport(file: string, stderr: string): { numPassedTests: number; numFailedTests: number } {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as { numPassedTests: number; numFailedTests: number };
  } catch (error) {
    throw new Error(`The run left no report: ${stderr}`, { cause: error });
  }
}

function page(results: readonly string[]): string {
  const machine = `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}, ${process.platform}`;
  return [
    '# What has been proven, and how often',
    '',
    `Written by \`pnpm prove\` (${machine}). \`npm test\` tries the same promises less often, with fixed seeds; \`pnpm prove SEED\` tries all of them with another seed, \`pnpm prove SEED PART\` only those whose tests have PART in their names. What held with the same seed at the same commit is not tried once more: a run that was stopped goes on.`,
    '',
    '| promise | tried | tests | outcome | seconds | when, seed, commit |',
    '| --- | --- | --- | --- | --- | --- |',
    ...results,
    '',
    deskSection(RECORDED),
    '',
  ].join('\n');
}
