import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWaylandInput } from '@voiceinput/desktop/wayland';
import { missingForSway, openSway } from '@voiceinput/rig/sway';
import type { Sway } from '@voiceinput/rig/sway';
import { describeUnless } from '@voiceinput/rig/unless';
import { openAccessibility } from '../../src/accessibility/accessibility.ts';
import type { Accessibility } from '../../src/accessibility/accessibility.ts';
import { dictating } from '../desk/dictating.ts';
import type { Dictating } from '../desk/dictating.ts';
import { randomFrom } from '../desk/random.ts';
import { seatTargets } from '../desk/targets/seat.ts';
import type { Opened } from '../desk/targets/target.ts';

const rounds = Number(process.env['VOICEINPUT_KILL_ROUNDS'] ?? 2);
const seed = Number(process.env['VOICEINPUT_PROPERTY_SEED'] ?? 1);
const signal = new AbortController().signal;
const DRAFT = 'um so i think we should uh meet';
const REFINED = 'I think we should meet — «в кафе» 🎉.';
const TYPED = '123456789';
const STILL_MS = 1_000;

const missing = missingForSway('chromium');
if (missing !== undefined) console.log(`skipped: what is killed while it is the input method. ${missing}`);

describeUnless(missing)('killed while it is the input method of the seat', () => {
  let desk: Sway;
  let reader: Accessibility;
  let page: Opened;
  beforeAll(async () => {
    desk = await openSway();
    reader = (await openAccessibility(signal))!;
    page = await seatTargets[0]!.open({ desk, reader });
  }, 120_000);
  afterAll(async () => {
    reader?.close();
    await page?.program.close();
    await desk?.close();
  });

  /** What becomes of the daemon while it may be changing the text. */
  const ends: Readonly<Record<string, (sink: Dictating) => Promise<unknown>>> = {
    'is killed': (sink) => sink.kill(),
    async 'stands still for a while'({ pid, outcome }) {
      process.kill(pid, 'SIGSTOP');
      await pause(STILL_MS);
      process.kill(pid, 'SIGCONT');
      await outcome;
    },
  };
  for (const [name, end] of Object.entries(ends))
    test(
      `when the daemon ${name}, all keys arrive, no text is half, and the seat is free (${rounds} rounds, seed ${seed})`,
      { timeout: 120_000 + rounds * 20_000 },
      async () => {
        const random = randomFrom(seed);
        let refined = 0;
        for (let round = 0; round < rounds; round += 1) {
          await page.clear();
          await expect.poll(async () => (await page.read()).text).toBe('');
          const sink = await dictating({}, DRAFT, REFINED);
          const typing = desk.user.type(TYPED, () => 60 + 60 * random());
          await pause(500 * random());
          sink.refine();
          await pause(400 * random());
          await end(sink);
          await typing;
          await sink.kill();
          const { text } = await page.read();
          expect(text.replaceAll(/\D/g, '')).toBe(TYPED);
          expect([DRAFT, REFINED]).toContain(text.replaceAll(/\d/g, ''));
          if (text.includes(REFINED)) refined += 1;
          const input = (await openWaylandInput())!;
          await expect.poll(() => input.take()).toBeDefined();
          input.close();
        }
        console.log(`the daemon ${name} on sway: ${refined} of ${rounds} were refined`);
      },
    );
});
