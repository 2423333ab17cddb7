// What an application says is selected, waited for: it comes to the keys that select a little after they were sent.

import type { Clipboard } from './clipboard.ts';

const LOOK_EVERY_MS = 3;

export interface SelectionWanted {
  readonly wanted: string;
  /** Keys may be on their way that go beyond what is wanted: it has to stay, too. Default: no. */
  readonly isPassing?: boolean;
  /** Something else that is selected for so long stays. */
  readonly stillMs: number;
  /** Whoever has selected nothing for so long does not. */
  readonly nothingMs: number;
  /** Whoever selected something and does not say what within this time is not asked any more. */
  readonly silentMs: number;
}

/** Resolves when `wanted` is selected, or when something else is and stays so. Absent: nothing is selected. */
export async function selectedIn(
  clipboard: Pick<Clipboard, 'selected'>,
  { wanted, isPassing = false, stillMs, nothingMs, silentMs }: SelectionWanted,
): Promise<string | undefined> {
  let told: string | undefined;
  let sinceMs = performance.now();
  for (;;) {
    const { text, isOurs } = await clipboard.selected();
    // Pages keep spaces from breaking.
    const now = text?.replaceAll('\u00a0', ' ');
    if (now === wanted && !isPassing) return now;
    if (now !== told) [told, sinceMs] = [now, performance.now()];
    const patienceMs = isOurs ? nothingMs : now === undefined ? silentMs : stillMs;
    if (performance.now() - sinceMs >= patienceMs) return told;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
