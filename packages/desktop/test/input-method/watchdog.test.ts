import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { vitalOf, watch } from '../../src/input-method/watchdog.ts';
import type { Vital } from '../../src/input-method/watchdog.ts';

describe('a process that does not beat', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] }));
  afterEach(() => vi.useRealTimers());

  function watched(vital: Vital | undefined, forMs: number): number {
    let hangs = 0;
    const dog = watch(
      () => vital,
      () => (hangs += 1),
    );
    vi.advanceTimersByTime(forMs);
    dog.close();
    return hangs;
  }

  test('is stopped: that is told within 400 ms, once', () => {
    expect(watched({ state: 'T', workedMs: 0 }, 400)).toBe(1);
    expect(watched({ state: 'T', workedMs: 0 }, 10_000)).toBe(1);
  });
  test('is stopped on a machine that is too busy to look in time: that is told all the same', () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const clock = vi.spyOn(performance, 'now').mockReturnValue(0);
    let hangs = 0;
    const dog = watch(
      () => ({ state: 'T', workedMs: 0 }),
      () => (hangs += 1),
    );
    for (let nowMs = 200; nowMs <= 1_000; nowMs += 200) {
      clock.mockReturnValue(nowMs);
      vi.advanceTimersByTime(50);
    }
    dog.close();
    clock.mockRestore();
    expect(hangs).toBe(1);
  });
  test('only waits for the processor: it is let be', () => {
    expect(watched({ state: 'R', workedMs: 20 }, 2_000)).toBe(0);
    expect(watched({ state: 'S', workedMs: 0 }, 2_000)).toBe(0);
  });
  test('never comes back: nobody waits longer than 3 s', () => {
    expect(watched({ state: 'D', workedMs: 0 }, 3_100)).toBe(1);
  });
  test('works without end: it hangs', () => {
    let workedMs = 0;
    let hangs = 0;
    const dog = watch(
      () => ({ state: 'R', workedMs }),
      () => (hangs += 1),
    );
    for (let elapsed = 0; elapsed < 500; elapsed += 50) {
      workedMs += 50;
      vi.advanceTimersByTime(50);
    }
    dog.close();
    expect(hangs).toBe(1);
  });
  test('beats: it is not looked at', () => {
    let looks = 0;
    const dog = watch(
      () => {
        looks += 1;
        return { state: 'T', workedMs: 0 };
      },
      () => expect.unreachable(),
    );
    for (let beats = 0; beats < 50; beats += 1) {
      vi.advanceTimersByTime(100);
      dog.beat();
    }
    dog.close();
    expect(looks).toBe(51);
  });
});

test.skipIf(process.platform !== 'linux')('Linux tells when a process stands still, whatever its name', async () => {
  const program = join(mkdtempSync(join(tmpdir(), 'voiceinput-name-')), ') T (');
  symlinkSync('/bin/sleep', program);
  const child = spawn(program, ['60'], { stdio: 'ignore' });
  await once(child, 'spawn');
  await expect.poll(() => vitalOf(child.pid!)?.state).toBe('S');
  child.kill('SIGSTOP');
  await expect.poll(() => vitalOf(child.pid!)?.state).toBe('T');
  child.kill('SIGKILL');
  await once(child, 'exit');
  rmSync(dirname(program), { recursive: true });
  expect(vitalOf(child.pid!)).toBeUndefined();
});
