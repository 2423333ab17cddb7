import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBus } from '@voiceinput/desktop/bus';
import type { Outcome, Sink } from '@voiceinput/plugin-api';
import { dictation, fakeContext } from '@voiceinput/testkit';
import plugin from '@voiceinput/sink-desktop';
import { Key, missingForDesk, openDesk } from '@voiceinput/rig/desk';
import type { Desk } from '@voiceinput/rig/desk';
import { describeUnless } from '@voiceinput/rig/unless';

const signal = new AbortController().signal;
const missing = missingForDesk('mousepad', 'xterm');
if (missing !== undefined) console.log(`skipped: when accessibility goes away. ${missing}`);

describeUnless(missing)('when accessibility goes away', () => {
  let desk: Desk;
  let sink: Sink;
  beforeAll(async () => {
    desk = await openDesk();
    sink = await plugin.create({}, fakeContext({ pluginId: plugin.id }), signal);
  });
  afterAll(async () => {
    await sink?.close();
    await desk?.close();
  });

  async function insert(sessionId: string, text: string): Promise<Outcome> {
    const told = dictation({ sessionId });
    await sink.begin(told.info, signal);
    return sink.apply(told.edit('one', 'draft', text), signal);
  }

  /** Its launcher, and the bus that it started. */
  async function killAccessibility(): Promise<void> {
    const session = await openBus({ answerMs: 5_000 });
    const [pid] = await session.call({
      destination: 'org.freedesktop.DBus',
      path: '/org/freedesktop/DBus',
      interface: 'org.freedesktop.DBus',
      member: 'GetConnectionUnixProcessID',
      signature: 's',
      body: ['org.a11y.Bus'],
    });
    session.close();
    const children = readFileSync(`/proc/${Number(pid)}/task/${Number(pid)}/children`, 'utf8')
      .trim()
      .split(' ');
    for (const one of [Number(pid), ...children.map(Number)]) process.kill(one, 'SIGKILL');
  }

  test('dictations are pasted, and are verified again when it is back', async () => {
    const editor = await desk.open(['mousepad'], 'mousepad');
    expect(await insert('before', 'One.')).toEqual({ kind: 'applied', proof: 'verified' });
    await editor.close();
    await killAccessibility();
    const said = join(desk.folder, 'said');
    const terminal = await desk.open(['xterm', '-e', 'sh', '-c', `cat > ${said}`], 'xterm');
    expect(await insert('without', 'Two.')).toEqual({ kind: 'applied', proof: 'unverified' });
    await desk.user.key(Key.enter);
    await expect.poll(() => readFileSync(said, 'utf8')).toBe('Two.\n');
    await pause(5_000);
    await insert('asks for it again', 'x');
    await terminal.close();
    const after = await desk.open(['mousepad'], 'mousepad');
    expect(await insert('after', 'Three.')).toEqual({ kind: 'applied', proof: 'verified' });
    await after.close();
  });
});
