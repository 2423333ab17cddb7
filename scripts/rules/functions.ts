// That a function fits on two screens, and that an exported one says in a sentence what it does.

import { Visitor } from 'vite';
import type { ESTree } from 'vite';
import { lineAt, sources } from './sources.ts';
import type { Source } from './sources.ts';
import type { Finding } from './finding.ts';

const MOST_LINES = 80;

type FunctionNode = ESTree.Function | ESTree.ArrowFunctionExpression;

/** Functions and methods of more than 80 lines, by file and name. */
export function longFunctions(): readonly Finding[] {
  return sources.flatMap((source) =>
    functionsOf(source)
      .map(({ name, node }) => ({ name, lines: lineAt(source, node.end) - lineAt(source, node.start) + 1 }))
      .filter(({ lines }) => lines > MOST_LINES)
      .map(({ name, lines }) => ({
        key: `${source.path} ${name}`,
        complaint: `${source.path}: ${name} has ${lines} lines; at most ${MOST_LINES}`,
      })),
  );
}

/** Exported functions and classes without a comment of their own before them. */
export function unexplainedFunctions(): readonly Finding[] {
  return sources.flatMap((source) =>
    source.program.body
      .flatMap((statement) => exportedFunctionsIn(statement).map((name) => ({ name, at: statement.start })))
      .filter(({ at }) => !isExplained(source, at))
      .map(({ name, at }) => ({
        key: `${source.path} ${name}`,
        complaint: `${source.path}:${lineAt(source, at)}: ${name} is exported and has no sentence that says what it does`,
      })),
  );
}

/** All that are written in a file, each with the name under which it is known there. */
function functionsOf({ program }: Source): { name: string; node: FunctionNode }[] {
  const names = new Map<FunctionNode, string>();
  const found: { name: string; node: FunctionNode }[] = [];
  const known = (node: ESTree.Expression | null, key: { name?: unknown }): void => {
    if (node !== null && isFunction(node) && typeof key.name === 'string') names.set(node, key.name);
  };
  const add = (node: FunctionNode): void => {
    const own = 'id' in node && node.id !== null ? node.id.name : undefined;
    found.push({ name: own ?? names.get(node) ?? 'a function', node });
  };
  new Visitor({
    VariableDeclarator: (node) => known(node.init, node.id as { name?: unknown }),
    Property: (node) => known(node.value as ESTree.Expression, node.key as { name?: unknown }),
    PropertyDefinition: (node) => known(node.value, node.key as { name?: unknown }),
    MethodDefinition: (node) => known(node.value as ESTree.Expression, node.key as { name?: unknown }),
    FunctionDeclaration: add,
    FunctionExpression: add,
    ArrowFunctionExpression: add,
  }).visit(program);
  return found;
}

function isFunction(node: ESTree.Expression): node is FunctionNode & ESTree.Expression {
  return node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression';
}

function exportedFunctionsIn(statement: ESTree.Directive | ESTree.Statement): string[] {
  if (statement.type === 'ExportDefaultDeclaration') {
    const { declaration } = statement;
    if (declaration.type !== 'FunctionDeclaration' && declaration.type !== 'ClassDeclaration') return [];
    return [declaration.id?.name ?? 'default'];
  }
  if (statement.type !== 'ExportNamedDeclaration' || statement.declaration === null) return [];
  const { declaration } = statement;
  if (declaration.type === 'FunctionDeclaration' || declaration.type === 'ClassDeclaration')
    return declaration.id === null ? [] : [declaration.id.name];
  if (declaration.type !== 'VariableDeclaration') return [];
  return declaration.declarations.flatMap(({ id, init }) =>
    init !== null && isFunction(init) && id.type === 'Identifier' ? [id.name] : [],
  );
}

/** Nothing but space lies between the comment and the export. */
function isExplained({ text, comments }: Source, at: number): boolean {
  return comments.some(
    ({ type, value, end }) =>
      type === 'Block' && value.startsWith('*') && end <= at && text.slice(end, at).trim() === '',
  );
}
