// In which applications rounds are run.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Desk } from '@voiceinput/rig/desk';
import type { Elsewhere } from '../round.ts';
import { editors } from './editors.ts';
import { fieldPrograms } from './fields.ts';
import { pageTargets } from './pages.ts';
import { readables } from './readable.ts';
import { shells } from './shells.ts';
import type { Target } from './target.ts';

export const targets: readonly Target[] = [...readables, ...fieldPrograms, ...editors, ...shells, ...pageTargets];

/** A terminal that writes down each line. */
export async function openElsewhere(desk: Desk): Promise<Elsewhere> {
  const lines = join(desk.folder, 'elsewhere');
  const command = ['xterm', '-name', 'elsewhere', '-class', 'Elsewhere', '-e', 'sh', '-c', `cat > ${lines}`];
  const { activate } = await desk.open(command, 'elsewhere');
  return { activate, lastLine: () => readFileSync(lines, 'utf8').trimEnd().split('\n').at(-1) ?? '' };
}
