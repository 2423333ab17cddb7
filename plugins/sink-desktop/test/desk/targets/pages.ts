// Pages in browsers, which tell what their field holds in the title of their window.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Tier } from '@voiceinput/sink-desktop';
import type { Desk, Program } from '@voiceinput/rig/desk';
import type { Reading } from '../round.ts';
import { clear, clickBehind, everything, utf16 } from './target.ts';
import type { Target } from './target.ts';

/** A field, and what the page does to its text by itself. */
export interface Page {
  readonly name: string;
  /** HTML of an element with the ID `field`. */
  readonly field: string;
  /** Expression that makes an editor of it and gives the element that holds the text. Absent: the element itself does. */
  readonly editor?: string;
  /** Body of a function of `field`, run after each input. Absent: the page does nothing by itself. */
  readonly behaviour?: string;
  /** What the page puts behind the caret, selected: no text as long as it is. Absent: nothing. */
  readonly proposal?: string;
  readonly shown?: (text: string) => string;
  /** Whether other words may stand there than those that were put there. */
  readonly changesText?: true;
}

/** Wherever the user clicks is in the field. */
const ALL = 'position: fixed; inset: 0; width: 100%; height: 100%; box-sizing: border-box';
const TEXTAREA = `<textarea id="field" style="${ALL}"></textarea>`;

/** Where Quill lies, as pages load it. */
const QUILL = {
  script: import.meta.resolve('quill/dist/quill.js'),
  style: import.meta.resolve('quill/dist/quill.core.css'),
};

/** Where the package `monaco-editor` is unpacked, which is too large to be installed for the tests. */
const MONACO = process.env['VOICEINPUT_MONACO'];

export const pages = {
  textarea: { name: 'textarea', field: TEXTAREA },
  contenteditable: {
    name: 'contenteditable',
    field: `<div id="field" contenteditable style="${ALL}; white-space: pre-wrap"></div>`,
  },
  wrapping: {
    name: 'textarea of 24 columns',
    field: `<textarea id="field" style="${ALL}; padding-right: calc(100% - 24ch); font: 16px monospace"></textarea>`,
  },
  folding: {
    name: 'textarea that folds spaces',
    field: TEXTAREA,
    behaviour: `if (/  /.test(field.value)) {
      const at = field.value.slice(0, field.selectionStart).replace(/ +/g, ' ').length;
      field.value = field.value.replace(/ +/g, ' ');
      field.setSelectionRange(at, at);
    }`,
    shown: (text: string) => text.replaceAll(/ +/g, ' '),
  },
  correcting: {
    name: 'textarea that corrects words',
    field: TEXTAREA,
    behaviour: `const before = field.value.slice(0, field.selectionStart);
    const right = before.replace(/um so /g, 'So ');
    if (right !== before) {
      field.value = right + field.value.slice(field.selectionStart);
      field.setSelectionRange(right.length, right.length);
    }`,
    shown: (text: string) => text.replaceAll('um so ', 'So '),
    changesText: true,
  },
  quill: {
    name: 'Quill',
    field: `<link rel="stylesheet" href="${QUILL.style}">
    <script src="${QUILL.script}"></script><div id="field" style="${ALL}"></div>`,
    editor: `new Quill('#field').root`,
  },
  monaco: {
    name: 'Monaco',
    field: `<div id="field" style="${ALL}"></div><script src="${MONACO}/min/vs/loader.js"></script><script>
      let editor;
      require.config({ paths: { vs: '${MONACO}/min/vs' } });
      require(['vs/editor/editor.main'], () => {
        editor = monaco.editor.create(document.getElementById('field'), { language: 'plaintext', wordWrap: 'on' });
        editor.focus();
      });
      const offsetOf = (of) => editor ? editor.getModel().getOffsetAt(of(editor.getSelection())) : 0;
    </script>`,
    // Monaco holds the text; the element that has the focus only a part of it.
    editor: `({
      get value() { return editor ? editor.getValue() : ''; },
      get selectionStart() { return offsetOf((selection) => selection.getStartPosition()); },
      get selectionEnd() { return offsetOf((selection) => selection.getEndPosition()); },
      addEventListener() {},
      focus() { editor?.focus(); },
    })`,
    changesText: true,
  },
  completing: {
    name: 'input that completes words',
    field: `<input id="field" style="${ALL}" autocomplete="off">`,
    behaviour: `if (event.inputType === 'insertText' && /\\bwednesday$/.test(field.value)) {
      const at = field.value.length;
      field.value += proposal;
      field.setSelectionRange(at, field.value.length);
    }`,
    proposal: ' evening',
    shown: (text: string) => text.replaceAll('wednesday evening', 'wednesday'),
    changesText: true,
  },
} satisfies Readonly<Record<string, Page>>;

/** Browsers put their own name behind it. */
const TITLE = /^\[(?<text>[^]*)\](?<start>\d*),(?<end>\d*)(?:;| [—-]|$)/u;
const START_MS = 60_000;

interface Browser {
  readonly name: string;
  readonly toolkit: string;
  readonly needs: string;
  command(url: string, profile: string): readonly string[];
  readonly windowClass: string;
}

const chromium: Browser = {
  name: 'Chromium',
  toolkit: 'Blink',
  needs: 'chromium',
  windowClass: 'chromium',
  command: (url, profile) => [
    'chromium',
    ...'--no-sandbox --no-first-run --disable-gpu --window-size=900,600'.split(' '),
    `--user-data-dir=${profile}`,
    `--app=${url}`,
  ],
};

const firefox: Browser = {
  name: 'Firefox',
  toolkit: 'Gecko',
  needs: 'firefox-esr',
  windowClass: 'firefox-esr',
  command: (url, profile) => ['firefox-esr', '--no-remote', '--profile', profile, '--kiosk', url],
};

function page({ name, shown, changesText, ...content }: Page, browser: Browser, tier: Tier = 'offered'): Target {
  const file = name.replaceAll(' ', '-');
  return {
    name: `${browser.name} ${name}`,
    toolkit: browser.toolkit,
    length: utf16,
    tier,
    isInCi: false,
    needs: browser.needs,
    moods: everything,
    ...(shown && { shown }),
    ...(changesText && { changesText }),
    async open({ desk }) {
      const path = join(desk.folder, `${file}.html`);
      writeFileSync(path, documentWith(content));
      const profile = join(desk.folder, `${browser.needs}-${file}`);
      // Firefox does not make it itself.
      mkdirSync(profile, { recursive: true });
      const program = await desk.open(browser.command(`file://${path}`, profile), browser.windowClass);
      await takesKeys(desk.user, () => desk.xdotool('getwindowname', program.windowId));
      return {
        program,
        read: () => readTitle(desk, program),
        clear: () => clear(desk),
        clickBehind: () => clickBehind(desk, program),
      };
    },
  };
}

/** On a busy machine it takes long until a page is there and has the focus. `[x, y]` is in its field. */
export async function takesKeys(
  user: Desk['user'],
  title: () => string,
  [x, y]: readonly [number, number] = [20, 60],
): Promise<void> {
  const untilMs = performance.now() + START_MS;
  await pause(4_000);
  while (!title().startsWith('[0') && performance.now() < untilMs) {
    await user.click(x, y);
    await pause(2_000);
    await user.type('0');
    await pause(500);
  }
}

const readTitle = (desk: Desk, { windowId }: Program): Promise<Reading> =>
  readPage(() => desk.xdotool('getwindowname', windowId));

/** What a page tells of its field in the title of its window. */
export async function readPage(title: () => string): Promise<Reading> {
  // Without a graphics card a page tells late: what stays the same for a while is what it holds.
  for (let before = '', now = ' '; before !== now;) {
    before = title();
    await pause(1_000);
    now = title();
  }
  const { groups } = TITLE.exec(title()) ?? {};
  if (groups === undefined) throw new Error(`The page does not tell what it holds: ${title()}`);
  const { text = '', start = '', end = '' } = groups;
  return {
    text: text.replaceAll('\u00a0', ' '),
    ...(start !== '' && { selection: { start: Number(start), end: Number(end) } }),
  };
}

/** A page that tells in its title what its field holds, and where the selection is when it can. */
export function documentWith(content: Omit<Page, 'name' | 'shown' | 'changesText'>): string {
  const { field, editor = `document.getElementById('field')`, behaviour = '', proposal = '' } = content;
  return `<!doctype html><meta charset="utf-8">${field}<script>
    const field = ${editor};
    const proposal = ${JSON.stringify(proposal)};
    const told = () => {
      const { value, selectionStart: start, selectionEnd: end } = field;
      if (value === undefined) return '[' + field.innerText + '],';
      const isProposed = proposal !== '' && value.slice(start, end) === proposal;
      return '[' + (isProposed ? value.slice(0, start) : value) + ']' + start + ',' + (isProposed ? start : end);
    };
    field.addEventListener('input', (event) => { ${behaviour} });
    setInterval(() => (document.title = told()), 20);
    field.focus();
  </script>`;
}

export const pageTargets: readonly Target[] = [
  page(pages.textarea, chromium),
  page(pages.contenteditable, chromium),
  page(pages.wrapping, chromium),
  page(pages.folding, chromium),
  page(pages.correcting, chromium),
  page(pages.completing, chromium),
  page(pages.quill, chromium),
  ...(MONACO === undefined ? [] : [page(pages.monaco, chromium)]),
  page(pages.textarea, firefox),
  page(pages.contenteditable, firefox),
  page(pages.wrapping, firefox),
  page(pages.folding, firefox),
  page(pages.correcting, firefox),
  page(pages.completing, firefox),
  page(pages.quill, firefox),
];
