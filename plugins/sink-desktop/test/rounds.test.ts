import { afterAll, beforeAll, expect } from 'vitest';
import { fakeContext } from '@voiceinput/testkit';
import plugin from '@voiceinput/sink-desktop';
import type { DesktopSink } from '@voiceinput/sink-desktop';
import { missingForDesk, openDesk } from '@voiceinput/rig/desk';
import type { Desk } from '@voiceinput/rig/desk';
import { describeUnless, testUnless } from '@voiceinput/rig/unless';
import { openAccessibility } from '../src/accessibility/accessibility.ts';
import type { Accessibility } from '../src/accessibility/accessibility.ts';
import { record } from './desk/record.ts';
import { round } from './desk/round.ts';
import type { Elsewhere, RoundResult } from './desk/round.ts';
import { openElsewhere, targets } from './desk/targets.ts';

const isProof = process.env['VOICEINPUT_DESK_ROUNDS'] !== undefined;
const rounds = Number(process.env['VOICEINPUT_DESK_ROUNDS'] ?? 5);
const firstSeed = Number(process.env['VOICEINPUT_DESK_SEED'] ?? 1);
const signal = new AbortController().signal;

const missing = missingForDesk('xterm');
if (missing !== undefined) console.log(`skipped: ${missing}`);

describeUnless(missing)('while the user types on, nothing is lost', () => {
  let desk: Desk;
  let sink: DesktopSink;
  let reader: Accessibility;
  let elsewhere: Elsewhere;
  beforeAll(async () => {
    desk = await openDesk();
    elsewhere = await openElsewhere(desk);
    const context = fakeContext({ pluginId: plugin.id });
    sink = (await plugin.create({}, context, signal)) as DesktopSink;
    reader = (await openAccessibility(signal))!;
  });
  afterAll(async () => {
    await sink?.close();
    reader?.close();
    await desk?.close();
  });

  for (const target of targets) {
    const lacking =
      isProof || target.isInCi ? missingForDesk(target.needs) : 'Only pnpm prove has the time that it needs.';
    testUnless(lacking)(`in ${target.name} (${target.toolkit})`, { timeout: 60_000 + rounds * 10_000 }, async () => {
      const { program, ...field } = await target.open({ desk, reader });
      const results: RoundResult[] = [];
      for (let index = 0; index < rounds; index += 1) {
        const subject = { ...target, ...field, activate: program.activate, sink, user: desk.user, elsewhere };
        const result = await round(subject, firstSeed + index);
        results.push(result);
        record(target, results, firstSeed);
        if (result.broken !== undefined) console.log(result.broken);
      }
      await program.close();
      expect(results.flatMap(({ broken }) => broken ?? [])).toEqual([]);
    });
  }
});
