// Programs on sway that accessibility does not write to: browsers, and a terminal.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sway } from '@voiceinput/rig/sway';
import { documentWith, pages, readPage, takesKeys } from './pages.ts';
import type { Page } from './pages.ts';
import { shellLine } from './shells.ts';
import { clear, codePoints, everything, keyed, utf16 } from './target.ts';
import type { Target } from './target.ts';

interface Browser {
  readonly name: string;
  readonly toolkit: string;
  readonly appId: string;
  readonly tier: Target['tier'];
  command(url: string, profile: string): readonly string[];
}

const chromium: Browser = {
  name: 'Chromium',
  toolkit: 'Blink',
  appId: 'chromium',
  tier: 'input-method',
  // The page takes all of the window: its middle is where the user clicks.
  command: (url, profile) => [
    'chromium',
    ...'--no-sandbox --no-first-run --disable-gpu --ozone-platform=wayland --kiosk'.split(' '),
    `--user-data-dir=${profile}`,
    url,
  ],
};

const firefox: Browser = {
  name: 'Firefox',
  toolkit: 'Gecko',
  appId: 'firefox-esr',
  tier: 'offered',
  command: (url, profile) => ['firefox-esr', '--no-remote', '--profile', profile, '--kiosk', url],
};

const FROM_EDGE_PX = 50;
/** There what is selected goes with the draft, as with a paste. */
const withoutSelected = everything.filter((mood) => mood !== 'over');

function pageOnSway({ name, shown, changesText, ...content }: Page, browser: Browser, isInCi = false): Target<Sway> {
  const file = name.replaceAll(' ', '-');
  return {
    name: `${browser.name} ${name} on sway`,
    toolkit: browser.toolkit,
    length: utf16,
    tier: browser.tier,
    isInCi,
    needs: browser.command('', '')[0]!,
    moods: withoutSelected,
    ...(shown && { shown }),
    ...(changesText && { changesText }),
    async open({ desk }) {
      const path = desk.file(`${file}.html`);
      writeFileSync(path, documentWith(content));
      const profile = join(desk.folder, `${browser.appId}-${file}`);
      // Firefox does not make it itself.
      mkdirSync(profile, { recursive: true, mode: 0o777 });
      desk.own(profile);
      const program = await desk.open(browser.command(`file://${path}`, profile), browser.appId);
      const { x, y, width, height } = program.area;
      const middle = Math.round(y + height / 2);
      await takesKeys(desk.user, () => program.title(), [x + width - FROM_EDGE_PX, middle]);
      return {
        program,
        read: () => readPage(() => program.title()),
        clear: () => clear(desk),
        clickBehind: () => desk.user.click(x + width - FROM_EDGE_PX, middle),
      };
    },
  };
}

/** Its line is high, so that a click into the middle of the page meets it. */
const input: Page = {
  name: 'input',
  field:
    '<input id="field" style="position: fixed; inset: 0; width: 100%; height: 100%; box-sizing: border-box; font: 30px sans-serif" autocomplete="off">',
};

const foot: Target<Sway> = {
  name: 'foot with bash on sway',
  toolkit: 'foot',
  length: codePoints,
  tier: 'offered',
  isInCi: false,
  needs: 'foot',
  // It tells nothing of what is typed: a draft may come in the middle of a word.
  moods: keyed.filter((mood) => mood !== 'through'),
  async open({ desk }) {
    const { rules, ...line } = shellLine(desk, 'foot');
    const command = ['foot', '-a', 'shell', 'bash', '--noprofile', '--rcfile', rules];
    const program = await desk.open(command, 'shell');
    return { ...line, program, clickBehind: () => desk.user.click(640, 400) };
  },
};

export const seatTargets: readonly Target<Sway>[] = [
  pageOnSway(pages.textarea, chromium, true),
  pageOnSway(pages.contenteditable, chromium),
  pageOnSway(input, chromium),
  pageOnSway(pages.wrapping, chromium),
  pageOnSway(pages.folding, chromium),
  pageOnSway(pages.correcting, chromium),
  pageOnSway(pages.quill, chromium),
  ...(process.env['VOICEINPUT_MONACO'] === undefined ? [] : [pageOnSway(pages.monaco, chromium)]),
  pageOnSway(pages.textarea, firefox),
  pageOnSway(pages.contenteditable, firefox),
  foot,
];
