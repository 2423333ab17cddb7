// What runs in a process of its own, to be killed: a sink that writes a draft and, when told to, the refined text.

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { DesktopOptions } from '@voiceinput/sink-desktop';

const program = `
  import plugin from '@voiceinput/sink-desktop';
  import { dictation, fakeContext } from '@voiceinput/testkit';
  const [options, draft, refined] = JSON.parse(process.argv[1]);
  const signal = new AbortController().signal;
  const sink = await plugin.create(options, fakeContext({ pluginId: plugin.id }), signal);
  const told = dictation({ sessionId: 'killed' });
  await sink.begin(told.info, signal);
  const outcome = await sink.apply(told.edit('0', 'draft', draft), signal);
  told.settle(outcome);
  process.send(outcome);
  process.once('message', () => void sink.apply(told.edit('0', 'refined', refined), signal).then((last) => process.send(last)));
`;

export interface Dictating {
  readonly pid: number;
  /** Begins to replace the draft. */
  refine(): void;
  /** What became of the refined text. Absent when the process was killed before. */
  readonly outcome: Promise<unknown>;
  kill(): Promise<void>;
}

/** Resolves when the draft is written; rejects with what the process says when it is not. */
export async function dictating(options: DesktopOptions, draft: string, refined: string): Promise<Dictating> {
  const child = spawn(
    process.execPath,
    ['--input-type=module', '-e', program, JSON.stringify([options, draft, refined])],
    { cwd: resolve(import.meta.dirname, '../..'), stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
  );
  const ended = once(child, 'exit');
  const first = await Promise.race([nextMessage(child), ended.then(() => undefined)]);
  if ((first as { kind?: string } | undefined)?.kind !== 'applied')
    throw new Error(`The draft was not written: ${JSON.stringify(first)}`);
  const outcome = Promise.race([nextMessage(child), ended.then(() => undefined)]);
  return {
    pid: child.pid!,
    refine: () => void child.send('refine'),
    outcome,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function nextMessage(child: ChildProcess): Promise<unknown> {
  const [message] = (await once(child, 'message')) as [unknown];
  return message;
}
