import { readFileSync } from 'node:fs';
import { missingForKwin, openKwin } from '@voiceinput/rig/kwin';
import type { Kwin } from '@voiceinput/rig/kwin';
import { describeUnless } from '@voiceinput/rig/unless';
import { isProof, roundsIn } from '../desk/rounds-in.ts';
import type { Elsewhere } from '../desk/round.ts';
import { provenTargets } from '../desk/targets/wayland.ts';

const missing = isProof ? missingForKwin('xfce4-terminal') : 'Only pnpm prove has the time that it needs.';
if (missing !== undefined) console.log(`skipped: ${missing}`);

/** A terminal that writes down each line. */
async function openElsewhere(desk: Kwin): Promise<Elsewhere> {
  const lines = desk.file('elsewhere');
  // foot divides by the size of the screen, and this one has none.
  const command = ['xfce4-terminal', '--disable-server', '-x', 'sh', '-c', `cat > ${lines}`];
  const { activate } = await desk.open(command, 'xfce4-terminal');
  return { activate, lastLine: () => readFileSync(lines, 'utf8').trimEnd().split('\n').at(-1) ?? '' };
}

describeUnless(missing)('while the user types on, on KWin, nothing is lost', () => {
  roundsIn<Kwin>(provenTargets('KWin'), { open: openKwin, openElsewhere, missing: missingForKwin, options: {} });
});
