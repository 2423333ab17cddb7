// How the picture of the demo is made: the real demo runs in tmux, its screens become an animated SVG.

import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const root = join(import.meta.dirname, '..');
const COLUMNS = 92;
const ROWS = 16;
const EVERY_MS = 60;
const LONGEST_MS = 60_000;
const HELD_MS = 6_000;
const CELL_WIDTH = 8.4;
const ROW_HEIGHT = 19;
const MARGIN = 16;
/** SGR, ECMA-48 §8.3.117. */
const SEQUENCE = /\u001b\[[\d;]*m/g;

interface Screen {
  readonly atMs: number;
  readonly rows: readonly string[];
}

/** A row of the screen that stood for a while. */
interface Shown {
  readonly row: number;
  readonly text: string;
  readonly fromMs: number;
  readonly toMs: number;
}

interface Style {
  bold: boolean;
  dim: boolean;
  color: string;
}

const screens = await record(['apps/cli/dist/main.js', 'demo']);
writeFileSync(join(root, 'docs/pictures/demo.svg'), draw(screens));

async function record(args: readonly string[]): Promise<Screen[]> {
  const socket = `voiceinput-picture-${process.pid}`;
  const tmux = (...words: string[]): string => execFileSync('tmux', ['-L', socket, ...words], { encoding: 'utf8' });
  const command = `sleep 1; ${[process.execPath, ...args].join(' ')}; sleep 60`;
  execFileSync(
    'tmux',
    ['-L', socket, '-f', '/dev/null', 'new-session', '-d', '-x', `${COLUMNS}`, '-y', `${ROWS}`, command],
    { cwd: root, env: { ...process.env, TERM: 'xterm-256color', FORCE_COLOR: '1' } },
  );
  const screens: Screen[] = [];
  const startedAtMs = performance.now();
  try {
    while (performance.now() - startedAtMs < LONGEST_MS) {
      const rows = withOwnStyle(tmux('capture-pane', '-p', '-e').split('\n').slice(0, ROWS));
      const atMs = performance.now() - startedAtMs;
      if (screens.at(-1)?.rows.join('\n') !== rows.join('\n')) screens.push({ atMs, rows });
      if (rows.some((row) => row.includes('--help'))) break;
      await sleep(EVERY_MS);
    }
  } finally {
    spawnSync('tmux', ['-L', socket, 'kill-server']);
  }
  const spoken = screens.filter(({ rows }) => rows.some((row) => row.trim() !== ''));
  const beginMs = spoken[0]?.atMs ?? 0;
  return spoken.map(({ atMs, rows }) => ({ atMs: atMs - beginMs, rows }));
}

/** tmux writes a style once and lets it hold on the next rows. */
function withOwnStyle(rows: readonly string[]): string[] {
  let active = '';
  return rows.map((row) => {
    const own = row.trim() === '' ? '' : active + row;
    for (const [sequence] of row.matchAll(SEQUENCE)) active = sequence === '\u001b[0m' ? '' : active + sequence;
    return own;
  });
}

function draw(all: readonly Screen[]): string {
  const lengthMs = all.at(-1)!.atMs + HELD_MS;
  const height = Math.max(...all.map(({ rows }) => rows.findLastIndex((row) => row.trim() !== ''))) + 1;
  const size = { width: Math.ceil(COLUMNS * CELL_WIDTH) + 2 * MARGIN, height: height * ROW_HEIGHT + 2 * MARGIN };
  const texts = shownRows(all, lengthMs).map((shown) => drawRow(shown, lengthMs));
  // No white space inside of a row's element: it would be shown.
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" width="${size.width}" font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14">`,
    '<title>A recording of the demo of VoiceInput: words grow while they are spoken, then the text stands</title>',
    '<rect width="100%" height="100%" rx="8" fill="#16181d"/>',
    '<g fill="#e6e6e6">',
    ...texts,
    '</g>',
    '</svg>\n',
  ].join('\n');
}

function shownRows(all: readonly Screen[], lengthMs: number): Shown[] {
  const shown: Shown[] = [];
  for (let row = 0; row < ROWS; row += 1) {
    let [text, fromMs] = ['', 0];
    for (const { atMs, rows } of [...all, { atMs: lengthMs, rows: [] }]) {
      const next = rows[row] ?? '';
      if (next === text) continue;
      if (text.trim() !== '') shown.push({ row, text, fromMs, toMs: atMs });
      [text, fromMs] = [next, atMs];
    }
  }
  return shown;
}

function drawRow({ row, text, fromMs, toMs }: Shown, lengthMs: number): string {
  const [from, to] = [fromMs, toMs].map((ms) => Number((ms / lengthMs).toFixed(4)));
  const times = [0, from!, to!];
  const values = ['hidden', 'visible', 'hidden'];
  const animate = `<animate attributeName="visibility" calcMode="discrete" dur="${(lengthMs / 1000).toFixed(2)}s" repeatCount="indefinite" values="${values.join(';')}" keyTimes="${times.join(';')}" />`;
  const y = MARGIN + (row + 0.75) * ROW_HEIGHT;
  const atEnd = toMs === lengthMs ? 'visible' : 'hidden';
  return `<text x="${MARGIN}" y="${y}" visibility="${atEnd}" xml:space="preserve">${animate}${spansOf(text).join('')}</text>`;
}

/** As far as the demo uses them. */
function spansOf(text: string): string[] {
  const style: Style = { bold: false, dim: false, color: '' };
  return text.split(/(\u001b\[[\d;]*m)/).flatMap((piece) => {
    const codes = /^\u001b\[([\d;]*)m$/.exec(piece)?.[1];
    if (codes !== undefined) {
      for (const code of codes.split(';')) apply(Number(code), style);
      return [];
    }
    if (piece === '') return [];
    const attributes = [
      style.bold ? ' font-weight="bold"' : '',
      style.dim ? ' fill-opacity="0.55"' : '',
      style.color === '' ? '' : ` fill="${style.color}"`,
    ];
    return [`<tspan${attributes.join('')}>${escaped(piece)}</tspan>`];
  });
}

function apply(code: number, style: Style): void {
  if (code === 0) Object.assign(style, { bold: false, dim: false, color: '' });
  if (code === 1) style.bold = true;
  if (code === 2) style.dim = true;
  if (code === 22) Object.assign(style, { bold: false, dim: false });
  if (code === 32) style.color = '#7ee787';
  if (code === 39) style.color = '';
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
