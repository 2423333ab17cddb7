// How the bench keeps a contender in a process of its own, warm, and asks it for a reading.

import { fork } from 'node:child_process';
import type { Answer, Order, Reading, Ready, Request, Setting } from './protocol.ts';

export interface Contender {
  readonly pid: number;
  readonly ready: Ready;
  /** Rejects when the contender failed or its process ended. */
  read(order: Order): Promise<Reading>;
  close(): Promise<void>;
}

/** Starts `script` and waits until it is ready. */
export async function startContender(script: URL, setting: Setting): Promise<Contender> {
  const child = fork(script, { serialization: 'advanced' });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));

  function ask(request: Request): Promise<Exclude<Answer, { type: 'failed' }>> {
    return new Promise((resolve, reject) => {
      const onExit = (): void => settle(() => reject(new Error(`${script.pathname} ended`)));
      const onAnswer = (answer: Answer): void =>
        settle(() =>
          answer.type === 'failed' ? reject(new Error(`${script.pathname}: ${answer.message}`)) : resolve(answer),
        );
      const settle = (done: () => void): void => {
        child.off('exit', onExit);
        child.off('message', onAnswer);
        done();
      };
      child.once('exit', onExit);
      child.once('message', onAnswer);
      child.send(request);
    });
  }

  const answer = await ask({ type: 'open', setting });
  if (answer.type !== 'ready') throw new Error(`${script.pathname} read before it was ready`);
  return {
    pid: child.pid ?? 0,
    ready: answer.ready,
    async read(order) {
      const answer = await ask({ type: 'read', order });
      if (answer.type !== 'reading') throw new Error(`${script.pathname} gave no reading`);
      return answer.reading;
    },
    async close() {
      child.disconnect();
      await ended;
    },
  };
}
