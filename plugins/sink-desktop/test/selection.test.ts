import { afterAll, beforeAll, expect } from 'vitest';
import type { Edit, Outcome } from '@voiceinput/plugin-api';
import { dictation, fakeContext } from '@voiceinput/testkit';
import plugin from '@voiceinput/sink-desktop';
import type { DesktopSink } from '@voiceinput/sink-desktop';
import { Key, missingForDesk, openDesk } from '@voiceinput/rig/desk';
import type { Desk } from '@voiceinput/rig/desk';
import { describeUnless, testUnless } from '@voiceinput/rig/unless';
import { openAccessibility } from '../src/accessibility/accessibility.ts';
import type { Accessibility } from '../src/accessibility/accessibility.ts';
import { fieldOf } from './desk/fields.ts';

const signal = new AbortController().signal;
const VERIFIED: Outcome = { kind: 'applied', proof: 'verified' };

const missing = missingForDesk();
if (missing !== undefined) console.log(`skipped: ${missing}`);

const programs = [
  [['mousepad'], 'mousepad'],
  [['zenity', '--entry'], 'zenity'],
  [['featherpad'], 'featherpad'],
  [['gnome-text-editor', '-s'], 'text-editor'],
] as const;

describeUnless(missing)('what is selected when a dictation begins', () => {
  let desk: Desk;
  let sink: DesktopSink;
  let reader: Accessibility;
  beforeAll(async () => {
    desk = await openDesk();
    sink = (await plugin.create({}, fakeContext({ pluginId: plugin.id }), signal)) as DesktopSink;
    reader = (await openAccessibility(signal))!;
  });
  afterAll(async () => {
    await sink?.close();
    reader?.close();
    await desk?.close();
  });

  for (const [command, windowClass] of programs)
    testUnless(missingForDesk(command[0]))(`is replaced in ${command[0]}, and comes back`, () =>
      tryIn(command, windowClass),
    );

  async function tryIn(command: readonly string[], windowClass: string): Promise<void> {
    const program = await desk.open(command, windowClass);
    const field = await fieldOf(program, reader);
    const { user } = desk;
    const read = () => field.text(0, -1);
    const selectedLength = async (): Promise<number> => {
      const { start, end } = (await field.selection()) ?? { start: 0, end: 0 };
      return Math.abs(end - start);
    };

    async function selected(session: string) {
      await user.key(Key.a, Key.control);
      await user.key(Key.backspace);
      await user.type('00 wrong 99');
      for (let count = 0; count < 3; count += 1) await user.key(Key.left);
      for (let count = 0; count < 5; count += 1) await user.key(Key.left, Key.shift);
      await expect.poll(selectedLength).toBe('wrong'.length);
      const told = dictation({ sessionId: `${windowClass}-${session}` });
      const beginning = await sink.begin(told.info, signal);
      expect(beginning.surroundings).toEqual({ before: '00 ', after: ' 99' });
      const say = async (cause: Edit['cause'], text: string, segment = 'one'): Promise<Outcome> => {
        const outcome = await sink.apply(told.edit(segment, cause, text), signal);
        told.settle(outcome);
        return outcome;
      };
      return { told, say };
    }

    const { told, say } = await selected('typing');
    await sink.pin!(told.info.sessionId, signal);
    expect(await say('draft', 'ryght')).toEqual(VERIFIED);
    expect(await read()).toBe('00 ryght 99');
    await user.type('!');
    await expect.poll(read).toBe('00 ryght! 99');
    expect(await say('refined', 'right 🎉')).toEqual(VERIFIED);
    expect(await say('draft', 'away', 'two')).toEqual(VERIFIED);
    expect(await read()).toBe('00 right 🎉 away! 99');
    expect(await say('undo', '', 'two')).toEqual(VERIFIED);
    expect(await say('undo', 'ryght')).toEqual(VERIFIED);
    expect(await say('undo', '')).toEqual(VERIFIED);
    expect(await read()).toBe('00 wrong! 99');
    // As a user who wants it all the same.
    expect(await say('refined', 'right')).toEqual(VERIFIED);
    expect(await read()).toBe('00 right! 99');

    const other = await selected('replaced by a key');
    await user.type('mine');
    await expect.poll(read).toBe('00 mine 99');
    expect(await other.say('draft', 'yours')).toEqual(VERIFIED);
    expect(await read()).toBe('00 mineyours 99');
    await program.close();
  }
});
