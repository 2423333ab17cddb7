// How long the page's door stays open: until its browser came and went, nobody came, or nothing was asked for long.

export interface PresenceLimits {
  /** Who was not let in after so long does not come any more. */
  readonly enterMs: number;
  /** A page that is loaded anew is away for so long. */
  readonly awayMs: number;
  /** A page that is open, and with which nothing is done. */
  readonly idleMs: number;
}

export const presenceLimits: PresenceLimits = { enterMs: 60_000, awayMs: 15_000, idleMs: 30 * 60_000 };

/** Why the door closes. */
export type Ending = 'unopened' | 'closed' | 'idle';

export interface Presence {
  /** The browser was let in. */
  entered(): void;
  /** Something was asked for. */
  used(): void;
  /** A page is open; call the result when it goes. */
  opened(): () => void;
  /** Settles when the door is to be closed. */
  readonly over: Promise<Ending>;
  /** Stops counting. */
  stop(): void;
}

/** Counts from now on. */
export function createPresence({ enterMs, awayMs, idleMs }: PresenceLimits): Presence {
  let resolve: (ending: Ending) => void;
  const over = new Promise<Ending>((settle) => (resolve = settle));
  let pages = 0;
  let away = setTimeout(() => resolve('unopened'), enterMs);
  let idle: NodeJS.Timeout | undefined;

  function leave(): void {
    clearTimeout(away);
    away = setTimeout(() => resolve('closed'), awayMs);
  }

  function used(): void {
    clearTimeout(idle);
    idle = setTimeout(() => resolve('idle'), idleMs);
  }

  return {
    over,
    used,
    entered() {
      leave();
      used();
    },
    opened() {
      pages += 1;
      clearTimeout(away);
      let isOpen = true;
      return () => {
        if (!isOpen) return;
        isOpen = false;
        pages -= 1;
        if (pages === 0) leave();
      };
    },
    stop() {
      clearTimeout(away);
      clearTimeout(idle);
    },
  };
}
