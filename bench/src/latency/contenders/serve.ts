// How a contender's process answers the bench: one request at a time, until the bench goes away.

import type { Answer, Order, Reading, Request, Setting } from './protocol.ts';

export interface Contestant {
  /** Steps of opening that are worth telling, by name, in ms. */
  readonly steps?: Readonly<Record<string, number>>;
  /** Its own processes, by name. */
  readonly pids?: Readonly<Record<string, number>>;
  read(order: Order): Promise<Reading>;
}

/** Serves what `open` gives for the setting that the bench sends. */
export function serve(open: (setting: Setting) => Promise<Contestant>): void {
  let contestant: Contestant | undefined;
  process.on('message', (request: Request) => {
    answer(request).then(tell, (error: unknown) => tell({ type: 'failed', message: String(error) }));
  });
  // Without the bench there is nobody to be fast for.
  process.on('disconnect', () => process.exit());

  async function answer(request: Request): Promise<Answer> {
    if (request.type === 'open') {
      contestant = await open(request.setting);
      return {
        type: 'ready',
        ready: { readyMs: performance.now(), steps: contestant.steps ?? {}, pids: contestant.pids ?? {} },
      };
    }
    if (contestant === undefined) throw new Error('asked to read before it was opened');
    return { type: 'reading', reading: await contestant.read(request.order) };
  }
}

function tell(answer: Answer): void {
  process.send?.(answer);
}
