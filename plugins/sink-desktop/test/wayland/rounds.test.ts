import { readFileSync } from 'node:fs';
import { missingForSway, openSway } from '@voiceinput/rig/sway';
import type { Sway } from '@voiceinput/rig/sway';
import { describeUnless } from '@voiceinput/rig/unless';
import { roundsIn } from '../desk/rounds-in.ts';
import type { Elsewhere } from '../desk/round.ts';
import { seatTargets } from '../desk/targets/seat.ts';
import { waylandTargets } from '../desk/targets/wayland.ts';

const missing = missingForSway('foot');
if (missing !== undefined) console.log(`skipped: ${missing}`);

/** A terminal that writes down each line. */
async function openElsewhere(desk: Sway): Promise<Elsewhere> {
  const lines = desk.file('elsewhere');
  const { activate } = await desk.open(['foot', '-a', 'elsewhere', 'sh', '-c', `cat > ${lines}`], 'elsewhere');
  return { activate, lastLine: () => readFileSync(lines, 'utf8').trimEnd().split('\n').at(-1) ?? '' };
}

describeUnless(missing)('while the user types on, on Wayland, nothing is lost', () => {
  roundsIn([...waylandTargets, ...seatTargets], {
    open: openSway,
    openElsewhere,
    missing: missingForSway,
    options: {},
    rounds: 2,
  });
});
