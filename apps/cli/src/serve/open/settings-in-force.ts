// How the daemon dictates now: as it was started, but for what clients changed since and what the desktop cannot do.

import type { DictationSettings, PartChoice, Profile } from '@voiceinput/engine';
import type { VoiceInputError } from '@voiceinput/plugin-api';
import { NOWHERE } from '../../built-in/sink-nowhere.ts';
import { profileOf } from '../../settings/settle.ts';
import type { Settings } from '../../settings/settle.ts';

/** They need a desktop. */
const INTO_FIELDS = ['sink-desktop', 'sink-paste'];

export interface SettingsInForce {
  /** Without a desktop, or when it has gone, texts go into the history only. */
  dictation(): DictationSettings;
  /** As it is configured, whatever the desktop can do. */
  configured(): DictationSettings;
  /** Whether texts should go where there is no desktop now. */
  lacksDesktop(): boolean;
  /** Later dictations listen to this source, until the daemon ends. */
  listenTo(source: PartChoice): void;
  /** Throws `ERR_PROFILE_UNKNOWN` or `ERR_CONFIG_…`. */
  profileNamed(name: string): Profile;
}

/** `displayTrouble`: why there is no desktop. */
export function createSettingsInForce(
  base: Settings,
  displayTrouble: () => VoiceInputError | undefined,
): SettingsInForce {
  let configured = base.dictation;
  const lacksDesktop = (): boolean => INTO_FIELDS.includes(configured.sink.use) && displayTrouble() !== undefined;
  return {
    dictation: () => (lacksDesktop() ? { ...configured, sink: NOWHERE } : configured),
    configured: () => configured,
    lacksDesktop,
    listenTo: (source) => void (configured = { ...configured, source }),
    profileNamed: (name) => profileOf(base, name),
  };
}
