import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { missingPrograms } from '@voiceinput/rig/programs';
import { describe, expect, test } from 'vitest';
import { lines, start } from './voiceinput/run.ts';
import type { Running } from './voiceinput/run.ts';
import { fixture, ownFolder, withModels } from './voiceinput/scene.ts';

withModels();
const folder = ownFolder();
const linux = process.platform === 'linux';

/** Speech and a pause that ends its segment; what reads it waits for more. */
async function* sentenceThenPause(): AsyncGenerator<Uint8Array> {
  const wav = readFileSync(fixture('formats/s16.wav'));
  yield wav.subarray(wav.indexOf('data') + 8);
  yield new Uint8Array(5 * 32_000);
  await sleep(600_000, undefined, { ref: false });
}

async function* ctrlCAfter(pressed: Promise<unknown>): AsyncGenerator<Uint8Array> {
  await pressed;
  yield Buffer.from('\u0003');
}

/** Processes end a moment after their parent. */
async function leavesNobody(running: Running): Promise<void> {
  if (!linux) return;
  await expect.poll(() => running.pids()).toEqual([]);
}

describe.skipIf(process.platform === 'win32')('Ctrl-C', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('%s: what was recognised is printed, nobody is left', async (signal) => {
    const running = start(['transcribe', '-', '--raw', '--json'], { folder, stdin: sentenceThenPause() });
    await running.shows(/"stage":"refined"/);
    const pids = linux ? running.pids() : [];
    running.child.kill(signal);
    const { stdout, stderr, exitCode } = await running.ended;
    expect(lines(stdout).at(-1)).toMatchObject({ type: 'result', file: '-', text: expect.stringMatching(/fox/i) });
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 130 });
    if (linux) expect(pids.length).toBeGreaterThanOrEqual(3);
    await leavesNobody(running);
  });

  test('ends the file and those behind it; what was being said counts as far as it was heard', async () => {
    const files = [fixture('long.flac'), fixture('one-word.flac')];
    const running = start(['transcribe', ...files, '--realtime', '--json'], { folder });
    await running.shows(/"stage":"(?:partial|draft)".*"text":"\w/);
    running.child.kill('SIGINT');
    const { stdout, exitCode } = await running.ended;
    const results = lines(stdout).filter(({ type }) => type === 'result');
    expect(results).toMatchObject([{ file: files[0], text: expect.stringMatching(/\w/) }]);
    expect(exitCode).toBe(130);
    await leavesNobody(running);
  });

  test('at a terminal, where it reaches the children too', async ({ skip }) => {
    const missing = missingPrograms('script');
    if (missing !== undefined) skip(missing);
    const keyboard = new EventEmitter();
    const running = start(['transcribe', fixture('two-sentences.flac'), '--realtime'], {
      folder,
      stdin: ctrlCAfter(once(keyboard, 'pressed')),
      within: ['sh', '-c', 'exec script -qefc "$*" /dev/null', 'sh'],
    });
    await running.shows(/close the window/);
    keyboard.emit('pressed');
    const { stdout, exitCode } = await running.ended;
    expect(stdout).toMatch(/close the window/);
    expect(stdout).not.toMatch(/error/);
    expect(exitCode).toBe(130);
    await leavesNobody(running);
  });

  test('a second one does not wait for a plugin that hangs', async () => {
    const api = JSON.stringify(import.meta.resolve('@voiceinput/plugin-api'));
    const stuck = `import { definePlugin } from ${api};
      export default definePlugin({ id: 'vad-stuck', kind: 'vad', api: 1, title: 'Never closes', capabilities: {},
        create: async () => ({
          listen: async () => (process.stderr.write('listening'), { push: async () => [], close: () => new Promise(() => {}) }),
          close: async () => {} }) });`;
    writeFileSync(join(folder, 'stuck.mjs'), stuck);
    writeFileSync(
      join(folder, 'stuck.json'),
      JSON.stringify({ plugins: ['./stuck.mjs'], profiles: { default: { vad: { use: 'vad-stuck' } } } }),
    );
    const args = ['transcribe', fixture('long.flac'), '--realtime', '--json', '--config', 'stuck.json'];
    const running = start(args, { folder });
    await running.shows(/listening/);
    running.child.kill('SIGINT');
    await running.shows(/"type":"result"/);
    const askedAtMs = performance.now();
    running.child.kill('SIGINT');
    expect((await running.ended).exitCode).toBe(130);
    // It would wait 5 s for the plugin.
    expect(performance.now() - askedAtMs).toBeLessThan(3_000);
    await leavesNobody(running);
  });

  test.skipIf(!linux)('while the daemon comes up', async () => {
    const running = start(['start'], { folder, env: { VOICEINPUT_RUNTIME_DIR: join(folder, 'run') } });
    const daemon = (): number[] => running.pids().filter((pid) => pid !== running.child.pid);
    await expect.poll(daemon, { interval: 5, timeout: 20_000 }).not.toEqual([]);
    // It stands still before it answers.
    for (const pid of daemon()) process.kill(pid, 'SIGSTOP');
    await sleep(200);
    running.child.kill('SIGINT');
    expect(await running.ended).toEqual({ stdout: '', stderr: '', exitCode: 130 });
    for (const pid of daemon()) process.kill(pid, 'SIGKILL');
    await leavesNobody(running);
  });

  test('while a model is fetched', async () => {
    const silent = createServer();
    const asked = once(silent, 'request');
    await once(silent.listen(0, '127.0.0.1'), 'listening');
    const { port } = silent.address() as AddressInfo;
    try {
      const env = { VOICEINPUT_CACHE_DIR: join(folder, 'cache'), npm_config_registry: `http://127.0.0.1:${port}/` };
      const running = start(['models', 'pull'], { folder, env });
      await asked;
      running.child.kill('SIGINT');
      expect((await running.ended).exitCode).toBe(130);
      await leavesNobody(running);
    } finally {
      silent.closeAllConnections();
      silent.close();
    }
  });
});

describe('a reader that goes away', () => {
  test('ends it quietly', async () => {
    const running = start(['transcribe', fixture('long.flac'), fixture('long.flac'), '--json'], { folder });
    await running.shows(/"type":"text"/);
    running.child.stdout!.destroy();
    const { stderr, exitCode } = await running.ended;
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 141 });
    await leavesNobody(running);
  });
});
