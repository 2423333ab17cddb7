// What has to be written so that the end of the terminal shows the live rows, and what settled stands above them.

import type { Line } from './paint.ts';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** Terminals that know these draw the frame at once (DEC mode 2026) and never wrap in it (DECAWM); others pass over them. */
const FRAME_START = '\u001b[?2026h\u001b[?7l';
const FRAME_END = '\u001b[?7h\u001b[?2026l';
const ERASE_REST_OF_ROW = '\u001b[K';
const ERASE_BELOW = '\u001b[J';
const up = (rows: number): string => (rows > 0 ? `\u001b[${rows}A` : '');

/** The live rows at the end of the terminal. The cursor rests on an empty row below them. */
export interface Screen {
  /** What to write so that `settled` stands for good and `live` below it. Live rows that find no room are left out at the top. */
  frame(settled: readonly Line[], live: readonly Line[], size: Size): string;
}

export function createScreen(): Screen {
  let drawn: readonly Line[] = [];

  return {
    frame(settled, live, size) {
      const visible = live.slice(-Math.max(1, size.rows - 1));
      const lines = [...settled, ...visible];
      const same = commonStart(drawn, lines);
      const unchanged = same === lines.length && same === drawn.length;

      // A narrower terminal has wrapped the rows by itself. Its cursor stops at the top: what has scrolled out is out of reach.
      const rowsToRewrite = drawn.slice(same).reduce((sum, line) => sum + rowsOf(line, size.columns), 0);
      const text = lines.slice(same).map((line) => `${line.text}${ERASE_REST_OF_ROW}\r\n`);
      drawn = visible;
      if (unchanged) return '';
      return `${FRAME_START}\r${up(rowsToRewrite)}${text.join('')}${ERASE_BELOW}${FRAME_END}`;
    },
  };
}

const rowsOf = (line: Line, columns: number): number => Math.max(1, Math.ceil(line.columns / columns));

function commonStart(before: readonly Line[], after: readonly Line[]): number {
  const differing = before.findIndex((line, index) => line.text !== after[index]?.text);
  return differing < 0 ? before.length : differing;
}
