// How the table of errors becomes a page.

import { errorTable, exitCodes } from '../../packages/plugin-api/dist/index.js';
import { code, tableOf } from './table.ts';

export function errorsPage(): string {
  const sections = Object.entries(exitCodes).flatMap(([exitCode, meaning]) => {
    const errors = Object.entries(errorTable).filter(([, entry]) => entry.exitCode === Number(exitCode));
    const rows = errors.map(([name, { summary, hint }]) => [code(name), summary, hint]);
    return rows.length === 0 ? [] : [`## ${exitCode}: ${meaning}`, tableOf(['code', 'meaning', 'what to do'], rows)];
  });
  return [
    '<!-- Written by `pnpm run docs` from packages/plugin-api/src/errors.ts. -->',
    '# Errors',
    'A command that fails says what happened, a stable code and what to do about it on standard error, and ends with an exit code. With `--json` that is one line: `{"type":"error","code":…,"message":…,"hint":…}`. The hint of an error may be more exact than the one given here. When several files fail, the exit code is that of the first.',
    'Exit code 0 means that everything was done.',
    ...sections,
  ].join('\n\n');
}
