// What HTTP uses of the daemon.

import type { Settings } from '../settings/settle.ts';
import type { Dictations } from '../serve/dictate/dictations.ts';
import type { Engines } from '../serve/open/engines.ts';
import type { SettingsInForce } from '../serve/open/settings-in-force.ts';

export interface DaemonServices {
  readonly base: Settings;
  readonly inForce: Pick<SettingsInForce, 'profileNamed'>;
  readonly engines: Engines;
  readonly dictations: Pick<Dictations, 'recording' | 'transcribing' | 'quiet'>;
  readonly startedAt: Date;
  /** Whether the lanes are warm. */
  isReady(): boolean;
}
