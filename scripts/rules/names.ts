// That an exported type name is declared once in the workspace: one word for one thing.

import type { ESTree } from 'vite';
import { sources } from './sources.ts';
import type { Finding } from './finding.ts';

/** Exported names of interfaces, types and classes that several files declare. */
export function sharedTypeNames(): readonly Finding[] {
  const places = new Map<string, string[]>();
  for (const { path, program } of sources)
    for (const name of program.body.flatMap(typeNameIn)) places.set(name, [...(places.get(name) ?? []), path]);
  return [...places]
    .filter(([, paths]) => paths.length > 1)
    .map(([name, paths]) => ({
      key: name,
      complaint: `The type name ${name} stands for ${paths.length} things, in ${paths.join(', ')}: one word for one thing`,
    }));
}

function typeNameIn(statement: ESTree.Directive | ESTree.Statement): string[] {
  if (statement.type !== 'ExportNamedDeclaration' || statement.declaration === null) return [];
  const { declaration } = statement;
  switch (declaration.type) {
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
      return [declaration.id.name];
    case 'ClassDeclaration':
      return declaration.id === null ? [] : [declaration.id.name];
    default:
      return [];
  }
}
