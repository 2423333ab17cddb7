// How tests open the settings page in this process: with a configuration file of their own, and without a daemon.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { afterEach, vi } from 'vitest';
import { createApi } from '../../src/settings-page/api.ts';
import type { ApiPort } from '../../src/settings-page/api.ts';
import { openDoor } from '../../src/settings-page/door.ts';
import type { Door } from '../../src/settings-page/door.ts';
import { modelsOfPage } from '../../src/settings-page/models.ts';
import { createNewsStand } from '../../src/settings-page/news.ts';
import type { NewsStand } from '../../src/settings-page/news.ts';
import { presenceLimits } from '../../src/settings-page/presence.ts';
import type { PresenceLimits } from '../../src/settings-page/presence.ts';

export interface Opened extends Door {
  readonly news: NewsStand;
  /** What stands in the configuration file. */
  said(): string;
  /** As an editor writes it. */
  write(text: string): void;
  /** What was asked for outside of the page. */
  readonly questions: readonly string[];
}

export interface OpenOptions {
  /** What the configuration file says. */
  readonly file?: string;
  /** What is answered outside of the page. */
  readonly confirms?: boolean;
  readonly limits?: Partial<PresenceLimits>;
  readonly port?: Partial<ApiPort>;
}

const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0)) await end();
  vi.unstubAllEnvs();
});

/** A door that is closed after the test. */
export async function openPage({ file, confirms = false, limits, port }: OpenOptions = {}): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), 'voiceinput-settings-'));
  for (const name of ['XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'VOICEINPUT_RUNTIME_DIR']) vi.stubEnv(name, folder);
  const path = join(folder, 'voiceinput', 'config.json');
  mkdirSync(join(folder, 'voiceinput'));
  if (file !== undefined) writeFileSync(path, file);
  const questions: string[] = [];
  const closing = new AbortController();
  const news = createNewsStand();
  const parts: ApiPort = {
    news,
    models: modelsOfPage(news, closing.signal),
    confirm: (question) => {
      questions.push(question);
      return Promise.resolve(confirms);
    },
    withDaemon: () => Promise.reject(new VoiceInputError('ERR_DAEMON_MISSING', 'The daemon does not run.')),
    startDaemon: () => Promise.resolve(),
    goMs: 1,
    look: () => Promise.resolve('xterm'),
    ...port,
  };
  const door = await openDoor((presence) => createApi(parts, presence), { ...presenceLimits, ...limits });
  endings.push(async () => {
    closing.abort();
    await door.close();
    // A program that was asked for microphones may still write its own settings there.
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  });
  return {
    ...door,
    news,
    questions,
    said: () => readFileSync(path, 'utf8'),
    write: (text) => writeFileSync(path, text),
  };
}
