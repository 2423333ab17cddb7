// Which of its two faces the sink shows: live, or plain.

import type { Sink } from '@voiceinput/plugin-api';
import { liveSink } from './live.ts';
import { plainSink } from './plain.ts';
import { canMend, wantsColors } from './stream.ts';
import type { TerminalStream } from './stream.ts';

export interface Options {
  /** Whether text is mended in place. `auto`: when the output is a terminal. */
  readonly live?: 'auto' | boolean;
  /** Whether partial and mended words are told apart by colour. `auto`: as the terminal, NO_COLOR and FORCE_COLOR say. */
  readonly colors?: 'auto' | boolean;
  /** How long mended words are marked, in milliseconds; `end` waits for it. 700 by default. */
  readonly markMs?: number;
}

export const MARK_MS = 700;

/**
 * A sink that writes to `stream`, which stays open: it belongs to the caller. Nothing else may write to the terminal
 * between `begin` and `end`.
 *
 * Rejects with `ERR_OUTPUT_CLOSED` when the reader went away and `ERR_OUTPUT` when writing failed.
 */
export function terminalSink(stream: TerminalStream, options: Options = {}): Sink {
  const { live = 'auto', colors = 'auto', markMs = MARK_MS } = options;
  if (!(live === 'auto' ? canMend(stream, process.env) : live)) return plainSink(stream);
  return liveSink(stream, { colors: colors === 'auto' ? wantsColors(stream, process.env) : colors, markMs });
}
