// How figures stand on the screen.

/** Columns as wide as needed: the first to the left, the others to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]): string =>
    widths
      .map((width, column) => (column === 0 ? (row[column] ?? '').padEnd(width) : (row[column] ?? '').padStart(width)))
      .join('  ')
      .trimEnd();
  return [line(head), widths.map((width) => '─'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
}

/** `12.3 %`; `–` for what could not be measured. */
export const percent = (share: number): string => (Number.isFinite(share) ? `${(share * 100).toFixed(1)} %` : '–');
export const signedPercent = (share: number): string => `${share > 0 ? '+' : ''}${percent(share)}`;
/** Rounded to what can be measured. */
export const ms = (value: number): string =>
  Number.isFinite(value) ? (value < 100 ? value.toFixed(1) : value.toFixed(0)) : '–';
export const times = (ratio: number): string => (Number.isFinite(ratio) ? `${ratio.toFixed(2)} ×` : '–');
export const mebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(0);

export function say(text = ''): void {
  process.stdout.write(`${text}\n`);
}

/** What goes on meanwhile; apart from the results. */
export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}
