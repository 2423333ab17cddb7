import { execFile, execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { openDisplay } from '@voiceinput/desktop';
import type { Display } from '@voiceinput/desktop';
import { missingForDisplay, openVirtualDisplay } from '@voiceinput/rig/display';
import type { VirtualDisplay } from '@voiceinput/rig/display';
import { describeUnless } from '@voiceinput/rig/unless';
import { never } from '@voiceinput/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openApplication } from './application.ts';
import type { Application } from './application.ts';

const missing = missingForDisplay();

const XCLIP = 'Install xclip (apt-get).';

/** What somebody copied: a text, a page with a plain form, a picture, and more than one message can carry. */
const copied: readonly (readonly [target: string, data: Buffer])[] = [
  ['UTF8_STRING', Buffer.from('что было скопировано 🎉\n')],
  ['text/html', Buffer.from('<meta charset="utf-8"><b>what</b> was copied')],
  ['image/png', Buffer.from('89504e470d0a1a0a0000000d494844520001fe00ff0a00', 'hex')],
  ['application/x-large', Buffer.from(Array.from({ length: 600_000 }, (_, index) => (index * 7 + 13) % 256))],
];

describeUnless(missing)('the clipboard', () => {
  let server: VirtualDisplay;
  let ours: Display;
  /** Where the user is: whoever pastes. */
  let editor: Application;
  const opened: Application[] = [];

  beforeAll(async () => {
    server = await openVirtualDisplay();
    process.env['DISPLAY'] = server.name;
    ours = await openDisplay(never);
    editor = await openApplication();
  });
  afterEach(async () => {
    for (const application of opened.splice(0)) await application.close();
  });
  afterAll(async () => {
    await editor.close();
    await ours.close();
    await server.close();
  });

  async function application(): Promise<Application> {
    const made = await openApplication();
    opened.push(made);
    return made;
  }

  /** Lends `dictated` to the editor, which pastes it. */
  async function lendToEditor(): Promise<{ readonly lent: string; readonly pasted: string | undefined }> {
    let pasted: string | undefined;
    const lent = await ours.clipboard.lend(
      {
        text: 'dictated',
        windowId: editor.windowId,
        async paste() {
          pasted = await editor.paste();
          return true;
        },
      },
      never,
    );
    return { lent, pasted };
  }

  for (const [target, data] of copied)
    test(`comes back byte for byte after a paste: ${target}`, async ({ skip }) => {
      if (!copyWithXclip(target, data)) skip(XCLIP);
      await isCopied(target, data);
      expect(await lendToEditor()).toEqual({ lent: 'taken', pasted: 'dictated' });
      expect((await pasteWithXclip(target)).equals(data)).toBe(true);
    });

  test('is lent to programs of Qt 5, which answer to others than those of GTK', async () => {
    const qt = await openApplication('qt5');
    opened.push(qt);
    let pasted: string | undefined;
    const paste = async (): Promise<boolean> => (pasted = await qt.paste()) !== undefined;
    expect(await ours.clipboard.lend({ text: 'dictated', windowId: qt.windowId, paste }, never)).toBe('taken');
    expect(pasted).toBe('dictated');
  });

  test('comes back, and so does what was selected', async ({ skip }) => {
    if (!copyWithXclip('UTF8_STRING', Buffer.from('copied'))) skip(XCLIP);
    copyWithXclip('UTF8_STRING', Buffer.from('selected'), 'primary');
    await isCopied('UTF8_STRING', Buffer.from('copied'));
    await isCopied('UTF8_STRING', Buffer.from('selected'), 'primary');
    expect(await lendToEditor()).toEqual({ lent: 'taken', pasted: 'dictated' });
    expect(String(await pasteWithXclip('UTF8_STRING'))).toBe('copied');
    expect(String(await pasteWithXclip('UTF8_STRING', 'primary'))).toBe('selected');
  });

  test('is not lent while its owner hangs: nobody could give it back', async () => {
    const hanging = await application();
    await hanging.copyAndHang();
    expect(await lendToEditor()).toEqual({ lent: 'unreadable', pasted: undefined });
    expect(await hanging.isHangingOwner()).toBe(true);
  });

  test('is not taken by a clipboard manager that looks at it, only by whoever pastes', async () => {
    const user = await application();
    await user.copy('old');
    const manager = await application();
    const looking = manager.lookAtAll();
    const lent = await ours.clipboard.lend(
      {
        text: 'dictated',
        windowId: editor.windowId,
        async paste() {
          await expect.poll(() => manager.seen).toContain('dictated');
          return true;
        },
      },
      never,
    );
    expect(lent).toBe('untaken');
    expect(await lendToEditor()).toEqual({ lent: 'taken', pasted: 'dictated' });
    expect(await editor.paste()).toBe('old');
    looking.abort();
  });

  test('comes back from a manager that takes every new selection over', async () => {
    const user = await application();
    await user.copy('old');
    const manager = await application();
    const taking = manager.takeAllOver();
    await expect.poll(() => manager.seen).toContain('old');
    const lent = await ours.clipboard.lend(
      {
        text: 'dictated',
        windowId: editor.windowId,
        async paste() {
          await expect.poll(() => manager.seen).toContain('dictated');
          expect(await editor.paste()).toBe('dictated');
          return true;
        },
      },
      never,
    );
    expect(lent).toBe('unseen');
    await expect.poll(() => editor.paste()).toBe('old');
    taking.abort();
  });

  test('asks managers not to keep what was dictated', async () => {
    let hint: string | undefined;
    await ours.clipboard.lend(
      {
        text: 'dictated',
        windowId: editor.windowId,
        async paste() {
          hint = await editor.paste('x-kde-passwordManagerHint');
          return true;
        },
      },
      never,
    );
    expect(hint).toBe('secret');
  });

  test('is left alone when somebody copied something meanwhile, and nobody pasted', async () => {
    const user = await application();
    await user.copy('old');
    const lent = await ours.clipboard.lend(
      {
        text: 'dictated',
        windowId: editor.windowId,
        async paste() {
          await user.copy('new');
          return true;
        },
      },
      never,
    );
    expect(lent).toBe('untaken');
    expect(await editor.paste()).toBe('new');
  });

  test('is given back when the paste fails', async () => {
    const user = await application();
    await user.copy('old');
    const paste = (): Promise<boolean> => Promise.reject(new Error('called off'));
    const lent = ours.clipboard.lend({ text: 'dictated', windowId: editor.windowId, paste }, never);
    await expect(lent).rejects.toThrow('called off');
    expect(await editor.paste()).toBe('old');
  });

  describe('when the application stands still', () => {
    const keysOut = async (): Promise<boolean> => true;
    const lendNow = (text: string, paste = keysOut, by = never) =>
      ours.clipboard.lend({ text, windowId: editor.windowId, paste }, by);

    test.each([1_500, 3_500])(
      'after the keys, for %i ms: it gets the loan, all others what was there, and nothing is pasted meanwhile',
      async (forMs) => {
        const user = await application();
        const other = await application();
        await user.copy('a password');
        const lent = lendNow('dictated', async () => {
          editor.standStill();
          return true;
        });
        await sleep(1_300);
        expect(await other.paste()).toBe('a password');
        const second = lendNow('and more', async () => (await editor.paste()) === 'and more');
        await sleep(forMs - 1_300);
        // Its own queue has our key before the question.
        expect(await editor.paste()).toBe('dictated');
        editor.goOn();
        expect(await lent).toBe('taken');
        expect(await second).toBe('taken');
        expect(await editor.paste()).toBe('a password');
        expect(await other.paste()).toBe('a password');
      },
    );

    test('before the keys, it is waited for, and none goes out before it answers', async () => {
      const user = await application();
      await user.copy('a password');
      editor.standStill();
      let isOut = false;
      const lent = lendNow('dictated', async () => {
        isOut = true;
        return (await editor.paste()) === 'dictated';
      });
      await sleep(700);
      expect({ isOut, copied: await editor.paste() }).toEqual({ isOut: false, copied: 'a password' });
      editor.goOn();
      expect(await lent).toBe('taken');
      expect(await editor.paste()).toBe('a password');
    });

    test('whoever calls the paste off is told at once that it is open', async () => {
      const user = await application();
      await user.copy('a password');
      const calling = new AbortController();
      editor.standStill();
      const early = lendNow('never', keysOut, AbortSignal.abort());
      await expect(early).rejects.toThrow();
      editor.goOn();
      const lent = lendNow(
        'dictated',
        async () => {
          editor.standStill();
          calling.abort();
          return true;
        },
        calling.signal,
      );
      expect(await lent).toBe('open');
      expect(await editor.paste()).toBe('dictated');
      editor.goOn();
      await expect.poll(() => editor.paste()).toBe('a password');
    });
  });

  test('is not read, so not lent, while it holds a secret', async () => {
    const manager = await application();
    await manager.copySecret('hunter2');
    expect(await lendToEditor()).toEqual({ lent: 'unreadable', pasted: undefined });
    expect(await ours.clipboard.text()).toBeUndefined();
  });

  test('that was empty is empty again', async () => {
    const empty = await openVirtualDisplay();
    process.env['DISPLAY'] = empty.name;
    const display = await openDisplay(never);
    const pasting = await openApplication();
    process.env['DISPLAY'] = server.name;
    const paste = async (): Promise<boolean> => (await pasting.paste()) === 'dictated';
    expect(await display.clipboard.lend({ text: 'dictated', windowId: pasting.windowId, paste }, never)).toBe('taken');
    expect(await pasting.paste()).toBeUndefined();
    await pasting.close();
    await display.close();
    await empty.close();
  });
});

/** False where there is no xclip. */
function copyWithXclip(target: string, data: Buffer, selection = 'clipboard'): boolean {
  try {
    execFileSync('xclip', ['-selection', selection, '-t', target, '-i'], {
      input: data,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return false;
  }
}

/** xclip takes the selection after it has gone to the background. */
async function isCopied(target: string, data: Buffer, selection = 'clipboard'): Promise<void> {
  await expect.poll(async () => (await pasteWithXclip(target, selection)).equals(data)).toBe(true);
}

/** Not in a blocking way: this process serves what is asked for. */
async function pasteWithXclip(target: string, selection = 'clipboard'): Promise<Buffer> {
  const { stdout } = await promisify(execFile)('xclip', ['-selection', selection, '-t', target, '-o'], {
    encoding: 'buffer',
    maxBuffer: 10_000_000,
    timeout: 60_000,
  });
  return stdout;
}
