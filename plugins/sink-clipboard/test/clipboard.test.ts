import { openDisplay } from '@voiceinput/desktop';
import sinkClipboard from '@voiceinput/sink-clipboard';
import { conformance, dictation, fakeContext, never } from '@voiceinput/testkit';
import { missingForDisplay, openVirtualDisplay } from '@voiceinput/rig/display';
import type { VirtualDisplay } from '@voiceinput/rig/display';
import { describeUnless } from '@voiceinput/rig/unless';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const missing = missingForDisplay();

describeUnless(missing)('on a display', () => {
  let display: VirtualDisplay;
  beforeAll(async () => {
    display = await openVirtualDisplay();
    process.env['DISPLAY'] = display.name;
  });
  afterAll(() => display.close());

  describe('passes the conformance suite', () => {
    for (const { name, run } of conformance(sinkClipboard, {})) test(name, run);
  });

  test.each([
    ['both', ['I red it.', 'I read it.']],
    ['draft', ['I red it.', 'I red it.']],
    ['refined', ['before', 'I read it.']],
  ] as const)('with stage %s the clipboard holds what was asked for', async (stage, expected) => {
    const reader = await openDisplay(never);
    await reader.clipboard.put('before');
    const sink = await sinkClipboard.create({ stage }, fakeContext({ pluginId: 'sink-clipboard' }), never);
    const told = dictation();
    await sink.begin(told.info, never);
    const found: (string | undefined)[] = [];
    for (const [cause, text] of [
      ['draft', 'I red it.'],
      ['refined', 'I read it.'],
    ] as const) {
      told.settle(await sink.apply(told.edit('one', cause, text), never));
      found.push(await reader.clipboard.text());
    }
    expect(found).toEqual(expected);
    await sink.close();
    await reader.close();
  });

  test('where no better text will come, the draft is what stage refined asks for', async () => {
    const reader = await openDisplay(never);
    await reader.clipboard.put('before');
    const sink = await sinkClipboard.create({ stage: 'refined' }, fakeContext({ pluginId: 'sink-clipboard' }), never);
    const told = dictation({ hybrid: false });
    await sink.begin(told.info, never);
    told.settle(await sink.apply(told.edit('one', 'draft', 'I red it.'), never));
    expect(await reader.clipboard.text()).toBe('I red it.');
    await sink.close();
    await reader.close();
  });
});
