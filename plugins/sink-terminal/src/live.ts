// How a dictation looks while it is made: words grow, stand, are mended in place, and settle.

import { openOutput } from '@voiceinput/plugin-api';
import type { Outcome, Sink } from '@voiceinput/plugin-api';
import { layOut } from './layout.ts';
import type { Row } from './layout.ts';
import { paint } from './paint.ts';
import type { Line } from './paint.ts';
import { createScreen } from './screen.ts';
import type { Size } from './screen.ts';
import { SessionText } from './session-text.ts';
import type { TerminalStream } from './stream.ts';

export interface LiveOptions {
  readonly colors: boolean;
  /** How long mended words are marked. */
  readonly markMs: number;
}

const USUAL: Size = { columns: 80, rows: 24 };
const SMALLEST: Size = { columns: 3, rows: 2 };
const APPLIED: Outcome = { kind: 'applied', proof: 'unverified' };

export function liveSink(stream: TerminalStream, { colors, markMs }: LiveOptions): Sink {
  const output = openOutput(stream);
  const marks = new Map<string, NodeJS.Timeout>();
  let screen = createScreen();
  let text: SessionText | undefined;
  let onFaded: (() => void) | undefined;

  const onResize = (): void => redrawUnasked();

  async function draw(signal?: AbortSignal): Promise<void> {
    if (!text) return;
    const size = sizeOf(stream);
    // The last column stays empty: terminals disagree about where the cursor is behind it.
    const rows = layOut([...text.unsettled()], size.columns - 1);
    const settled = settledRows(rows, text.finalUnits);
    text.settle(settled.flat().reduce((sum, { cell }) => sum + cell.units, 0));
    await output.write(screen.frame(lines(settled), lines(rows.slice(settled.length)), size), signal);
  }

  /** Nobody waits here: if writing fails, the output says so to the next one who writes. */
  function redrawUnasked(): void {
    void Promise.allSettled([draw()]);
  }

  const lines = (rows: readonly Row[]): Line[] => rows.map((row) => paint(row, colors));

  function mark(segmentId: string): void {
    clearTimeout(marks.get(segmentId));
    const timer = setTimeout(() => {
      marks.delete(segmentId);
      text?.fade(segmentId);
      redrawUnasked();
      if (marks.size === 0) onFaded?.();
    }, markMs);
    marks.set(segmentId, timer);
  }

  function faded(signal: AbortSignal): Promise<void> {
    if (marks.size === 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const onAbort = (): void => reject(signal.reason as Error);
      signal.addEventListener('abort', onAbort, { once: true });
      onFaded = () => {
        signal.removeEventListener('abort', onAbort);
        resolve();
      };
    });
  }

  /** All that there is stands for good, without marks. */
  async function finish(signal?: AbortSignal): Promise<void> {
    if (!text) return;
    for (const [segmentId, timer] of marks) {
      clearTimeout(timer);
      text.fade(segmentId);
    }
    marks.clear();
    stream.off('resize', onResize);
    const size = sizeOf(stream);
    const rows = layOut(
      Array.from(text.unsettled(), ({ cell }) => ({ cell, look: 'plain' })),
      size.columns - 1,
    );
    text = undefined;
    await output.write(screen.frame(lines(rows), [], size), signal);
  }

  return {
    async begin(session, signal) {
      signal.throwIfAborted();
      await finish(signal);
      text = new SessionText(session.hybrid);
      screen = createScreen();
      stream.on('resize', onResize);
      return {};
    },
    async apply(edit, signal) {
      signal.throwIfAborted();
      if (!text) return { kind: 'refused', reason: 'no-session' };
      const reason = text.refusal(edit);
      if (reason !== undefined) return { kind: 'refused', reason };
      if (text.apply(edit) && colors) mark(edit.segmentId);
      else text.fade(edit.segmentId);
      await draw(signal).catch((error: unknown) => {
        // It is drawn with whatever comes next.
        if (!signal.aborted) throw error;
      });
      return APPLIED;
    },
    async end(_result, signal) {
      signal.throwIfAborted();
      await faded(signal);
      await finish(signal);
    },
    async close() {
      try {
        await finish();
      } finally {
        output.close();
      }
    },
  };
}

/** A terminal that does not know its size says 0. */
function sizeOf(stream: TerminalStream): Size {
  return {
    columns: Math.max(SMALLEST.columns, stream.columns || USUAL.columns),
    rows: Math.max(SMALLEST.rows, stream.rows || USUAL.rows),
  };
}

/** The rows that hold only final text and end at a break; the last row may still grow. */
function settledRows(rows: readonly Row[], finalUnits: number): Row[] {
  let units = 0;
  const firstOpen = rows.findIndex((row, index) => {
    units += row.reduce((sum, { cell }) => sum + cell.units, 0);
    return units > finalUnits || index === rows.length - 1;
  });
  return rows.slice(0, Math.max(0, firstOpen));
}
