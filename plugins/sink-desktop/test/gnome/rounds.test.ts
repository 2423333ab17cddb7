import { readFileSync } from 'node:fs';
import { missingForGnome, openGnome } from '@voiceinput/rig/gnome';
import type { Gnome } from '@voiceinput/rig/gnome';
import { describeUnless } from '@voiceinput/rig/unless';
import { isProof, roundsIn } from '../desk/rounds-in.ts';
import type { Elsewhere } from '../desk/round.ts';
import { provenTargets } from '../desk/targets/wayland.ts';

const missing = isProof ? missingForGnome('foot') : 'Only pnpm prove has the time that it needs.';
if (missing !== undefined) console.log(`skipped: ${missing}`);

/** A terminal that writes down each line. */
async function openElsewhere(desk: Gnome): Promise<Elsewhere> {
  const lines = desk.file('elsewhere');
  const { activate } = await desk.open(['foot', '-a', 'elsewhere', 'sh', '-c', `cat > ${lines}`], 'elsewhere');
  return { activate, lastLine: () => readFileSync(lines, 'utf8').trimEnd().split('\n').at(-1) ?? '' };
}

describeUnless(missing)('while the user types on, on GNOME, nothing is lost', () => {
  roundsIn<Gnome>(provenTargets('GNOME'), { open: openGnome, openElsewhere, missing: missingForGnome, options: {} });
});
