// Which links of a page lead nowhere: to a file or heading of this repository that is not there.

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { root } from './files.ts';

const CODE_BLOCK = /^```[^]*?^```/gm;
const LINK = /\]\((?<target>[^)\s]+)\)/g;
const HEADING = /^#+ (.+)$/gm;

export function complaintsAboutLinks(text: string, path: string): string[] {
  const targets = Array.from(text.replace(CODE_BLOCK, '').matchAll(LINK), ({ groups }) => groups!['target']!);
  return targets
    .filter((target) => isBroken(target, path))
    .map((target) => `${path}: the link to ${target} leads nowhere`);
}

function isBroken(target: string, path: string): boolean {
  if (/^[a-z]+:/.test(target)) return false;
  const [place = '', anchor] = target.split('#');
  const file = place === '' ? join(root, path) : resolve(root, dirname(path), place);
  if (relative(root, file).startsWith('..') || !existsSync(file)) return true;
  return anchor !== undefined && file.endsWith('.md') && !anchorsOf(readFileSync(file, 'utf8')).includes(anchor);
}

/** As GitHub makes them. */
function anchorsOf(text: string): string[] {
  const headings = Array.from(text.replace(CODE_BLOCK, '').matchAll(HEADING), ([, title = '']) => title.toLowerCase());
  return headings.map((title) => title.replace(/[^\p{L}\p{N}\- ]/gu, '').replaceAll(' ', '-'));
}
