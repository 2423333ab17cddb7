// How far decoding runs ahead of the listener.

/** Runs ahead of its reader by at most `samples`; before the first piece it waits until so many are there, at most `waitMs`. */
export interface Ahead {
  readonly samples: number;
  readonly waitMs: number;
}

/**
 * The pieces that `open` gives, fetched before they are wanted. A failure comes after all pieces before it. The signal
 * that `open` gets aborts when the listener leaves.
 */
export async function* lookAhead(
  open: (signal: AbortSignal) => AsyncIterable<Float32Array>,
  ahead: Ahead,
  signal: AbortSignal,
): AsyncGenerator<Float32Array> {
  const left = new AbortController();
  const stop = AbortSignal.any([signal, left.signal]);
  const waiting: Float32Array[] = [];
  let waitingSamples = 0;
  let ended = false;
  let failure: { readonly error: unknown } | undefined;
  let wake = (): void => undefined;
  let makeRoom = (): void => undefined;
  stop.addEventListener('abort', () => makeRoom(), { once: true });

  const fetching = (async () => {
    try {
      for await (const piece of open(stop)) {
        waiting.push(piece);
        waitingSamples += piece.length;
        wake();
        while (waitingSamples >= ahead.samples && !stop.aborted) {
          await new Promise<void>((resolve) => (makeRoom = resolve));
        }
        if (stop.aborted) return;
      }
    } catch (error) {
      failure = { error };
    } finally {
      ended = true;
      wake();
    }
  })();
  const changed = (): Promise<void> => new Promise((resolve) => (wake = resolve));

  let isLate = ahead.waitMs === 0;
  const isReady = (): boolean => waitingSamples >= ahead.samples || ended || isLate;
  const late = setTimeout(() => {
    isLate = true;
    wake();
  }, ahead.waitMs);
  try {
    while (!isReady()) await changed();
    for (;;) {
      const piece = waiting.shift();
      if (piece) {
        waitingSamples -= piece.length;
        makeRoom();
        yield piece;
      } else if (ended) break;
      else await changed();
    }
    if (failure) throw failure.error;
  } finally {
    clearTimeout(late);
    left.abort();
    await fetching;
  }
}
