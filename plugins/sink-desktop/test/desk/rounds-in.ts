// Runs the rounds in a list of applications, one after the other, on one desktop.

import { afterAll, beforeAll, expect } from 'vitest';
import { fakeContext } from '@voiceinput/testkit';
import plugin from '@voiceinput/sink-desktop';
import type { DesktopOptions, DesktopSink } from '@voiceinput/sink-desktop';
import type { Desk } from '@voiceinput/rig/desk';
import { testUnless } from '@voiceinput/rig/unless';
import { openAccessibility } from '../../src/accessibility/accessibility.ts';
import type { Accessibility } from '../../src/accessibility/accessibility.ts';
import { openRecord } from './record.ts';
import { round } from './round.ts';
import type { Elsewhere } from './round.ts';
import type { Target } from './targets/target.ts';

/** Whether `pnpm prove` runs them. */
export const isProof = process.env['VOICEINPUT_DESK_ROUNDS'] !== undefined;
const firstSeed = Number(process.env['VOICEINPUT_DESK_SEED'] ?? 1);
const signal = new AbortController().signal;

export interface RoundsOn<D> {
  open(): Promise<D>;
  /** The other window of the rounds. */
  openElsewhere(desk: D): Promise<Elsewhere>;
  missing(program: string): string | undefined;
  readonly options: DesktopOptions;
  /** A target in `npm test`. Absent: 5. */
  readonly rounds?: number;
}

/** Tests of `targets` on one desktop. */
export function roundsIn<D extends Pick<Desk, 'user' | 'copied' | 'close'>>(
  targets: readonly Target<D>[],
  { open, openElsewhere, missing, options, rounds: usual = 5 }: RoundsOn<D>,
): void {
  const rounds = Number(process.env['VOICEINPUT_DESK_ROUNDS'] ?? usual);
  let desk: D;
  let sink: DesktopSink;
  let reader: Accessibility;
  let elsewhere: Elsewhere;
  beforeAll(async () => {
    desk = await open();
    elsewhere = await openElsewhere(desk);
    const context = fakeContext({ pluginId: plugin.id });
    sink = (await plugin.create(options, context, signal)) as DesktopSink;
    reader = (await openAccessibility(signal))!;
  });
  afterAll(async () => {
    await sink?.close();
    reader?.close();
    await desk?.close();
  });

  for (const target of targets) {
    const lacking = isProof || target.isInCi ? missing(target.needs) : 'Only pnpm prove has the time that it needs.';
    testUnless(lacking)(`in ${target.name} (${target.toolkit})`, { timeout: 300_000 + rounds * 20_000 }, async () => {
      const record = openRecord(target, firstSeed);
      if (record.done >= rounds) return;
      const { program, ...field } = await target.open({ desk, reader });
      const broken: string[] = [];
      const { user, copied } = desk;
      const stopping = {
        stop: () => process.kill(program.pid, 'SIGSTOP'),
        goOn: () => process.kill(program.pid, 'SIGCONT'),
      };
      const subject = { ...target, ...field, ...stopping, activate: program.activate, sink, user, copied, elsewhere };
      for (let index = record.done; index < rounds; index += 1) {
        const result = await round(subject, firstSeed + index);
        record.add(result);
        if (result.broken === undefined) continue;
        broken.push(result.broken);
        console.log(result.broken);
      }
      await program.close();
      expect(broken).toEqual([]);
    });
  }
}
