import { missingForDesk, openDesk } from '@voiceinput/rig/desk';
import { describeUnless } from '@voiceinput/rig/unless';
import { roundsIn } from './desk/rounds-in.ts';
import { openElsewhere, targets } from './desk/targets/index.ts';

const missing = missingForDesk('xterm');
if (missing !== undefined) console.log(`skipped: ${missing}`);

describeUnless(missing)('while the user types on, nothing is lost', () => {
  roundsIn(targets, { open: openDesk, openElsewhere, missing: missingForDesk, options: {} });
});
