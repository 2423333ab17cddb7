import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Edit } from '@voiceinput/plugin-api';
import { dictation, fakeContext } from '@voiceinput/testkit';
import plugin from '@voiceinput/sink-desktop';
import type { DesktopSink } from '@voiceinput/sink-desktop';
import { Key, missingForSway, openSway } from '@voiceinput/rig/sway';
import type { Sway, SwayProgram } from '@voiceinput/rig/sway';
import { describeUnless } from '@voiceinput/rig/unless';

const signal = new AbortController().signal;

const TAB = 0xff09;
/** More than one request of the protocol holds, and less than a line of a terminal. */
const LONG = 'слово '.repeat(300).trim();
const FLAGS = ['--no-sandbox', '--ozone-platform=wayland', '--no-first-run', '--disable-gpu'];
const PAGE = `<!doctype html><meta charset="utf-8"><title>opening</title><textarea autofocus></textarea><input type="password">
  <script>const text = document.querySelector('textarea');
  text.oninput = () => { document.title = 'text:' + text.value.slice(LONG.length) + '|'; };
  const LONG = ${JSON.stringify(`${LONG} `.repeat(3))}; text.value = LONG; text.setSelectionRange(LONG.length, LONG.length);
  // Before it has the focus, keys are not its own.
  const look = () => requestAnimationFrame(() => (document.activeElement === text && document.hasFocus() ? text.oninput() : look()));
  look();</script>`;

const missing = missingForSway('foot', 'mousepad', 'xterm', 'Xwayland');
if (missing !== undefined) console.log(`skipped: ${missing}`);

describeUnless(missing)('on Wayland, where there are windows of X11 too', () => {
  let desk: Sway;
  let sink: DesktopSink;
  beforeAll(async () => {
    desk = await openSway({ xwayland: true });
    sink = (await plugin.create({}, fakeContext({ pluginId: plugin.id }), signal)) as DesktopSink;
  });
  afterAll(async () => {
    await sink?.close();
    await desk?.close();
  });

  /** What the shell in a terminal was given, once its user presses Enter. */
  async function terminal(command: (shell: string) => readonly string[], name: string) {
    const path = desk.file(`${name}.txt`);
    const program = await desk.open(command(`cat > ${path}`), name);
    const entered = async (): Promise<string> => {
      await desk.user.key(Key.enter);
      await expect.poll(() => readFileSync(path, 'utf8')).toMatch(/\n$/);
      return readFileSync(path, 'utf8').trim();
    };
    return { program, entered };
  }

  test('a terminal gets the text once, whole, on one line, and nothing is run', async () => {
    const { program, entered } = await terminal((shell) => ['foot', '-a', 'foot', 'sh', '-c', shell], 'foot');
    expect(await sink.look!(signal)).toEqual({
      app: 'foot',
      tier: 'offered',
      reason: expect.stringMatching(/goes in once, as that of an input method/),
    });
    const told = dictation({ sessionId: 'foot' });
    expect(await sink.begin(told.info, signal)).toEqual({ app: 'foot', surroundings: { field: 'terminal' } });
    await desk.user.type('00 ');
    const outcome = await sink.apply(told.edit('one', 'draft', 'um\n«в кафе» 😀'), signal);
    expect(outcome).toEqual({ kind: 'applied', proof: 'unverified' });
    told.settle(outcome);
    const second = await sink.apply(told.edit('two', 'draft', LONG), signal);
    expect(second).toEqual({ kind: 'applied', proof: 'unverified' });
    told.settle(second);
    const better = await sink.apply(told.edit('one', 'refined', '«В кафе» 😀.'), signal);
    expect(better).toEqual({ kind: 'offered', reason: 'not-readable' });
    await desk.user.type(' ls');
    expect(await entered()).toBe(`00 um «в кафе» 😀 ${LONG} ls`);
    await sink.end(told.result(), signal);
    await program.close();
  });

  test('a window that takes no text gets none, and neither does one that has the focus since', async () => {
    const box = await desk.open(['zenity', '--info', '--text=nothing to write'], 'zenity');
    expect(await sink.look!(signal)).toMatchObject({
      tier: 'offered',
      reason: expect.stringMatching(/no other program/),
    });
    const nowhere = dictation({ sessionId: 'nowhere' });
    await sink.begin(nowhere.info, signal);
    const outcome = await sink.apply(nowhere.edit('one', 'draft', 'Hello there'), signal);
    expect(outcome).toEqual({ kind: 'offered', reason: 'not-reachable' });
    await sink.end(nowhere.result(), signal);
    await box.close();

    const first = await terminal((shell) => ['foot', '-a', 'first', 'sh', '-c', shell], 'first');
    const told = dictation({ sessionId: 'left' });
    await sink.begin(told.info, signal);
    const second = await terminal((shell) => ['foot', '-a', 'second', 'sh', '-c', shell], 'second');
    await expect
      .poll(() => sink.apply(told.edit('one', 'draft', 'Hello there'), signal))
      .toEqual({ kind: 'offered', reason: 'focus-changed' });
    await desk.user.type('a');
    expect(await second.entered()).toBe('a');
    await sink.end(told.result(), signal);
    for (const { program } of [first, second]) await program.close();
  });

  describeUnless(missingForSway('chromium'))('in Chromium', () => {
    test('a draft is mended behind more text than a page tells, taken back when it is over, and a password is known', async () => {
      const page = desk.file('page.html');
      writeFileSync(page, PAGE);
      const profile = join(desk.folder, 'chromium');
      const browser = await desk.open(
        ['chromium', ...FLAGS, `--user-data-dir=${profile}`, `file://${page}`],
        'chromium',
      );
      const title = (): string => /"name": "(?<text>[^"]*) - Chromium"/.exec(desk.message('-t', 'get_tree'))?.[1] ?? '';
      await expect.poll(title).toBe('text:|');
      const told = dictation({ sessionId: 'page' });
      await desk.user.type('00 ');
      await expect.poll(title).toBe('text:00 |');
      await expect.poll(async () => (await sink.look!(signal))?.reason).toMatch(/as which we replace/);
      expect(await sink.begin(told.info, signal)).toMatchObject({
        surroundings: { before: expect.stringMatching(/слово 00 $/) },
      });
      const say = async (cause: Edit['cause'], text: string): Promise<void> => {
        const outcome = await sink.apply(told.edit('one', cause, text), signal);
        expect(outcome).toEqual({ kind: 'applied', proof: 'verified' });
        told.settle(outcome);
      };
      await say('draft', 'Привет there 😀');
      await desk.user.type(' 12');
      await expect.poll(title).toBe('text:00 Привет there 😀 12|');
      await say('refined', 'Hello there «в кафе» 🎉');
      await expect.poll(title).toBe('text:00 Hello there «в кафе» 🎉 12|');
      await sink.end(told.result(), signal);
      await say('undo', '');
      // A title shows one space for two.
      await expect.poll(title).toBe('text:00 12|');
      await desk.user.key(TAB);
      const secret = dictation({ sessionId: 'secret' });
      await expect.poll(() => sink.begin(secret.info, signal)).toMatchObject({ secret: true });
      await sink.end(secret.result(), signal);
      await browser.close();
    });
  });

  test('a draft goes to the window in which its dictation began, whichever has the focus when it comes', async () => {
    const path = desk.file('note.txt');
    const editor = await desk.open(['mousepad', path], 'mousepad');
    const begun = async (sessionId: string) => {
      const told = dictation({ sessionId });
      await expect.poll(async () => (await sink.look!(signal))?.tier).toBe('verified');
      expect(await sink.begin(told.info, signal)).toMatchObject({ app: 'mousepad' });
      return told;
    };
    const told = await begun('away');
    const { program, entered } = await terminal((shell) => ['foot', '-a', 'away', 'sh', '-c', shell], 'away');
    const typing = desk.user.type('elsewhere', () => 40);
    for (const [cause, text] of [
      ['draft', 'helo'],
      ['refined', 'Hello.'],
    ] as const) {
      const outcome = await sink.apply(told.edit('one', cause, text), signal);
      expect(outcome).toEqual({ kind: 'applied', proof: 'verified' });
      told.settle(outcome);
    }
    await typing;
    expect(await entered()).toBe('elsewhere');
    await program.close();
    await editor.activate();
    await saved(editor);
    expect(readFileSync(path, 'utf8').trim()).toBe('Hello.');
    await editor.close();

    async function saved(program: SwayProgram): Promise<void> {
      await program.activate();
      await desk.user.key(0x73, Key.control);
      await expect.poll(() => readFileSync(path, 'utf8')).not.toBe('');
    }
  });

  test('a window of X11 is pasted to as on X11', async () => {
    const { program, entered } = await terminal((shell) => ['xterm', '-e', 'sh', '-c', shell], 'XTerm');
    expect(await sink.look!(signal)).toMatchObject({ app: 'XTerm', tier: 'offered' });
    const told = dictation({ sessionId: 'xterm' });
    await sink.begin(told.info, signal);
    const outcome = await sink.apply(told.edit('one', 'draft', 'Привет there'), signal);
    expect(outcome).toEqual({ kind: 'applied', proof: 'unverified' });
    expect(await entered()).toBe('Привет there');
    await program.close();
  });
});
