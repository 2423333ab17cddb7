import { execFile, execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { openDisplay, openEscape, watchKeyOrButton } from '@voiceinput/desktop';
import type { Display, InputEvent, Trigger } from '@voiceinput/desktop';
import { missingForDisplay, openVirtualDisplay } from '@voiceinput/rig/display';
import type { VirtualDisplay } from '@voiceinput/rig/display';
import { missingPrograms } from '@voiceinput/rig/programs';
import { describeUnless } from '@voiceinput/rig/unless';
import { never } from '@voiceinput/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';

const missing = missingForDisplay() ?? missingPrograms('xterm', 'xdotool');

/** A terminal that gets every key, and the clicks of the mouse. */
const REPORTING = `stty raw -echo; printf '\\033[?1000h'; : > "$0"; exec cat > "$0"`;
/** What a click begins with. */
const CLICK = '\u001b[M';

/** Longer than a keyboard waits until it repeats a key. */
const LONG_MS = 1_200;

describeUnless(missing)('a key that triggers', () => {
  const folder = mkdtempSync(join(tmpdir(), 'voiceinput-trigger-'));
  const typed = join(folder, 'typed');
  let server: VirtualDisplay;
  let terminal: ChildProcess;
  let ours: Display;
  let other: Display;
  let told: string[];
  let trigger: Trigger;

  beforeAll(async () => {
    server = await openVirtualDisplay();
    process.env['DISPLAY'] = server.name;
    ours = await openDisplay(never);
    other = await openDisplay(never);
    // Without a window manager keys go to where the pointer is: in the middle.
    const args = ['-geometry', '200x60+0+0', '-e', 'sh', '-c', REPORTING, typed];
    terminal = spawn('xterm', args, { stdio: 'ignore' });
    while (!existsSync(typed)) await sleep(50);
    await sleep(300);
  });
  afterAll(async () => {
    terminal.kill('SIGKILL');
    await other.close();
    await ours.close();
    await server.close();
    rmSync(folder, { recursive: true });
  });

  beforeEach(async () => {
    told = [];
    await marked();
  });
  afterEach(() => trigger.close());

  const xdotool = (...args: string[]) => promisify(execFile)('xdotool', args);
  const watch = async (key: string, input = ours.input): Promise<Trigger> =>
    watchKeyOrButton(key, {
      input,
      keyboard: ours.keyboard,
      keptKeys: ours.keptKeys,
      keptButtons: ours.keptButtons,
      pressed: () => told.push('pressed'),
      released: () => told.push('released'),
      usedAsModifier: () => told.push('used'),
      escaped: () => told.push('escaped'),
    });

  let marks = 0;
  let before = '';
  /** What the terminal got since the last mark. A mark is typed, and is last: so all before it has come. */
  async function marked(): Promise<string> {
    marks += 1;
    const mark = `<${marks}>`;
    await xdotool('type', '--delay', '15', mark);
    await expect.poll(() => readFileSync(typed, 'utf8')).toContain(mark);
    const all = readFileSync(typed, 'utf8');
    const got = all.slice(before.length, -mark.length);
    before = all;
    return got;
  }

  test.each(['F9', 'Pause', 'Scroll_Lock', 'Menu', 'Insert'])('%s does not reach the window', async (key) => {
    trigger = await watch(key);
    await xdotool('key', key);
    expect(await marked()).toBe('');
    expect(told).toEqual(['pressed', 'released']);
    expect(trigger.trouble).toBeUndefined();
  });

  test('and is let go before this process has taken notice: its release is heard all the same', async () => {
    const missed: number[] = [];
    trigger = await watch('F9', { ...ours.input, missed: (code) => missed.push(code) });
    // Nothing else happens in this process until both have gone through the display.
    execFileSync('xdotool', ['key', 'F9']);
    await marked();
    expect(told).toEqual(['pressed', 'released']);
    expect(missed).toEqual([]);
  });

  test('and is held: what is typed meanwhile arrives, and the key is not repeated', async () => {
    trigger = await watch('F9');
    await xdotool('keydown', 'F9');
    await xdotool('type', '--delay', '15', 'first words of a letter');
    await sleep(LONG_MS);
    await xdotool('type', '--delay', '15', ' and last');
    await xdotool('keyup', 'F9');
    expect(await marked()).toBe('first words of a letter and last');
    expect(told).toEqual(['pressed', 'released']);
  });

  test('a held letter is repeated in the window: the test above could fail', async () => {
    trigger = await watch('F9');
    await xdotool('keydown', 'a');
    await sleep(LONG_MS);
    await xdotool('keyup', 'a');
    expect(await marked()).toMatch(/^aa+$/);
  });

  test('and is let go unheard: it is released all the same, and its next press is no repetition', async () => {
    const missed: number[] = [];
    const input: Display['input'] = {
      // The release is never heard.
      watch: (listener) => ours.input.watch((event) => event.down && listener(event)),
      missed: (code) => missed.push(code),
    };
    trigger = await watch('F9', input);
    await xdotool('key', 'F9');
    await expect.poll(() => told).toEqual(['pressed', 'released']);
    expect(missed).toHaveLength(1);

    const events: InputEvent[] = [];
    const end = ours.input.watch((event) => events.push(event));
    const repeated = (): boolean[] => events.map((event) => event.repeated);
    for (const _time of [1, 2]) await xdotool('keydown', 'a');
    await expect.poll(repeated).toEqual([false, true]);
    ours.input.missed(events[0]!.code);
    await xdotool('keydown', 'a');
    await expect.poll(repeated).toEqual([false, true, false]);
    await xdotool('keyup', 'a');
    end();
    await marked();
  });

  test('Escape reaches the window but while it is kept, and is given back when it is let go', async () => {
    trigger = await watch('F9');
    const escape = openEscape(ours);
    await xdotool('key', 'Escape');
    expect(await marked()).toBe('\u001b');
    escape.keep(true);
    await other.keyboard.down();
    await xdotool('keydown', 'Escape');
    await expect.poll(() => told).toEqual(['escaped', 'escaped']);
    escape.keep(false);
    await sleep(LONG_MS);
    await xdotool('keyup', 'Escape');
    expect(await marked()).toBe('');
    await xdotool('key', 'Escape');
    expect(await marked()).toBe('\u001b');
    await escape.close();
  });

  test.each([['Caps_Lock'], ['Num_Lock'], ['Caps_Lock', 'Num_Lock']])('with %s on', async (...locks) => {
    trigger = await watch('F9');
    for (const lock of locks) await xdotool('key', lock);
    await xdotool('key', 'F9');
    for (const lock of locks) await xdotool('key', lock);
    expect(await marked()).toBe('');
    expect(told).toEqual(['pressed', 'released']);
  });

  test('a modifier with a key is a shortcut, also where another program sends both; what we type meanwhile is none', async () => {
    trigger = await watch('Control_R');
    await xdotool('keydown', 'Control_R', 'key', 'Right', 'keyup', 'Control_R');
    await marked();
    expect(told).toEqual(['pressed', 'used']);
    told = [];
    await xdotool('keydown', 'Control_R');
    for (const display of [ours, other])
      await display.keyboard.send([{ key: 'Left', times: 3 }, { text: 'ab' }], never);
    await xdotool('keyup', 'Control_R');
    await marked();
    expect(told).toEqual(['pressed', 'released']);
  });

  test('with a modifier it is a shortcut of the window, and no trigger', async () => {
    trigger = await watch('F9');
    await xdotool('key', 'ctrl+F9');
    expect(await marked()).toBe('\u001b[20;5~');
    expect(told).toEqual([]);
  });

  test.each(['Control+F9', 'Control+Alt+d', 'ctrl+Space', 'Super+Shift+2'])(
    '%s does not reach the window',
    async (name) => {
      trigger = await watch(name);
      await xdotool('key', name.replace('ctrl', 'Control').replace('Space', 'space'));
      expect(await marked()).toBe('');
      expect(told).toEqual(['pressed', 'released']);
      expect(trigger.trouble).toBeUndefined();
    },
  );

  test('with more modifiers than its own, or fewer, it is the window’s', async () => {
    trigger = await watch('Control+d');
    await xdotool('key', 'd');
    expect(await marked()).toBe('d');
    await xdotool('key', 'ctrl+alt+d');
    expect(await marked()).not.toBe('');
    expect(told).toEqual([]);
  });

  test('whose modifiers are let go first is neither repeated in the window nor released', async () => {
    trigger = await watch('Control+Alt+d');
    for (const key of ['Control_L', 'Alt_L', 'd']) await xdotool('keydown', key);
    for (const key of ['Alt_L', 'Control_L']) {
      await xdotool('keyup', key);
      await sleep(LONG_MS);
    }
    expect(told).toEqual(['pressed']);
    await xdotool('keyup', 'd');
    await xdotool('key', 'd');
    expect(await marked()).toBe('d');
    expect(told).toEqual(['pressed', 'released']);
  });

  test('beside the same key alone, both work', async () => {
    const alone = await watch('F9');
    trigger = await watch('Control+F9');
    await xdotool('keydown', 'Control_L');
    await xdotool('keydown', 'F9');
    await xdotool('keyup', 'Control_L');
    await xdotool('keyup', 'F9');
    await xdotool('key', 'F9');
    expect(await marked()).toBe('');
    expect(told).toEqual(['pressed', 'released', 'pressed', 'released']);
    await alone.close();
  });

  test.each(['Print', 'KP_Enter', 'Henkan', 'Control+comma'])('may be %s, as X11 names it', async (name) => {
    trigger = await watch(name);
    const keys = name.split('+').map((part) => (part === 'Control' ? 'Control_L' : part));
    for (const key of keys) await xdotool('keydown', key);
    for (const key of keys.toReversed()) await xdotool('keyup', key);
    expect(await marked()).toBe('');
    expect(told).toEqual(['pressed', 'released']);
  });

  /** What is taken where nothing near was meant. */
  const SOME = /Control_R.*Control\+Alt\+J/;
  test.each([
    ['Controll_R', /Unknown key "Controll_R"/, /^Did you mean Control_R\?$/],
    ['Contrl+Alt+J', /Unknown key "Contrl"/, /^Did you mean Control\?$/],
    ['Fn+d', /Unknown key "Fn"/, SOME],
    ['d', /would be typed/, SOME],
    ['twosuperior', /would be typed/, SOME],
    ['Shift+dead_circumflex', /would be typed/, SOME],
    ['KP_5', /would be typed/, SOME],
    ['Shift+Space', /would be typed/, SOME],
    ['Control+Alt_R', /only modifiers/, SOME],
    ['', /Unknown key ""/, SOME],
  ])('%j is no key, and why', async (name, message, hint) => {
    trigger = await watch('F9');
    await expect(watch(name)).rejects.toMatchObject({
      code: 'ERR_DESKTOP',
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    });
  });

  test('goes to the window again when nobody waits for it any more', async () => {
    trigger = await watch('F9');
    await trigger.close();
    await xdotool('key', 'F9');
    expect(await marked()).toBe('\u001b[20~');
    expect(told).toEqual([]);
  });

  test('that another program keeps works and says so; when that one has gone, it is ours', async () => {
    const { keymap } = other.keyboard;
    const chord = { keycodes: keymap.keycodesOf(0xffc6), modifiers: new Set<never>() };
    expect(await other.keptKeys.keep(chord)).toBe(true);
    trigger = await watch('F9');
    expect(trigger.trouble).toMatchObject({ code: 'ERR_DESKTOP', message: expect.stringContaining('F9') });
    await xdotool('key', 'F9');
    expect(told).toEqual(['pressed', 'released']);

    await other.keptKeys.giveBack();
    await xdotool('key', 'F9');
    await expect.poll(() => trigger.trouble).toBeUndefined();
    expect(await marked()).toBe('\u001b[20~');
    await xdotool('key', 'F9');
    expect(await marked()).toBe('');
    expect(told).toHaveLength(6);
  });

  test('that another program keeps until it ends is ours at the next try, though the first one is not answered yet', async () => {
    const chord = { keycodes: ours.keyboard.keymap.keycodesOf(0xffc6), modifiers: new Set<never>() };
    trigger = await watch('F8');
    const holder = await holderOf(chord.keycodes);
    const first = ours.keptKeys.keep(chord);
    // Nothing else happens in this process until the display has answered, and the other program has gone.
    execFileSync('xdotool', ['key', 'F7']);
    holder.kill('SIGKILL');
    execFileSync('sh', ['-c', `until grep -q ') Z' /proc/${holder.pid}/stat; do :; done; xdotool key F7`]);
    const second = ours.keptKeys.keep(chord);
    expect(await Promise.all([first, second])).toEqual([false, true]);
    await ours.keptKeys.giveBack(chord);
    await marked();
  });

  test('a button of the mouse is a key too, and no window gets it until it is given back', async () => {
    await xdotool('mousemove', '200', '200');
    trigger = await watch('Mouse2');
    await xdotool('mousedown', '2', 'mouseup', '2', 'key', 'Escape', 'mousedown', '2', 'mouseup', '2');
    expect(await marked()).toBe('\u001b');
    await expect.poll(() => told).toEqual(['pressed', 'released', 'escaped', 'pressed', 'released']);
    expect(trigger.trouble).toBeUndefined();
    await trigger.close();
    await xdotool('click', '2');
    expect(await marked()).toContain(CLICK);
    expect(told).toHaveLength(5);
  });

  test('a button that another program has triggers all the same, and that is said', async () => {
    expect(await other.keptButtons.keep(9)).toBe(true);
    trigger = await watch('Mouse9');
    expect(trigger.trouble?.message).toMatch(/Another program uses the key Mouse9 too/);
    await xdotool('click', '9');
    await expect.poll(() => told).toEqual(['pressed', 'released']);
    await other.keptButtons.giveBack(9);
  });

  test.each(['Mouse1', 'Mouse3', 'mouse5', 'Mouse99'])(
    '%s is none of them: windows need it, or it is not there',
    (name) =>
      expect(watch(name)).rejects.toMatchObject({ code: 'ERR_DESKTOP', hint: expect.stringContaining('Mouse8') }),
  );

  test('whoever else in this process watches keys knows that no window got it', async () => {
    trigger = await watch('F9');
    const events: InputEvent[] = [];
    const end = other.input.watch((event) => events.push(event));
    await xdotool('key', 'F9', 'b');
    await marked();
    end();
    expect(events.slice(0, 4).map(({ kept }) => kept)).toEqual([true, true, false, false]);
  });

  test('with modifiers: neither that nor the key alone is confused', async () => {
    trigger = await watch('Control+d');
    const kept: boolean[] = [];
    const [d] = ours.keyboard.keymap.keycodesOf('d'.codePointAt(0)!);
    const end = other.input.watch((event) => event.code === d && event.down && kept.push(event.kept));
    await xdotool('key', 'd', 'ctrl+d', 'd');
    await marked();
    end();
    expect(kept).toEqual([false, true, false]);
  });
});

/** A program of its own that keeps these keys. */
async function holderOf(keycodes: readonly number[]): Promise<ChildProcess> {
  const script = `
    const { openDisplay } = await import(${JSON.stringify(import.meta.resolve('@voiceinput/desktop'))});
    const { keptKeys } = await openDisplay(new AbortController().signal);
    console.log(await keptKeys.keep({ keycodes: ${JSON.stringify(keycodes)}, modifiers: new Set() }));`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script]);
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  expect(said.toString().trim()).toBe('true');
  return child;
}
