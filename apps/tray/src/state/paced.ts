// How often something that follows many changes is done.

/** Does `work` at once, and when it is wanted again within `everyMs`, once more at their end. */
export function paced(work: () => void, everyMs: number): { want(): void; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  let isWanted = false;
  const rest = (): void => {
    timer = setTimeout(() => {
      timer = undefined;
      if (isWanted) go();
    }, everyMs);
  };
  const go = (): void => {
    isWanted = false;
    work();
    rest();
  };
  return {
    want() {
      if (timer === undefined) go();
      else isWanted = true;
    },
    stop: () => clearTimeout(timer),
  };
}
