// What the server tells the page by itself: one stream of JSON lines for each page that is open.

import type { News } from './page/shapes.ts';
import type { Presence } from './presence.ts';

/** A page that is gone without a word is found out by then. */
const PULSE_MS = 5_000;

export interface NewsStand {
  tell(news: News): void;
  /** A stream for one page, until it goes; it counts as open meanwhile. */
  stream(presence: Presence): ReadableStream<Uint8Array>;
}

/** Nobody reads at first. */
export function createNewsStand(): NewsStand {
  const readers = new Set<(news: News) => void>();
  return {
    tell: (news) => readers.forEach((read) => read(news)),
    stream(presence) {
      let leave = (): void => undefined;
      return new ReadableStream<Uint8Array>({
        start(controller) {
          const gone = presence.opened();
          const read = (news: News): void => controller.enqueue(line(news));
          const pulse = setInterval(() => read({ type: 'here' }), PULSE_MS);
          readers.add(read);
          leave = () => {
            clearInterval(pulse);
            readers.delete(read);
            gone();
          };
          read({ type: 'here' });
        },
        cancel: () => leave(),
      });
    },
  };
}

/** One line of a stream. */
export const line = (data: unknown): Uint8Array => Buffer.from(`${JSON.stringify(data)}\n`);
