import { missingForDesk, openDesk } from '@voiceinput/rig/desk';
import { describeUnless } from '@voiceinput/rig/unless';
import { roundsIn } from '../desk/rounds-in.ts';
import { openElsewhere } from '../desk/targets/index.ts';
import { pinned, typedTargets } from '../desk/targets/typed.ts';

const missing = missingForDesk('xterm', 'ibus-daemon');
if (missing !== undefined) console.log(`skipped: ${missing}`);

const apps = Object.fromEntries(pinned.map((name) => [name, { tier: 'input-method' as const }]));

describeUnless(missing)('while the user types on through our input method, nothing is lost', () => {
  roundsIn(typedTargets, {
    open: () => openDesk({ inputMethod: true }),
    openElsewhere,
    missing: missingForDesk,
    options: { apps },
  });
});
