import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Params, Status } from '@voiceinput/client';
import { idleStatus, playDaemon, unanswered } from '@voiceinput/rig/daemon';
import type { Answers, ScriptedDaemon } from '@voiceinput/rig/daemon';
import { afterEach, describe, expect, test } from 'vitest';
import { lines, start } from '../voiceinput/run.ts';
import { fixture, ownFolder, withModels } from '../voiceinput/scene.ts';

withModels();
const folder = ownFolder();
const run = join(folder, 'run');
const env = { VOICEINPUT_RUNTIME_DIR: run };
let daemon: ScriptedDaemon;
afterEach(() => daemon.close());
const asked = (): readonly string[] => daemon.asked.map(({ method }) => method);

/** A daemon that answers just this, and the greeting. */
async function daemonThatAnswers(answers: Answers): Promise<ScriptedDaemon> {
  daemon = await playDaemon({ folder: run, answers: { status: unanswered, watch: unanswered, ...answers } });
  return daemon;
}

const opening: Status = { ...idleStatus, state: 'opening' };

describe.skipIf(process.platform === 'win32')('Ctrl-C, once', () => {
  test.for([
    ['hello', ['status']],
    ['hello', ['watch']],
    ['status', ['status', '--json']],
    ['result', ['history', 'show', 'x']],
    ['toggle', ['toggle']],
    ['quit', ['quit']],
  ] as const)('ends what waits for the answer to %s', async ([method, args]) => {
    const { heard } = await daemonThatAnswers({ [method]: unanswered });
    const running = start(args, { folder, env });
    await heard(method);
    running.child.kill('SIGINT');
    expect(await running.ended).toEqual({ stdout: '', stderr: '', exitCode: 130 });
  });

  test('begins no dictation while the daemon opens its models', async () => {
    const { heard } = await daemonThatAnswers({ watch: { seq: 0 }, status: opening });
    const running = start(['dictate'], { folder, env });
    await heard('status');
    await sleep(300);
    running.child.kill('SIGINT');
    expect((await running.ended).exitCode).toBe(130);
    expect(asked()).not.toContain('start');
  });

  test('drops the dictation that is about to begin', async () => {
    let begin = (_recording: object): void => undefined;
    const recording = new Promise<object>((resolve) => (begin = resolve));
    const answers = { watch: { seq: 0 }, status: idleStatus, start: () => recording };
    const { heard } = await daemonThatAnswers(answers);
    const running = start(['dictate'], { folder, env });
    await heard('start');
    running.child.kill('SIGINT');
    await sleep(300);
    begin({ sessionId: 'x', mode: 'toggle', startedAt: opening.startedAt });
    await expect.poll(asked).toContain('cancel');
    running.child.kill('SIGINT');
    await running.ended;
  });
});

describe.skipIf(process.platform === 'win32')(
  'a daemon of another version, of which only the greeting is understood',
  () => {
    test('is left alone by who reads a file', async () => {
      await daemonThatAnswers({ status: {} });
      const running = start(['transcribe', fixture('one-word.flac')], { folder, env });
      expect(await running.ended).toMatchObject({ stdout: expect.stringMatching(/\w/), stderr: '', exitCode: 0 });
      expect(asked()).toEqual(['hello', 'status']);
    });
  },
);

describe.skipIf(process.platform === 'win32')('a command whose text stays where it is', () => {
  const refused = { kind: 'refused', reason: 'user-edited', explanation: 'you have edited it' } as const;
  test.for([
    ['paste', { sessionId: 'x', edit: refused }, 'Not inserted: you have edited it.'],
    ['paste', { sessionId: 'x', edit: { kind: 'offered' } }, 'Not inserted.'],
    [
      'undo',
      { sessionId: 'x', edits: [refused] },
      'Nothing was undone: you have edited it. Try Ctrl+Z in the application.',
    ],
    ['undo', { edits: [] }, 'Nothing to undo.'],
  ] as const)('ends as the help says: %s', async ([method, answer, stdout]) => {
    await daemonThatAnswers({ [method]: answer });
    const running = start([method], { folder, env });
    expect(await running.ended).toEqual({ stdout: `${stdout}\n`, stderr: '', exitCode: 9 });
  });

  test('of which a part was taken back, ends well', async () => {
    await daemonThatAnswers({ undo: { sessionId: 'x', edits: [{ kind: 'applied' }, refused] } });
    expect(await start(['undo'], { folder, env }).ended).toMatchObject({ exitCode: 0 });
  });
});

describe.skipIf(process.platform === 'win32')('a dictation that failed', () => {
  const error = {
    code: 'ERR_MICROPHONE_MISSING',
    message: 'The microphone "nope" is not there.',
    hint: 'Plug one in.',
  };
  const failed = {
    id: 'x',
    startedAt: opening.startedAt,
    endedAt: opening.startedAt,
    mode: 'hands-free',
    label: 'microphone',
    profile: 'default',
    outcome: 'failed',
    draft: '',
    text: '',
    edits: [],
    audioMs: 0,
    hasAudio: false,
    error,
  } as const;
  const answers = {
    watch: { seq: 0 },
    status: idleStatus,
    start: { sessionId: 'x', mode: 'hands-free', startedAt: opening.startedAt },
  };

  test.for(['', 'What was heard until then.'])('ends dictate as its error says, after the words "%s"', async (text) => {
    await daemonThatAnswers({ ...answers, result: { ...failed, text, draft: text } });
    const { stdout, stderr, exitCode } = await start(['dictate', '--hands-free'], { folder, env }).ended;
    expect(stdout.trim()).toBe(text);
    expect(stderr).toBe(`error: ${error.message} [${error.code}]\n  ${error.hint}\n`);
    expect(exitCode).toBe(3);
  });

  test('is told to programs twice: as an entry, and as the error that it is', async () => {
    await daemonThatAnswers({ ...answers, result: failed });
    const { stdout, stderr, exitCode } = await start(['dictate', '--hands-free', '--json'], { folder, env }).ended;
    expect(lines(stdout)).toEqual([failed]);
    expect(lines(stderr)).toEqual([{ type: 'error', ...error }]);
    expect(exitCode).toBe(3);
  });
});

describe.skipIf(process.platform === 'win32')('a history that is longer than one answer may be', () => {
  const words = 'word '.repeat(4_000);
  const entries = Array.from({ length: 250 }, (_, index) => ({
    id: `entry-${index}`,
    startedAt: opening.startedAt,
    endedAt: opening.startedAt,
    mode: 'hold',
    label: 'microphone',
    profile: 'default',
    outcome: 'done',
    text: words,
    edits: [],
    audioMs: 1,
    hasAudio: false,
  }));
  const list = ({ limit = 50, before }: Params<'history/list'>): object => {
    const first = entries.findIndex(({ id }) => id === before) + 1;
    return { entries: entries.slice(first, first + limit) };
  };

  test.for([
    [240, 240],
    [999, 250],
  ] as const)('is listed: %i entries are asked for', async ([limit, count]) => {
    await daemonThatAnswers({ 'history/list': list });
    const running = start(['history', 'list', '--limit', String(limit), '--json'], { folder, env });
    const { stdout, stderr, exitCode } = await running.ended;
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    const [listed] = lines(stdout) as unknown as [{ id: string }[]];
    expect(listed.map(({ id }) => id)).toEqual(entries.slice(0, count).map(({ id }) => id));
  });

  test.each([
    [[], 'No dictations yet.\n'],
    [['--query', 'nothing like it'], 'No dictation contains "nothing like it".\n'],
  ])('that finds nothing says what was looked for: %j', async (args, stdout) => {
    await daemonThatAnswers({ 'history/list': { entries: [] } });
    const ended = await start(['history', 'list', ...args], { folder, env }).ended;
    expect(ended).toEqual({ stdout, stderr: '', exitCode: 0 });
  });
});
