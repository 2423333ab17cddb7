// Which keys this process sent to a display and has not heard there yet: XTEST does not tell who sends.

export interface SentKeys {
  /** Whether a key that was heard is one of ours; it is then waited for no more. */
  take(code: number, down: boolean): boolean;
  close(): void;
}

interface SentKey {
  readonly code: number;
  readonly down: boolean;
  readonly atMs: number;
}

/** A display is silent about some, such as a modifier that is down already. So late none comes any more. */
const SILENT_AFTER_MS = 30_000;

/** By display: what each who listens there still has to hear. */
const awaitedOn = new Map<string, Set<SentKey[]>>();

/** A key goes out: whoever listens at the display will hear it. */
export function noteSent(display: string, code: number, down: boolean): void {
  const key = { code, down, atMs: performance.now() };
  for (const awaited of awaitedOn.get(display) ?? []) awaited.push(key);
}

/** Hears of what is sent to the display from now on, until it is closed. */
export function openSentKeys(display: string): SentKeys {
  const awaited: SentKey[] = [];
  const all = awaitedOn.get(display) ?? new Set();
  awaitedOn.set(display, all.add(awaited));
  return {
    take(code, down) {
      const oldestMs = performance.now() - SILENT_AFTER_MS;
      while (awaited[0] !== undefined && awaited[0].atMs < oldestMs) awaited.shift();
      const index = awaited.findIndex((key) => key.code === code && key.down === down);
      if (index >= 0) awaited.splice(index, 1);
      return index >= 0;
    },
    close: () => void all.delete(awaited),
  };
}
