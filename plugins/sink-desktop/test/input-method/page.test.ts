import { afterAll, beforeAll, expect, test } from 'vitest';
import { dictation, fakeContext } from '@voiceinput/testkit';
import plugin from '@voiceinput/sink-desktop';
import type { DesktopSink } from '@voiceinput/sink-desktop';
import { missingForDesk, openDesk } from '@voiceinput/rig/desk';
import type { Desk } from '@voiceinput/rig/desk';
import { describeUnless } from '@voiceinput/rig/unless';
import { openAccessibility } from '../../src/accessibility/accessibility.ts';
import { typedTargets } from '../desk/targets/typed.ts';

const signal = new AbortController().signal;

const missing = missingForDesk('chromium', 'ibus-daemon');
if (missing !== undefined) console.log(`skipped: a page with ibus. ${missing}`);

describeUnless(missing)('in a page', () => {
  let desk: Desk;
  let sink: DesktopSink;
  beforeAll(async () => {
    desk = await openDesk({ inputMethod: true });
    sink = (await plugin.create({}, fakeContext({ pluginId: plugin.id }), signal)) as DesktopSink;
  });
  afterAll(async () => {
    await sink?.close();
    await desk?.close();
  });

  test('a dictation is mended where no key came before, and taken back when it is over', async () => {
    const reader = (await openAccessibility(signal))!;
    const { read, clear } = await typedTargets.find(({ name }) => name === 'Chromium textarea')!.open({ desk, reader });
    reader.close();
    await clear();
    expect(await sink.look!(signal)).toMatchObject({
      tier: 'input-method',
      reason: expect.stringMatching(/ibus.*compared/),
    });
    const told = dictation({ sessionId: 'page' });
    await sink.begin(told.info, signal);
    const say = async (cause: 'draft' | 'refined' | 'undo', text: string): Promise<void> => {
      const outcome = await sink.apply(told.edit('one', cause, text), signal);
      expect(outcome).toEqual({ kind: 'applied', proof: 'unverified' });
      told.settle(outcome);
      await expect.poll(async () => (await read()).text).toBe(text);
    };
    await say('draft', 'um so i think');
    await say('refined', 'So I think.');
    await sink.end(told.result(), signal);
    await say('undo', 'um so i think');
    await say('undo', '');
  });
});
