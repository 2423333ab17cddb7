import { execFileSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { missingForDesk, openDesk } from '@voiceinput/rig/desk';
import type { Desk, Program } from '@voiceinput/rig/desk';
import { describeUnless } from '@voiceinput/rig/unless';
import { openAccessibility } from '../../src/accessibility/accessibility.ts';
import type { Accessibility } from '../../src/accessibility/accessibility.ts';
import type { Field } from '../../src/accessibility/field.ts';
import { dictating } from '../desk/dictating.ts';
import type { Dictating } from '../desk/dictating.ts';
import { emptied, fieldOf } from '../desk/fields.ts';
import { randomFrom } from '../desk/random.ts';

const rounds = Number(process.env['VOICEINPUT_KILL_ROUNDS'] ?? 2);
const seed = Number(process.env['VOICEINPUT_PROPERTY_SEED'] ?? 1);
const signal = new AbortController().signal;
const DRAFT = 'um so i think we should uh meet';
const REFINED = 'I think we should meet — «в кафе» 🎉.';
const TYPED = '123456789012';
const USERS_ENGINE = 'xkb:us::eng';

/** Each look is a process. */
const WAITING = { interval: 200 };

const missing = missingForDesk('mousepad', 'ibus-daemon', 'pgrep');
if (missing !== undefined) console.log(`skipped: what is killed while it has the keyboard. ${missing}`);

/**
 * Sorted: of keys that nobody answered, ibus-daemon gives those first to the program that it comes to first when the engine
 * is gone.
 */
const digitsIn = (text: string): string => text.replaceAll(/\D/g, '').split('').toSorted().join('');

const engineNow = (): string => execFileSync('ibus', ['engine'], { encoding: 'utf8' }).trim();

/** The engine's process, which the sink's process started. */
function engineOf(parent: number): number {
  return Number(execFileSync('pgrep', ['-P', String(parent), '-f', 'input-method/engine'], { encoding: 'utf8' }));
}

describeUnless(missing)('killed while it has the keyboard', () => {
  let desk: Desk;
  let reader: Accessibility;
  let program: Program;
  let field: Field;
  beforeAll(async () => {
    desk = await openDesk({ inputMethod: true });
    reader = (await openAccessibility(signal))!;
    program = await desk.open(['mousepad'], 'mousepad');
    field = await fieldOf(program, reader);
  });
  afterAll(async () => {
    reader?.close();
    await program?.close();
    await desk?.close();
  });

  /** A machine that is too busy for the input method does without it: then it is tried again. */
  async function throughInputMethod(): Promise<Dictating> {
    for (;;) {
      await program.activate();
      await emptied(desk.user, field);
      expect(engineNow()).toBe(USERS_ENGINE);
      const sink = await dictating({ apps: { mousepad: { tier: 'input-method' } } }, DRAFT, REFINED);
      if (engineNow() === 'voiceinput') return sink;
      await sink.kill();
    }
  }

  const ends: Readonly<Record<string, (sink: Dictating) => void>> = {
    'the daemon is killed': ({ pid }) => void process.kill(pid, 'SIGKILL'),
    'the engine is killed': ({ pid }) => void process.kill(engineOf(pid), 'SIGKILL'),
    'the engine stands still': ({ pid }) => void process.kill(engineOf(pid), 'SIGSTOP'),
    'the daemon is told to end': ({ pid }) => void process.kill(pid, 'SIGTERM'),
    'both are killed': ({ pid }) => {
      const engine = engineOf(pid);
      process.kill(pid, 'SIGKILL');
      process.kill(engine, 'SIGKILL');
    },
  };
  for (const [name, end] of Object.entries(ends))
    test(
      `when ${name}, all keys arrive, no text is half, and the user's engine is back (${rounds} rounds, seed ${seed})`,
      { timeout: 300_000 + rounds * 20_000 },
      async () => {
        const random = randomFrom(seed);
        for (let round = 0; round < rounds; round += 1) {
          const sink = await throughInputMethod();
          const typing = desk.user.type(TYPED, () => 60 + 60 * random());
          await pause(600 * random());
          sink.refine();
          await pause(40 * random());
          end(sink);
          await typing;
          await expect.poll(() => field.text(0, -1).then(digitsIn), WAITING).toBe(digitsIn(TYPED));
          expect([DRAFT, REFINED]).toContain((await field.text(0, -1)).replaceAll(/\d/g, ''));
          await expect.poll(engineNow, WAITING).toBe(USERS_ENGINE);
          await sink.kill();
        }
      },
    );
});
