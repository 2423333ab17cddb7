import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fakeContext, never, scriptedRunner } from '@voiceinput/testkit';
import type { ScriptStep } from '@voiceinput/testkit';

const clip = (samples: number, startSample = 0) => ({ samples: new Float32Array(samples), startSample });
const runnerOf = (...script: ScriptStep[]) => scriptedRunner().create({ script }, fakeContext(), never);

describe('a scripted runner', () => {
  test('follows its script step by step, then says nothing', async () => {
    const runner = await runnerOf({ text: 'one', meanLogProb: -0.5 }, { text: 'two' });
    expect(await runner.run(clip(100), {}, never)).toMatchObject({ text: 'one', meanLogProb: -0.5 });
    expect((await runner.run(clip(100), {}, never)).text).toBe('two');
    expect((await runner.run(clip(100), {}, never)).text).toBe('');
  });

  test('knows which clip it hears', async () => {
    const runner = await runnerOf(
      { when: { fromSample: 1_000 }, repeat: true, text: 'late' },
      { when: { toSample: 1_000 }, repeat: true, text: 'early' },
    );
    const texts: string[] = [];
    for (const start of [0, 2_000, 0]) texts.push((await runner.run(clip(10, start), {}, never)).text);
    expect(texts).toEqual(['early', 'late', 'early']);
  });

  test('hears as many words as fit into the clip', async () => {
    const runner = await runnerOf({ repeat: true, text: 'one two three', msPerWord: 100 });
    expect((await runner.run(clip(3_300), {}, never)).text).toBe('one two');
    expect((await runner.run(clip(33_000), {}, never)).text).toBe('one two three');
  });

  test('fails, throws and hangs as it is told', async () => {
    const runner = await runnerOf({ fail: 'no model' }, { throw: 'a bug' }, { hang: true });
    await expect(runner.run(clip(1), {}, never)).rejects.toMatchObject({ code: 'ERR_MODEL_FILES' });
    expect(() => runner.run(clip(1), {}, never)).toThrow('a bug');
    const abort = new AbortController();
    const hanging = runner.run(clip(1), {}, abort.signal);
    abort.abort(new Error('enough'));
    await expect(hanging).rejects.toThrow('enough');
  });

  test('runs, and dies, in a process of its own', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'testkit-'));
    const child = join(folder, 'child.mjs');
    await writeFile(
      child,
      `const { default: plugin } = await import(process.argv[2]);
       const { signal } = new AbortController();
       const runner = await plugin.create(JSON.parse(process.argv[3]), {}, signal);
       for (let run = 0; run < 2; run += 1) {
         process.send(await runner.run({ samples: new Float32Array(10), startSample: 0 }, {}, signal));
       }`,
    );
    const url = import.meta.resolve('@voiceinput/testkit/fakes/scripted-runner');
    const script = JSON.stringify({ script: [{ text: 'hello' }, { die: true }] });
    const running = fork(child, [url, script], { serialization: 'advanced' });
    const texts: unknown[] = [];
    running.on('message', (transcript) => texts.push(transcript));
    const [exitCode] = await once(running, 'exit');
    await rm(folder, { recursive: true });
    expect(texts).toMatchObject([{ text: 'hello' }]);
    expect(exitCode).toBe(70);
  });
});
