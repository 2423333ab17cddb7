// How tests begin a dictation on a terminal, say something and end it.

import type { Edit, Outcome, Sink } from '@voiceinput/plugin-api';
import { terminalSink } from '@voiceinput/sink-terminal';
import type { Options, TerminalStream } from '@voiceinput/sink-terminal';
import { dictation, never } from '@voiceinput/testkit';
import type { Dictation } from '@voiceinput/testkit';

export async function begun(stream: TerminalStream, options: Options = {}, told: Dictation = dictation()) {
  const sink = terminalSink(stream, { colors: true, markMs: 0, ...options });
  await sink.begin(told.info, never);
  const say = async (segmentId: string, cause: Edit['cause'], text: string): Promise<Outcome> => {
    const outcome = await sink.apply(told.edit(segmentId, cause, text), never);
    told.settle(outcome);
    return outcome;
  };
  return { sink, told, say, end: () => ended(sink, told) };
}

async function ended(sink: Sink, told: Dictation): Promise<void> {
  await sink.end(told.result(), never);
  await sink.close();
}
