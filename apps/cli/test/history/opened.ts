// How tests open a history: in a folder and with a clock of their own.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { HistoryEntry } from '@voiceinput/client';
import type { HistorySettings } from '@voiceinput/engine';
import type { VoiceInputError } from '@voiceinput/plugin-api';
import { afterEach } from 'vitest';
import type { Clocks } from '../../src/history/clock.ts';
import { openHistory } from '../../src/history/history.ts';
import type { History } from '../../src/history/history.ts';
import { idAt } from '../../src/history/id.ts';
import { ownFolder } from '../voiceinput/scene.ts';

export const base = ownFolder();
/** Those that are closed after the test. */
export const opened: History[] = [];
afterEach(async () => {
  for (const history of opened.splice(0)) await history.close();
});
let count = 0;
export const newFolder = (): string => join(base, `home-${(count += 1)}`);

/** A date and a stop watch that only the test moves. */
export function clocksAt(iso: string) {
  const time = { dateMs: Date.parse(iso), ownMs: 0 };
  return {
    dateMs: () => time.dateMs,
    ownMs: () => time.ownMs,
    /** The date is set; no time goes by. */
    set: (to: string) => void (time.dateMs = Date.parse(to)),
    /** So much time goes by while the daemon runs. */
    run(ms: number) {
      time.dateMs += ms;
      time.ownMs += ms;
    },
  };
}

/** A history that is closed after the test, and what it warned of. */
export async function open(
  folder: string,
  settings: Partial<HistorySettings> = {},
  clocks: Clocks = clocksAt('2026-01-03T10:00:00.000Z'),
) {
  const warnings: VoiceInputError[] = [];
  const all = { keepText: true, keepAudio: true, textDays: 30, audioHours: 24, keepCorrected: false, ...settings };
  const history = await openHistory({ folder, settings: () => all, clocks, warn: (error) => warnings.push(error) });
  opened.push(history);
  return { history, warnings };
}

/** A dictation that began then. */
export const at = (iso: string, text = 'I read it.', draft = 'I red it.'): HistoryEntry => ({
  id: idAt(new Date(iso)),
  startedAt: iso,
  endedAt: iso,
  mode: 'hold',
  label: 'microphone',
  profile: 'default',
  outcome: 'done',
  draft,
  text,
  edits: [],
  audioMs: 1000,
  hasAudio: true,
});

export const DAY_MS = 86_400_000;
export type TestClocks = ReturnType<typeof clocksAt>;

/** Where in the folder, at any depth. */
export function filesWith(folder: string, word: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .filter((name) => readFileSync(join(folder, name)).includes(word));
}

/** A closed history with so many dictations, partly in tables. Gives their IDs. */
export async function written(folder: string, count: number): Promise<string[]> {
  const { history } = await open(folder);
  const entries = Array.from({ length: count }, (_, index) =>
    at(`2026-01-0${index + 1}T10:00:00.000Z`, 'word '.repeat(400)),
  );
  for (const entry of entries) await history.put(entry);
  await history.close();
  // Opened once more, what was in the log is in a table.
  await (await open(folder)).history.close();
  opened.length = 0;
  return entries.map(({ id }) => id);
}
