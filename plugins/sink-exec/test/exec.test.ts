import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import sinkExec from '@voiceinput/sink-exec';
import { conformance, dictation, fakeContext, never } from '@voiceinput/testkit';
import { afterAll, describe, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'voiceinput-exec-'));
afterAll(() => rmSync(folder, { recursive: true }));
const node = (script: string, ...args: string[]): string[] => [process.execPath, '-e', script, ...args];
const save = `const fs = require('node:fs'); fs.appendFileSync(process.argv[1], process.env.VOICEINPUT_STAGE + ': ' + fs.readFileSync(0, 'utf8') + '\\n')`;
const open = (options: object) =>
  sinkExec.create({ command: ['true'], ...options }, fakeContext({ pluginId: 'sink-exec' }), never);

describe('passes the conformance suite', () => {
  for (const { name, run } of conformance(sinkExec, { config: { command: node('0') } as never })) test(name, run);
});

describe('a program', () => {
  test.each([
    ['refined', 'refined: I read it.\n'],
    ['both', 'draft: I red it.\nrefined: I read it.\n'],
  ] as const)('gets the whole text of stage %s on standard input', async (stage, expected) => {
    const file = join(folder, stage);
    const sink = await open({ command: node(save, file), stage });
    const told = dictation();
    await sink.begin(told.info, never);
    for (const [cause, text] of [
      ['draft', 'I red it.'],
      ['refined', 'I read it.'],
    ] as const)
      told.settle(await sink.apply(told.edit('one', cause, text), never));
    expect(readFileSync(file, 'utf8')).toBe(expected);
  });

  test('gets the draft where no better text will come', async () => {
    const file = join(folder, 'only');
    const sink = await open({ command: node(save, file), stage: 'refined' });
    const told = dictation({ hybrid: false });
    await sink.begin(told.info, never);
    told.settle(await sink.apply(told.edit('one', 'draft', 'I red it.'), never));
    expect(readFileSync(file, 'utf8')).toBe('draft: I red it.\n');
  });

  test('gets what is left when a dictation that is over is taken back', async () => {
    const file = join(folder, 'undone');
    const sink = await open({ command: node(save, file), stage: 'both' });
    const told = dictation();
    await sink.begin(told.info, never);
    told.settle(await sink.apply(told.edit('one', 'draft', 'I red it.'), never));
    await sink.end(told.result({}), never);
    expect(await sink.apply(told.edit('one', 'undo', ''), never)).toMatchObject({ kind: 'applied' });
    expect(readFileSync(file, 'utf8')).toBe('draft: I red it.\nundo: \n');
  });

  test.each<[string, string[], RegExp, number?]>([
    ['that fails', node('process.exit(3)'), /exit code 3/],
    ['that says why', node('console.error("no printer"); process.exit(3)'), /exit code 3: no printer$/],
    ['that is not there', ['/no/such/program'], /cannot be run/],
    ['that takes too long', node('setTimeout(() => 0, 60000)'), /longer than 300 ms/, 300],
    ['that does not read', node('process.exit(1)'), /exit code 1/],
  ])('%s makes the edit refused, with the reason', async (_which, command, reason, timeoutMs = 30_000) => {
    const sink = await open({ command, stage: 'draft', timeoutMs });
    const told = dictation();
    await sink.begin(told.info, never);
    const outcome = await sink.apply(told.edit('one', 'draft', 'x'.repeat(200_000)), never);
    expect(outcome).toMatchObject({
      kind: 'refused',
      reason: 'program-failed',
      explanation: expect.stringMatching(reason),
    });
  });

  test.skipIf(process.platform !== 'linux')('is killed on abort, with what it started', async () => {
    const file = join(folder, 'pid');
    const script = `const c = require('node:child_process').spawn(process.execPath, ['-e', 'setTimeout(() => 0, 60000)']); require('node:fs').writeFileSync(${JSON.stringify(file)}, String(c.pid)); setTimeout(() => 0, 60000)`;
    const sink = await open({ command: node(script), stage: 'draft' });
    const told = dictation();
    await sink.begin(told.info, never);
    const control = new AbortController();
    const applying = sink.apply(told.edit('one', 'draft', 'Hello.'), control.signal);
    await sleep(700);
    control.abort(new Error('no more'));
    await expect(applying).rejects.toThrow('no more');
    const pid = Number(readFileSync(file, 'utf8'));
    await expect.poll(() => isRunning(pid)).toBe(false);
  });
});

/** A process that has ended may wait for somebody to ask how. */
function isRunning(pid: number): boolean {
  if (!existsSync(`/proc/${pid}/stat`)) return false;
  return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
}
