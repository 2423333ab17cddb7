// Where a text is broken into rows: at spaces and beside wide characters, and inside a word only when it is too long.

import type { Cell } from './cells.ts';

/** How a character looks: as settled text, as something still being said, or as a word that was just mended. */
export type Look = 'plain' | 'partial' | 'mended';

export interface LookingCell {
  readonly cell: Cell;
  readonly look: Look;
}

/** The cells of one row, with the spaces at which it was broken. */
export type Row = readonly LookingCell[];

/** Rows of at most `columns` columns. What is behind a row's end never changes the rows before it. */
export function layOut(cells: readonly LookingCell[], columns: number): Row[] {
  const rows: Row[] = [];
  let start = 0;
  let breakAt = 0;
  let used = 0;
  for (const [index, { cell }] of cells.entries()) {
    if (index > start && mayBreak(cells[index - 1]?.cell, cell)) breakAt = index;
    if (!isSpace(cell) && used + cell.columns > columns && index > start) {
      const end = breakAt > start ? breakAt : index;
      rows.push(cells.slice(start, end));
      start = end;
      used = columnsOf(cells.slice(start, index));
    }
    used += cell.columns;
  }
  if (start < cells.length) rows.push(cells.slice(start));
  return rows;
}

const isSpace = (cell: Cell | undefined): boolean => cell !== undefined && /^\s$/u.test(cell.shown);
const columnsOf = (row: Row): number => row.reduce((sum, { cell }) => sum + cell.columns, 0);

/** Where scripts write no spaces, a row may end beside any character but before closing punctuation. */
function mayBreak(before: Cell | undefined, after: Cell): boolean {
  if (!before || isSpace(after)) return false;
  if (isSpace(before)) return true;
  return (isWide(before) || isWide(after)) && !/^[\p{Pe}\p{Pf}\p{Po}]/u.test(after.shown);
}

const isWide = ({ columns }: Cell): boolean => columns > 1;
