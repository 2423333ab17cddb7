// What HTTP uses of the daemon.

import type { Dictations } from '../serve/dictate/dictations.ts';
import type { Engines } from '../serve/open/engines.ts';
import type { SettingsInForce } from '../serve/open/settings-in-force.ts';

export interface DaemonServices {
  readonly inForce: Pick<SettingsInForce, 'base' | 'profileNamed'>;
  readonly engines: Engines;
  readonly dictations: Pick<Dictations, 'recording' | 'transcribing' | 'quiet'>;
  readonly startedAt: Date;
  /** Whether the lanes are warm. */
  isReady(): boolean;
}
