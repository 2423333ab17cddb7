// How rows are aligned on a screen.

import { jsonLine, printable } from '@voiceinput/plugin-api';

/** Columns as wide as their widest cell, two spaces between. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column]!)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Data as one JSON line, or as text for people, whose lines carry nothing that acts on a terminal. */
export function print(json: boolean, data: unknown, text: string): void {
  process.stdout.write(`${json ? jsonLine(data) : text.split('\n').map(printable).join('\n')}\n`);
}
