// Preloaded with `--import`: lets a day pass in seconds, by the clock too. Only what waits for long is faster; deadlines stay
// as they are.

import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers';
import promises from 'node:timers/promises';

const DAY_MS = 86_400_000;
const LONG_MS = 600_000;
const factor = DAY_MS / Number(process.env['VOICEINPUT_TEST_DAY_MS']);
const begunAtMs = Date.now();
const OwnDate = Date;
const now = () => begunAtMs + (OwnDate.now() - begunAtMs) * factor;
const shorter = (ms) => (ms >= LONG_MS ? ms / factor : ms);

for (const name of ['setTimeout', 'setInterval']) {
  const own = globalThis[name];
  const faster = (work, ms, ...rest) => own(work, shorter(ms), ...rest);
  globalThis[name] = timers[name] = Object.defineProperties(faster, Object.getOwnPropertyDescriptors(own));
}
globalThis.Date = class extends OwnDate {
  constructor(...given) {
    super(...(given.length === 0 ? [now()] : given));
  }
  static now() {
    return Math.round(now());
  }
};
const sleep = promises.setTimeout;
promises.setTimeout = (ms, ...rest) => sleep(shorter(ms), ...rest);
syncBuiltinESMExports();
