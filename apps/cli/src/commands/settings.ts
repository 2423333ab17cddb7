// What `voiceinput settings` does: opens the settings page, and stays until it is closed.

import { follow } from '@voiceinput/client';
import { askYesOrNo } from '../show/ask.ts';
import { createReporter } from '../show/reporter.ts';
import { print } from '../show/table.ts';
import { createApi } from '../settings-page/api.ts';
import { openInBrowser, writeEntryFile } from '../settings-page/browser.ts';
import type { Confirm } from '../settings-page/change.ts';
import { openDoor } from '../settings-page/door.ts';
import { modelsOfPage } from '../settings-page/models.ts';
import { createNewsStand } from '../settings-page/news.ts';
import type { Ending } from '../settings-page/presence.ts';
import { placeWithFocus } from './window.ts';
import { bringUpDaemon, reachDaemon, withDaemon } from './daemon.ts';
import { inLocale, told } from '../messages/in-locale.ts';

interface SettingsOptions {
  readonly json: boolean;
  /** Whether a browser is opened. */
  readonly browser: boolean;
}

/** An answer that does not come is a no: whoever asked in the page does not wait for ever. */
const ANSWER_MS = 60_000;

/** The page says so, too. */
const GO_MS = 3_000;

const endings: Readonly<Record<Ending, string>> = {
  unopened: 'Nobody opened the page within a minute.',
  closed: 'The page was closed.',
  idle: 'The page was not used for half an hour.',
};

/** Settles when the page is closed, was not opened for a minute or used for long, and on abort. Rejects with `ERR_PORT`. */
export async function openSettingsPage({ json, browser }: SettingsOptions, signal: AbortSignal): Promise<number> {
  const reporter = createReporter({ json });
  const closing = new AbortController();
  const ending = AbortSignal.any([signal, closing.signal]);
  const news = createNewsStand();
  const port = {
    news,
    models: modelsOfPage(news, ending),
    confirm: createConfirm(),
    withDaemon: <T>(work: Parameters<typeof withDaemon<T>>[1]) => withDaemon(reachDaemon(ending), work),
    startDaemon: async () => (await bringUpDaemon(reporter, ending)).close(),
    goMs: GO_MS,
    look: async (looking: AbortSignal) => (await placeWithFocus({ includeWorkingDirectory: false }, looking))?.app,
  };
  const door = await openDoor((presence) => createApi(port, presence));
  const entry = await writeEntryFile(door.address, door.code);
  const following = followHistory(() => news.tell({ type: 'history' }), ending);
  try {
    const { address, code } = door;
    print(
      json,
      { type: 'listening', address, code },
      inLocale`Settings are at ${address} – press Ctrl-C to close them.`,
    );
    const isOpened = browser && (await openInBrowser(entry.path, ending));
    const hint = isOpened
      ? inLocale`If no page appeared, go there and type`
      : inLocale`Go there in your browser and type`;
    reporter.note(inLocale`${hint} this code within a minute: ${code}`);
    const aborted = new Promise<undefined>((resolve) => signal.addEventListener('abort', () => resolve(undefined)));
    const why = signal.aborted ? undefined : await Promise.race([door.over, aborted]);
    if (why !== undefined) reporter.note(told(endings[why]));
    return 0;
  } finally {
    closing.abort();
    await entry.remove();
    await door.close();
    await following;
  }
}

/** One question at a time. Without a terminal there is nobody to ask, and the answer is no. */
function createConfirm(): Confirm {
  let last: Promise<unknown> = Promise.resolve();
  return (question, signal) => {
    if (!process.stdin.isTTY || !process.stderr.isTTY) return Promise.resolve(false);
    const limit = AbortSignal.timeout(ANSWER_MS);
    const asking = last.then(() =>
      askYesOrNo(question, AbortSignal.any([signal, limit])).catch((error: unknown) => {
        if (signal.aborted || limit.aborted) return false;
        throw error;
      }),
    );
    last = asking.catch(() => undefined);
    return asking;
  };
}

/** Dictations that come and go while the page is open. */
async function followHistory(changed: () => void, signal: AbortSignal): Promise<void> {
  const isAboutHistory = (type: string): boolean =>
    ['drafted', 'history', 'history-changed', 'recovered'].includes(type);
  // A daemon that does not let this program in says so where its history is asked for.
  await follow(
    {
      client: 'settings',
      connected: changed,
      lost: changed,
      heard: ({ type }) => void (isAboutHistory(type) && changed()),
    },
    signal,
  ).catch(() => undefined);
}
