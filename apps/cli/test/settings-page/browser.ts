// How tests look at the settings page as a person does: in Debian's Chromium, which sees what the page's own policy allows.

import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { writeEntryFile } from '../../src/settings-page/browser.ts';
import type { Opened } from './opened.ts';

const CHROMIUM = '/usr/bin/chromium';

export const missingChromium = existsSync(CHROMIUM) ? undefined : 'Install chromium (apt-get).';

export interface Looked {
  readonly page: Page;
  /** What the browser complained about, and addresses outside of the page's own. */
  readonly complaints: readonly string[];
}

/** One browser for the tests of a file. */
export function useBrowser(): (door: Opened, options?: BrowserContextOptions) => Promise<Looked> {
  let browser: Browser | undefined;
  beforeAll(async () => {
    if (missingChromium !== undefined) return;
    // Root has no sandbox.
    browser = await chromium.launch({ executablePath: CHROMIUM, chromiumSandbox: process.getuid?.() !== 0 });
  });
  afterAll(() => browser?.close());

  /** Opens the page the way a user's browser is told to: by the file. */
  return async (door, options = {}) => {
    const context = await browser!.newContext({ locale: 'en-GB', ...options });
    context.setDefaultTimeout(20_000);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on(
      'console',
      (message) => message.text().includes('Content Security Policy') && complaints.push(message.text()),
    );
    const entry = await writeEntryFile(door.address, door.code);
    page.on('request', (request) => {
      const address = request.url();
      const isOwn =
        address.startsWith(`${door.address}/`) || address.startsWith('blob:') || address.startsWith('file:');
      if (!isOwn) complaints.push(address);
    });
    await page.goto(pathToFileURL(entry.path).href);
    await entry.remove();
    await page.locator('.field').first().waitFor();
    return { page, complaints };
  };
}
