// Whether a person can use the settings page: with keys alone, by what a screen reader is told, large, narrow, dark, in English and Russian.

import { readFileSync } from 'node:fs';
import { connect } from '@voiceinput/client';
import type { HistoryEntry } from '@voiceinput/client';
import { playDaemon } from '@voiceinput/rig/daemon';
import { describeUnless } from '@voiceinput/rig/unless';
import { never } from '@voiceinput/testkit';
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { missingChromium, useBrowser } from './browser.ts';
import { openPage } from './opened.ts';
import type { OpenOptions } from './opened.ts';

const look = useBrowser();
const OWN = `{
  // How I dictate.
  "words": ["Kubernetes"],
  "replacements": { "jay son": "JSON" },
  "dictation": { "key": "F9" }
}
`;
const SECTIONS = ['dictation', 'languages', 'text', 'applications', 'privacy', 'doors', 'history', 'advanced'];

async function opened(options: OpenOptions = {}, context: Parameters<typeof look>[1] = {}) {
  const door = await openPage({ file: OWN, ...options });
  const looked = await look(door, context);
  onTestFinished(async () => {
    expect(looked.complaints).toEqual([]);
    await looked.page.context().close();
  });
  return { ...looked, door };
}

/** As the address bar would. */
async function goTo(page: Page, section: string): Promise<void> {
  await page.goto(`${new URL(page.url()).origin}/#${section}`);
  await page.locator(`#section-${section}`).waitFor();
}

/** Presses Tab until the element of this name has the focus. */
async function tabTo(page: Page, name: string, key = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press(key);
    const label = await page.evaluate(
      `(() => { const e = document.activeElement; return e.getAttribute('aria-label') ?? e.labels?.[0]?.textContent ?? e.textContent; })()`,
    );
    if (label === name) return;
  }
  throw new Error(`Tab does not lead to ${name}.`);
}

const says = (page: Page) => page.getByRole('status').textContent();

describeUnless(missingChromium)('with keys alone', () => {
  test('a setting is found, changed, refused beside itself, and taken back', async () => {
    const { page, door } = await opened();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.id')).toBe('skip');
    await tabTo(page, 'Privacy');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('heading-privacy');

    page.on('dialog', (dialog) => void dialog.accept());
    await tabTo(page, 'Keep texts for (days)');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('-7');
    await page.keyboard.press('Tab');
    const days = page.getByRole('spinbutton', { name: 'Keep texts for (days)' });
    await expect.poll(() => days.getAttribute('aria-invalid')).toBe('true');
    expect(await page.locator('#field-dictation\\.history\\.textDays-error').textContent()).toMatch(
      /textDays is -7, but it must be/,
    );
    await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('field-dictation.history.textDays');
    expect(door.said()).toBe(OWN);

    await page.keyboard.press('Control+A');
    await page.keyboard.type('7');
    await page.keyboard.press('Tab');
    await expect.poll(() => says(page)).toContain('“Keep texts for (days)” is saved');
    expect(door.said()).toContain('// How I dictate.');
    expect(door.said()).toContain('"textDays": 7');
    await expect
      .poll(() => page.locator('#field-dictation\\.history\\.textDays-default').textContent())
      .toBe('Default: 30');

    await tabTo(page, 'Use the default for “Keep texts for (days)”', 'Shift+Tab');
    await page.keyboard.press('Enter');
    await expect.poll(() => door.said()).not.toContain('textDays');
  });

  test('a key is set by pressing it', async () => {
    const { page, door } = await opened();
    const button = page.locator('#field-dictation\\.key-press');
    const press = async (keys: string): Promise<void> => {
      await button.press('Enter');
      await button.getByText('Press the key now').waitFor();
      await page.keyboard.press(keys);
    };
    const set = async (keys: string, name: string): Promise<void> => {
      const before = await button.elementHandle();
      await press(keys);
      await expect.poll(() => door.said()).toContain(`"key": "${name}"`);
      // What was saved is shown in a row of its own, with a button of its own.
      await before!.waitForElementState('hidden');
    };
    await set('F8', 'F8');
    await set('Control+Alt+J', 'Control+Alt+J');
    await press('Escape');
    await button.getByText('Press a key').waitFor();
    await set('ControlRight', 'Control_R');
  });

  test('replacements are added, changed and removed, each by itself', async () => {
    const { page, door } = await opened();
    await goTo(page, 'text');
    await tabTo(page, 'New: heard');
    await page.keyboard.type('node js');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Node.js');
    await page.keyboard.press('Enter');
    await expect.poll(() => door.said()).toContain('"node js": "Node.js"');
    // The next one can be written at once.
    await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('field-replacements-heard-new');
    await expect.poll(() => page.getByRole('textbox', { name: 'New: heard' }).inputValue()).toBe('');
    await page.getByRole('button', { name: 'Remove “jay son”' }).press('Enter');
    await expect.poll(() => door.said()).not.toContain('jay son');
    expect(door.said()).toContain('// How I dictate.');
  });

  test('a rule for an application is made by picking its window', async () => {
    const { page, door } = await opened();
    await goTo(page, 'applications');
    await tabTo(page, 'Pick a window');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByRole('textbox', { name: 'Application' }).inputValue()).toBe('xterm');
    await page.keyboard.press('Enter');
    await page
      .getByRole('group', { name: 'xterm' })
      .getByRole('combobox', { name: 'Mend the draft' })
      .selectOption('off');
    await expect
      .poll(() => JSON.parse(door.said().replace(/\/\/.*/, '')))
      .toMatchObject({ dictation: { sink: { options: { apps: { xterm: { hybrid: false } } } } } });
  });
});

describeUnless(missingChromium)('the page', () => {
  test('has a name for everything that can be used, and headings', async () => {
    const { page } = await opened();
    for (const section of SECTIONS) {
      await goTo(page, section);
      const tree = await page.locator('body').ariaSnapshot();
      const nameless = tree.match(
        /^ *- (?:textbox|combobox|checkbox|spinbutton|button|searchbox|meter|progressbar)(?! ").*$/gm,
      );
      expect({ section, nameless }).toEqual({ section, nameless: null });
      expect(tree).toMatch(/heading "VoiceInput settings" \[level=1\]/);
      expect(tree).toMatch(/heading ".+" \[level=2\]/);
    }
    const ids = await page.evaluate<string[]>('[...document.querySelectorAll("[id]")].map((e) => e.id)');
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  });

  test('does not scroll sideways at 200 % and narrow, also in Russian', async () => {
    const { page } = await opened({}, { locale: 'ru-RU' });
    for (const section of SECTIONS) {
      await goTo(page, section);
      for (const width of [640, 320]) {
        await page.setViewportSize({ width, height: 640 });
        expect([section, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([section, width]);
      }
    }
  });

  test('speaks Russian to a Russian browser', async () => {
    const { page, door } = await opened({}, { locale: 'ru-RU' });
    expect(await page.title()).toBe('Настройки VoiceInput');
    expect(await page.locator('html').getAttribute('lang')).toBe('ru');
    await page.getByRole('combobox', { name: 'Что делает клавиша' }).selectOption('нажать для начала и для конца');
    await expect.poll(() => says(page)).toContain('«Что делает клавиша»: сохранено.');
    expect(door.said()).toContain('"mode": "toggle"');
  });

  test('finds settings in all sections, by what they are called and what they do', async () => {
    const { page } = await opened();
    await page.getByRole('searchbox', { name: 'Search' }).fill('silence');
    await expect.poll(() => says(page)).toMatch(/^\d settings found/);
    expect(await page.getByRole('spinbutton', { name: 'Silence that ends (ms)' }).isVisible()).toBe(true);
    expect(await page.getByRole('textbox', { name: 'Key for dictation' }).isVisible()).toBe(false);
  });

  test('asks before less is kept, for that deletes at once', async () => {
    const { page, door } = await opened();
    const asked: string[] = [];
    page.on('dialog', (dialog) => {
      asked.push(dialog.message());
      void dialog.dismiss();
    });
    await goTo(page, 'privacy');
    const recordings = page.getByRole('checkbox', { name: 'Keep recordings' });
    await recordings.press('Space');
    await expect.poll(() => asked).toEqual([expect.stringContaining('“Keep recordings”: this deletes')]);
    await expect.poll(() => recordings.isChecked()).toBe(true);
    const hours = page.getByRole('spinbutton', { name: 'Keep recordings for (hours)' });
    await hours.fill('2');
    await hours.blur();
    await expect.poll(() => hours.inputValue()).toBe('24');
    expect(door.said()).toBe(OWN);
  });

  test('asks outside of itself before a program is run', async () => {
    const { page, door } = await opened();
    await goTo(page, 'doors');
    const hook = page.getByRole('textbox', { name: 'Program for drafts' });
    await hook.fill('notify-send');
    await hook.blur();
    await expect
      .poll(() => page.locator('#field-dictation\\.onDraft-error').textContent())
      .toMatch(/was not confirmed/);
    expect(door.questions).toEqual([expect.stringContaining('dictation.onDraft: ["notify-send"]')]);
    expect(door.said()).toBe(OWN);
  });

  test('shows how far a model is, and when it is there', async () => {
    const pulled: string[] = [];
    const line = {
      id: 'small',
      title: 'Small model',
      languages: ['ru'],
      license: 'MIT',
      bytes: 100_000_000,
      inUse: false,
    };
    let state: 'absent' | 'ready' = 'absent';
    const models = {
      list: () => Promise.resolve([{ ...line, state }]),
      pull: (id: string) => void pulled.push(id),
      remove: () => Promise.resolve(true),
    };
    const { page, door } = await opened({ port: { models } });
    await goTo(page, 'languages');
    await page.getByRole('button', { name: 'Download Small model' }).press('Enter');
    await expect.poll(() => pulled).toEqual(['small']);
    door.news.tell({ type: 'model', id: 'small', doneBytes: 40, totalBytes: 100 });
    await expect.poll(() => page.getByRole('progressbar').getAttribute('value')).toBe('0.4');
    state = 'ready';
    door.news.tell({ type: 'model-ended', id: 'small' });
    await page.getByRole('button', { name: 'Remove “Small model”' }).waitFor();
    await expect.poll(() => says(page)).toBe('Small model is here.');
  });

  test('shows what was written into the file meanwhile, and that it cannot be used', async () => {
    const { page, door } = await opened();
    const key = page.getByRole('textbox', { name: 'Key for dictation' });
    door.write(OWN.replace('F9', 'F8'));
    await page.evaluate('dispatchEvent(new Event("focus"))');
    await expect.poll(() => key.inputValue()).toBe('F8');
    door.write('{ "dictation": ');
    await page.evaluate('dispatchEvent(new Event("focus"))');
    await expect.poll(() => page.locator('#trouble').textContent()).toMatch(/cannot be used: .*config\.json/);
    await key.fill('F7');
    await key.blur();
    await expect.poll(() => says(page)).toContain('was not saved');
    expect(door.said()).toBe('{ "dictation": ');
  });

  test('says that it is closed when its server has gone', async () => {
    const { page, door } = await opened();
    await door.close();
    await expect.poll(() => page.getByRole('alert').first().textContent()).toContain('voiceinput settings');
    await expect.poll(() => page.getByRole('combobox', { name: 'What the key does' }).isDisabled()).toBe(true);
  });
});

describeUnless(missingChromium)('the history', () => {
  const entry = (id: string, more: Partial<HistoryEntry>): HistoryEntry => ({
    id,
    startedAt: '2026-11-21T03:15:02.000Z',
    endedAt: '2026-11-21T03:15:05.000Z',
    mode: 'hold',
    label: 'dictation',
    profile: 'default',
    outcome: 'done',
    edits: [],
    audioMs: 3_000,
    hasAudio: false,
    app: 'Mousepad',
    ...more,
  });

  test('has drafts and better texts side by side, and can be searched, corrected, copied and emptied', async () => {
    let entries = [
      entry('one', { draft: 'I sea the dog <b>.', text: 'I see the dog <b>.', hasAudio: true }),
      entry('two', { draft: 'Hello', text: 'Hello' }),
    ];
    const door = await openPage({
      file: OWN,
      port: {
        withDaemon: async (work) => {
          const client = await connect({ client: 'a test', folder: process.env['VOICEINPUT_RUNTIME_DIR']! }, never);
          try {
            return await work(client);
          } finally {
            client.close();
          }
        },
      },
    });
    const daemon = await playDaemon({
      folder: process.env['VOICEINPUT_RUNTIME_DIR']!,
      answers: {
        'history/list': ({ query, before }) => ({
          entries: before === undefined ? entries.filter(({ text }) => text!.includes(query ?? '')) : [],
        }),
        'history/retry': ({ id }) => {
          const again = entry('again', { retryOf: id, mode: 'retry', text: 'I see the doge.' });
          entries = [again, ...entries];
          return again;
        },
        'history/correct': ({ id, text }) => {
          entries = entries.map((one) => (one.id === id ? { ...one, correction: text } : one));
          return entries.find((one) => one.id === id)!;
        },
        'history/remove': ({ id }) => {
          entries = entries.filter((one) => one.id !== id);
          return { damagedCopies: 0 };
        },
      },
    });
    onTestFinished(() => daemon.close());
    const { page, complaints } = await look(door, { permissions: ['clipboard-read', 'clipboard-write'] });
    page.on('dialog', (dialog) => void dialog.accept());
    await goTo(page, 'history');
    const first = page.getByRole('listitem').filter({ hasText: 'I sea the dog' });
    await first.waitFor();
    expect(await first.getByRole('paragraph').allTextContents()).toEqual(['I sea the dog <b>.', 'I see the dog <b>.']);
    expect((await first.locator('mark').allTextContents()).map((word) => word.trim())).toEqual(['see']);

    await first.getByRole('button', { name: 'Correct' }).press('Enter');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('I see the cat.');
    await page.getByRole('button', { name: 'Save', exact: true }).press('Enter');
    await first.getByText('I see the cat.').waitFor();
    await first.getByRole('button', { name: 'Copy' }).press('Enter');
    await expect.poll(() => page.evaluate('navigator.clipboard.readText()')).toBe('I see the cat.');

    await first.getByRole('button', { name: 'Recognise again' }).press('Enter');
    await page.getByLabel('With which model?').waitFor();
    await page.locator('form').getByRole('button', { name: 'Recognise again' }).press('Enter');
    await page.getByText('I see the doge.').waitFor();

    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save the texts as a file' }).press('Enter');
    const file = await (await saved).path();
    expect(readFileSync(file, 'utf8')).toMatch(/^.*\nI see the doge\.\n\n.*\nI see the cat\.\n\n.*\nHello\n$/);

    await page.getByRole('searchbox', { name: 'Search in dictations' }).fill('Hello');
    await expect.poll(() => first.count()).toBe(0);
    await page.getByRole('button', { name: 'Remove' }).press('Enter');
    await page.getByText('There are no dictations.').waitFor();
    expect(entries.map(({ id }) => id)).toEqual(['again', 'one']);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('says that no daemon runs, and starts one', async () => {
    let started = 0;
    const { page } = await opened({ port: { startDaemon: () => Promise.resolve(void (started += 1)) } });
    await goTo(page, 'history');
    await page.getByRole('button', { name: 'Start it' }).press('Enter');
    await expect.poll(() => started).toBe(1);
  });
});

test('texts have enough contrast, light and dark', () => {
  const css = readFileSync(new URL('../../src/settings-page/page/style.css', import.meta.url), 'utf8');
  const schemes = [...css.matchAll(/:root \{(?<body>[^}]*)\}/g)].map(({ groups }) =>
    Object.fromEntries(
      [...groups!['body']!.matchAll(/--(?<name>[\w-]+): (?<color>#\w+)/g)].map((found) => [
        found[1]!,
        luminanceOf(found[2]!),
      ]),
    ),
  );
  expect(schemes).toHaveLength(2);
  for (const scheme of schemes) {
    for (const ink of ['ink', 'dim', 'link', 'wrong'])
      for (const ground of ['page', 'soft'])
        expect(contrast(scheme[ink]!, scheme[ground]!)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(scheme['mark-ink']!, scheme['mark']!)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(scheme['line']!, scheme['page']!)).toBeGreaterThanOrEqual(3);
  }
});

const contrast = (a: number, b: number): number => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminanceOf(color: string): number {
  const digits = color.length === 4 ? color.slice(1).replace(/./g, '$&$&') : color.slice(1);
  const [r = 0, g = 0, b = 0] = [0, 2, 4].map((at) => {
    const value = Number.parseInt(digits.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
