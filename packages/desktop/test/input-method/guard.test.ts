import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { GUARD } from '../../src/input-method/engine/guard.ts';

const folder = mkdtempSync(join(tmpdir(), 'voiceinput-guard-'));
afterAll(() => rmSync(folder, { recursive: true }));
const chosen = join(folder, 'chosen');

/** An ibus that says these in turn, the last one for ever, until it is told an engine. */
function playIbus(...answers: readonly string[]): void {
  writeFileSync(join(folder, 'answers'), answers.map((answer) => `${answer}\n`).join(''));
  writeFileSync(chosen, '');
  const program = join(folder, 'ibus');
  writeFileSync(
    program,
    `#!/bin/sh
cd ${folder}
if [ -n "$2" ]; then echo "$2" >> chosen; echo "$2" > answers; exit; fi
head -n 1 answers
[ "$(wc -l < answers)" -eq 1 ] || sed -i 1d answers
`,
  );
  chmodSync(program, 0o755);
}

async function guardAfter(...names: readonly string[]): Promise<string> {
  const guard = spawn('sh', ['-c', GUARD.replaceAll(/sleep .*/g, ':')], {
    env: { PATH: `${folder}:${process.env['PATH']}` },
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  guard.stdin.end(names.map((name) => `${name}\n`).join(''));
  await once(guard, 'close');
  return readFileSync(chosen, 'utf8');
}

test.skipIf(process.platform === 'win32').for([
  ['is back when ibus has none any more', ['No engine is set.'], 'xkb:us::eng\n'],
  ['is back when ibus drops it only later', ['xkb:us::eng', 'xkb:us::eng', 'No engine is set.'], 'xkb:us::eng\n'],
  ['is back when ours goes late', ['voiceinput', 'voiceinput', 'No engine is set.'], 'xkb:us::eng\n'],
  ['stays when it is there', ['xkb:us::eng'], ''],
  ['is the one that the user chose meanwhile', ['xkb:de::ger', 'No engine is set.'], ''],
] as const)('the user’s engine %s', async ([, answers, told]) => {
  playIbus(...answers);
  expect(await guardAfter('xkb:de::ger', 'xkb:us::eng')).toBe(told);
});
