import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { fakeContext } from '@voiceinput/testkit';
import plugin from '@voiceinput/sink-desktop';
import type { DesktopOptions } from '@voiceinput/sink-desktop';
import { missingForDesk, openDesk } from '@voiceinput/rig/desk';
import type { Desk } from '@voiceinput/rig/desk';
import { describeUnless } from '@voiceinput/rig/unless';
import { openAccessibility } from '../src/accessibility/accessibility.ts';
import type { Accessibility } from '../src/accessibility/accessibility.ts';
import { dictating } from './desk/dictating.ts';
import { emptied, fieldOf } from './desk/fields.ts';
import { keysOf } from './desk/keys.ts';
import { randomFrom } from './desk/random.ts';

const rounds = Number(process.env['VOICEINPUT_KILL_ROUNDS'] ?? 2);
const seed = Number(process.env['VOICEINPUT_PROPERTY_SEED'] ?? 1);
const signal = new AbortController().signal;
const DRAFT = 'um so i think we should uh meet on tuesday';
const REFINED = 'I think we should meet on Wednesday — «в кафе» 🎉.';

const missing = missingForDesk('mousepad', 'xmodmap');
if (missing !== undefined) console.log(`skipped: what is killed in the middle of an edit. ${missing}`);

describeUnless(missing)('killed in the middle of an edit', () => {
  let desk: Desk;
  let reader: Accessibility;
  beforeAll(async () => {
    desk = await openDesk();
    reader = (await openAccessibility(signal))!;
  });
  afterAll(async () => {
    reader?.close();
    await desk?.close();
  });

  /** What the next start of the daemon does. */
  async function startAnew(): Promise<void> {
    const sink = await plugin.create({}, fakeContext({ pluginId: plugin.id }), signal);
    await sink.close();
  }

  const ways: readonly (readonly [name: string, options: DesktopOptions, mostMs: number])[] = [
    ['through accessibility', {}, 15],
    ['by keys', { apps: { mousepad: { tier: 'watched', insert: 'type' } } }, 160],
    ['by a paste', { apps: { mousepad: { tier: 'watched', insert: 'paste' } } }, 120],
  ];
  for (const [name, options, mostMs] of ways)
    test(
      `a sink that writes ${name} leaves draft or refined text, and all keys as they were (${rounds} rounds, seed ${seed})`,
      { timeout: 60_000 + rounds * 10_000 },
      async () => {
        const random = randomFrom(seed);
        const before = await keysOf(signal);
        expect(before.held).toEqual([]);
        const program = await desk.open(['mousepad'], 'mousepad');
        const field = await fieldOf(program, reader);
        const left: string[] = [];
        for (let round = 0; round < rounds; round += 1) {
          await emptied(desk.user, field);
          const afterMs = mostMs * random();
          const process = await dictating(options, DRAFT, REFINED);
          await pause(300);
          process.refine();
          await pause(afterMs);
          await process.kill();
          await pause(400);
          // A busy application takes the keys that it was sent later than that.
          const text = await vi.waitFor(
            async () => {
              const found = await field.text(0, -1);
              expect(found, `killed after ${afterMs.toFixed(1)} ms`).toBeOneOf([DRAFT, REFINED]);
              return found;
            },
            { timeout: 10_000, interval: 100 },
          );
          left.push(text);
          await startAnew();
          expect(await keysOf(signal)).toEqual(before);
          // Nobody who asks for what was copied waits for the dead.
          await desk.copied.read().catch(() => undefined);
        }
        await program.close();
        console.log(`${name}: ${left.filter((text) => text === REFINED).length} of ${rounds} were refined`);
      },
    );

  test(
    `an application leaves a sink that says so, and works on (${rounds} rounds, seed ${seed})`,
    { timeout: 60_000 + rounds * 10_000 },
    async () => {
      const random = randomFrom(seed);
      for (let round = 0; round < rounds; round += 1) {
        const program = await desk.open(['mousepad'], 'mousepad');
        const process = await dictating({}, DRAFT, REFINED);
        process.refine();
        await pause(15 * random());
        await program.close();
        const outcome = await process.outcome;
        expect(outcome).toSatisfy(
          (told: { kind?: string; reason?: string; proof?: string } | undefined) =>
            told?.kind === 'applied' || (told?.kind === 'offered' && told.reason === 'field-gone'),
        );
        await process.kill();
      }
    },
  );
});
