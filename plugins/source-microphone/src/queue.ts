// How what comes at its own pace waits for its reader: all of it, in order, for sound cannot be asked for again.

export interface Queue<T> {
  push(item: T): void;
  /** No more will come. What waits is still given, then `failure` is thrown if there is one. */
  end(failure?: Error): void;
  /** No more is wanted: what waits is forgotten. */
  drop(): void;
  /** All items, for one reader. */
  read(): AsyncGenerator<T>;
}

export function createQueue<T>(): Queue<T> {
  let items: T[] = [];
  let ended = false;
  let failed: Error | undefined;
  let wake = (): void => undefined;

  const end = (failure?: Error): void => {
    if (ended) return;
    ended = true;
    failed = failure;
    wake();
  };
  return {
    push(item) {
      if (ended) return;
      items.push(item);
      wake();
    },
    end,
    drop() {
      items = [];
      failed = undefined;
      end();
    },
    async *read() {
      for (;;) {
        const item = items.shift();
        if (item !== undefined) yield item;
        else if (!ended) await new Promise<void>((resolve) => (wake = resolve));
        else if (failed) throw failed;
        else return;
      }
    },
  };
}
