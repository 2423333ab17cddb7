// The sources that the rules are about, each read and parsed once.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseSync } from 'vite';
import type { ESTree, ParseResult } from 'vite';

export interface Source {
  /** From the root, with slashes. */
  readonly path: string;
  readonly text: string;
  readonly program: ESTree.Program;
  readonly comments: ParseResult['comments'];
}

export const root = resolve(import.meta.dirname, '../..');

/** Folders of everything that is published, and of the rig. */
export const packages: readonly string[] = ['packages', 'plugins', 'apps']
  .flatMap((room) => readdirSync(join(root, room)).map((name) => `${room}/${name}`))
  .filter((folder) => existsSync(join(root, folder, 'src')));

export const sources: readonly Source[] = packages.flatMap((folder) => filesIn(`${folder}/src`)).map(parsed);

/** The line, counted from 1, of a place in the text. */
export function lineAt({ text }: Source, at: number): number {
  return text.slice(0, at).split('\n').length;
}

function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.d)\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .toSorted();
}

function parsed(path: string): Source {
  const text = readFileSync(join(root, path), 'utf8');
  const { program, comments, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]!.message}`);
  return { path, text, program, comments };
}
