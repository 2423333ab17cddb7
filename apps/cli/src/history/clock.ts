// By which time it is counted how long dictations are kept: a wrong date of the machine does not run ahead of it.

import { readFile, rename, writeFile } from 'node:fs/promises';

const HOUR_MS = 3_600_000;
/** A date that is farther ahead than this may be wrong. */
const DOUBTED_MS = 24 * HOUR_MS;
/** It is believed once the daemon has run for so long with it. */
export const BELIEVED_AFTER_MS = 8 * HOUR_MS;

/** What a machine knows of the time. */
export interface Clocks {
  /** The date, in ms since 1970: it may be wrong, and be set right meanwhile. */
  dateMs(): number;
  /** Goes on evenly while this process runs, from wherever it began. */
  ownMs(): number;
}

export const machineClocks: Clocks = { dateMs: () => Date.now(), ownMs: () => performance.now() };

/** What has to be remembered from one daemon to the next. */
export interface KeptTime {
  /** In ms since 1970. Never goes back. */
  readonly atMs: number;
  /** How long the daemon has run with a date that is doubted. */
  readonly doubtedForMs: number;
}

/** `time` when the machine says `dateMs`, after this process has run for `ranMs` more. */
export function advanced({ atMs, doubtedForMs }: KeptTime, dateMs: number, ranMs: number): KeptTime {
  const countedMs = atMs + ranMs;
  const aheadMs = dateMs - countedMs;
  if (aheadMs <= 0) return { atMs: countedMs, doubtedForMs: 0 };
  const withDateMs = doubtedForMs + ranMs;
  if (aheadMs <= DOUBTED_MS || withDateMs >= BELIEVED_AFTER_MS) return { atMs: dateMs, doubtedForMs: 0 };
  return { atMs: countedMs, doubtedForMs: withDateMs };
}

export interface KeepingClock {
  /** In ms since 1970. */
  nowMs(): number;
  /** It is no earlier than this. */
  catchUp(ms: number): void;
  /** Remembers the time for the next daemon. */
  save(): Promise<void>;
}

/** Goes on from what `path` remembers, else from the first `catchUp`, else from the date. */
export async function openClock(path: string, clocks: Clocks): Promise<KeepingClock> {
  let time = await readTime(path);
  let ownMs = clocks.ownMs();

  function nowMs(): number {
    const beforeMs = ownMs;
    ownMs = clocks.ownMs();
    time = advanced(time ?? { atMs: clocks.dateMs(), doubtedForMs: 0 }, clocks.dateMs(), ownMs - beforeMs);
    return time.atMs;
  }

  return {
    nowMs,
    catchUp(ms) {
      if (time === undefined || time.atMs < ms) time = { atMs: ms, doubtedForMs: time?.doubtedForMs ?? 0 };
    },
    async save() {
      nowMs();
      await writeFile(`${path}.new`, JSON.stringify(time), { mode: 0o600 });
      await rename(`${path}.new`, path);
    },
  };
}

/** Nothing where there is none, or what is there is damaged. */
async function readTime(path: string): Promise<KeptTime | undefined> {
  try {
    const { atMs, doubtedForMs } = JSON.parse(await readFile(path, 'utf8')) as Partial<KeptTime>;
    if (Number.isFinite(atMs) && Number.isFinite(doubtedForMs)) return { atMs, doubtedForMs } as KeptTime;
    return undefined;
  } catch {
    return undefined;
  }
}
