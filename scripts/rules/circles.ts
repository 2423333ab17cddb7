// That files do not know each other in a circle, not by their types either.

import { dirname, join } from 'node:path/posix';
import { Visitor } from 'vite';
import { sources } from './sources.ts';
import type { Source } from './sources.ts';
import type { Finding } from './finding.ts';

/** Files that import, or import types of, files that lead back to them. */
export function circles(): readonly Finding[] {
  const imports = new Map(sources.map((source) => [source.path, importsOf(source)]));
  return [...imports.keys()].flatMap((path) => {
    const others = [...reachable(path, imports)].filter((other) => reachable(other, imports).has(path)).toSorted();
    if (!others.includes(path)) return [];
    return [{ key: path, complaint: `${path} is in a circle of imports, with ${others.join(', ')}` }];
  });
}

/** Also those that are made when they are needed. */
function importsOf({ path, program }: Source): string[] {
  const specifiers: string[] = [];
  new Visitor({
    ImportDeclaration: ({ source }) => void specifiers.push(source.value),
    ExportAllDeclaration: ({ source }) => void specifiers.push(source.value),
    ExportNamedDeclaration: ({ source }) => void specifiers.push(source?.value ?? ''),
    ImportExpression: ({ source }) => void (source.type === 'Literal' && specifiers.push(String(source.value))),
  }).visit(program);
  return specifiers.filter((specifier) => specifier.startsWith('.')).map((specifier) => join(dirname(path), specifier));
}

function reachable(from: string, imports: ReadonlyMap<string, readonly string[]>): Set<string> {
  const seen = new Set<string>();
  const waiting = [...(imports.get(from) ?? [])];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    waiting.push(...(imports.get(path) ?? []));
  }
  return seen;
}
