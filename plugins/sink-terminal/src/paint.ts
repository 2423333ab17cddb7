// How a row is written: its characters, with colours where they are wanted.

import type { Look, Row } from './layout.ts';

/** A row ready to be written. */
export interface Line {
  readonly text: string;
  readonly columns: number;
}

/** SGR parameters, ECMA-48 §8.3.117. */
const SGR: Readonly<Record<Look, string>> = { plain: '', partial: '2', mended: '1;32' };

export function paint(row: Row, colors: boolean): Line {
  let text = '';
  let columns = 0;
  let look: Look = 'plain';
  for (const { cell, look: next } of withoutEndSpaces(row)) {
    if (colors && next !== look) {
      text += `${look === 'plain' ? '' : '\u001b[0m'}${next === 'plain' ? '' : `\u001b[${SGR[next]}m`}`;
      look = next;
    }
    text += cell.shown;
    columns += cell.columns;
  }
  return { text: look === 'plain' ? text : `${text}\u001b[0m`, columns };
}

function withoutEndSpaces(row: Row): Row {
  return row.slice(0, row.findLastIndex(({ cell }) => cell.shown.trim() !== '') + 1);
}
