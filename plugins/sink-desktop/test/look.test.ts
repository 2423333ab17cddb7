import { afterAll, beforeAll, expect, test } from 'vitest';
import { fakeContext } from '@voiceinput/testkit';
import plugin from '@voiceinput/sink-desktop';
import type { DesktopOptions, DesktopSink } from '@voiceinput/sink-desktop';
import { missingForDesk, openDesk } from '@voiceinput/rig/desk';
import type { Desk } from '@voiceinput/rig/desk';
import { describeUnless } from '@voiceinput/rig/unless';

const signal = new AbortController().signal;

const missing = missingForDesk('mousepad', 'xterm');
if (missing !== undefined) console.log(`skipped: ${missing}`);

describeUnless(missing)('how far a better text goes where the focus is, and why, is said', () => {
  let desk: Desk;
  beforeAll(async () => (desk = await openDesk()));
  afterAll(() => desk?.close());

  async function look(options: DesktopOptions) {
    const sink = (await plugin.create(options, fakeContext({ pluginId: plugin.id }), signal)) as DesktopSink;
    try {
      return await sink.look!(signal);
    } finally {
      await sink.close();
    }
  }

  test('nowhere', async () => expect(await look({})).toBeUndefined());

  test('in a field that accessibility serves, and where the user decided otherwise', async () => {
    const editor = await desk.open(['mousepad'], 'mousepad');
    const app = 'Mousepad';
    expect(await look({})).toMatchObject({ app, tier: 'verified', reason: expect.stringMatching(/Accessibility/) });
    const offered = await look({ apps: { mousepad: { tier: 'offered' } } });
    expect(offered).toMatchObject({
      app,
      tier: 'offered',
      reason: expect.stringMatching(/settings.*"tier": "offered"/),
    });
    const pasted = await look({ apps: { mousepad: { insert: 'paste' } } });
    expect(pasted).toMatchObject({ app, tier: 'offered', reason: expect.stringMatching(/"insert": "paste"/) });
    await editor.close();
  });

  test('in a terminal', async () => {
    const terminal = await desk.open(['xterm'], 'xterm');
    expect(await look({})).toMatchObject({ tier: 'offered', reason: expect.stringMatching(/terminal/) });
    await terminal.close();
  });
});
