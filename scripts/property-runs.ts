// How often a property is tried: a fixed number in `npm test`, fewer in the quick tests, many more in `pnpm prove`.

import fc from 'fast-check';

fc.configureGlobal({
  seed: Number(process.env['VOICEINPUT_PROPERTY_SEED'] ?? 1),
  numRuns: Number(process.env['VOICEINPUT_PROPERTY_RUNS'] ?? 500),
});
