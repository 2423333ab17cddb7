// How a piece of a tested file becomes a code block: all of it, or what stands between its region comments.

import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { root } from './files.ts';

const LANGUAGES: Readonly<Record<string, string>> = { '.js': 'js', '.ts': 'ts', '.json': 'json', '.sh': 'sh' };

/** `source` is a path from the root, and after a `#` the name of a region. Rejects when either is not there. */
export async function snippet(source: string): Promise<string> {
  const [path = '', region] = source.split('#');
  const text = await readFile(join(root, path), 'utf8');
  const piece = region === undefined ? text : regionOf(text, region, path);
  return `\`\`\`${LANGUAGES[extname(path)] ?? 'text'}\n${withoutMargin(piece).trim()}\n\`\`\``;
}

function regionOf(text: string, region: string, path: string): string {
  const lines = text.split('\n');
  const begin = lines.findIndex((line) => line.trim() === `// #region ${region}`);
  const length = lines.slice(begin + 1).findIndex((line) => line.trim() === '// #endregion');
  if (begin === -1 || length === -1) throw new Error(`${path} has no region "${region}".`);
  return lines.slice(begin + 1, begin + 1 + length).join('\n');
}

function withoutMargin(text: string): string {
  const lines = text.split('\n');
  const margins = lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length);
  const margin = Math.min(...margins);
  return lines.map((line) => line.slice(margin)).join('\n');
}
