import { afterAll, beforeAll, expect, test } from 'vitest';
import { missingForSway, openSway } from '@voiceinput/rig/sway';
import type { Sway, SwayProgram } from '@voiceinput/rig/sway';
import { describeUnless } from '@voiceinput/rig/unless';
import { openWaylandInput } from '../../src/wayland/index.ts';

const missing = missingForSway('foot');
if (missing !== undefined) console.log(`skipped: ${missing}`);

describeUnless(missing)('an input method of sway', () => {
  let desk: Sway;
  let program: SwayProgram;
  beforeAll(async () => {
    desk = await openSway();
    program = await desk.open(['foot', 'cat'], 'foot');
  });
  afterAll(() => desk?.close());

  test('is one program at a time: the user’s own keeps it, and has it again as soon as it is given back', async () => {
    const [theirs, ours] = [(await openWaylandInput())!, (await openWaylandInput())!];
    expect(await theirs.take()).toMatchObject({ isTerminal: true, isSecret: false });
    expect(await ours.take()).toBeUndefined();
    expect(ours.insert('text')).toBe(false);
    theirs.give();
    // Two connections: which is heard first is not known.
    await expect.poll(() => ours.take()).toMatchObject({ isTerminal: true });
    ours.give();
    await expect.poll(() => theirs.take()).toMatchObject({ isTerminal: true });
    for (const one of [theirs, ours]) one.close();
  });

  test('waits for a program that is too busy to answer at once', async () => {
    const input = (await openWaylandInput())!;
    process.kill(program.pid, 'SIGSTOP');
    setTimeout(() => process.kill(program.pid, 'SIGCONT'), 800);
    expect(await input.take()).toMatchObject({ isTerminal: true });
    input.close();
  });

  test('is free again when its program ends', async () => {
    const first = (await openWaylandInput())!;
    await first.take();
    first.close();
    expect(first.client).toBeUndefined();
    const second = (await openWaylandInput())!;
    await expect.poll(() => second.take()).toMatchObject({ isTerminal: true });
    second.close();
  });
});

test('there is none without a compositor', async () => {
  const before = process.env['WAYLAND_DISPLAY'];
  process.env['WAYLAND_DISPLAY'] = '/nowhere/wayland-9';
  expect(await openWaylandInput()).toBeUndefined();
  if (before === undefined) delete process.env['WAYLAND_DISPLAY'];
  else process.env['WAYLAND_DISPLAY'] = before;
});
