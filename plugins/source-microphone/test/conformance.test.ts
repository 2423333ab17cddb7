import sourceMicrophone from '@voiceinput/source-microphone';
import { conformance } from '@voiceinput/testkit';
import { missingForSoundRig, openSoundRig } from '@voiceinput/rig/sound';
import type { SoundRig } from '@voiceinput/rig/sound';
import { describeUnless } from '@voiceinput/rig/unless';
import { afterAll, beforeAll, test } from 'vitest';

const missing = missingForSoundRig('parecord');
if (missing !== undefined) console.log(`skipped: ${missing}`);

describeUnless(missing)('conformance with a virtual microphone', () => {
  let rig: SoundRig;
  beforeAll(async () => {
    rig = await openSoundRig();
    Object.assign(process.env, rig.env);
  });
  afterAll(() => rig.close());
  for (const { name, run } of conformance(sourceMicrophone, { config: { recorder: 'parecord' } })) test(name, run);
});
