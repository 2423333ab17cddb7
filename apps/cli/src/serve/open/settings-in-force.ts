// How the daemon dictates now: as its files say, but for what clients changed since and what the desktop cannot do.

import { isDeepStrictEqual } from 'node:util';
import type { DictationSettings, PartChoice, Profile } from '@voiceinput/engine';
import type { VoiceInputError } from '@voiceinput/plugin-api';
import { NOWHERE } from '../../built-in/sink-nowhere.ts';
import { profileOf } from '../../settings/settle.ts';
import type { Settings } from '../../settings/settle.ts';
import { needsOf } from '../../settings/sink-needs.ts';
import type { NeedTrouble } from './needs.ts';

export interface SettingsInForce {
  /** As the files were read last, with the models that are here now. */
  readonly base: Settings;
  /** Without what its sink needs, such as a desktop, or when that has gone, texts go into the history only. */
  dictation(): DictationSettings;
  /** As it is configured, whatever the desktop can do. */
  configured(): DictationSettings;
  /** Why this sink cannot write now. Absent when it can, as far as is known. */
  troubleOf(sink: PartChoice): VoiceInputError | undefined;
  /** Later dictations listen to this source, until the daemon ends or the files name another one. */
  listenTo(source: PartChoice): void;
  /** Profiles that are named later are made of what is here now. */
  modelsChanged(installed: Settings['installed']): void;
  /** Throws `ERR_PROFILE_UNKNOWN`, `ERR_MODEL_MISSING` or `ERR_CONFIG_…`. */
  profileNamed(name: string): Profile;
  /** Later dictations are as the files say now; the source that a client chose stays while the files name the same as before. */
  use(next: Settings): void;
}

/** The settings `first`, as long as nothing changes them. */
export function createSettingsInForce(first: Settings, troubleOfNeed: NeedTrouble): SettingsInForce {
  let base = first;
  let configured = base.dictation;

  function troubleOf(sink: PartChoice): VoiceInputError | undefined {
    for (const need of needsOf(sink, base.plugins)) {
      const trouble = troubleOfNeed(need);
      if (trouble !== undefined) return trouble;
    }
    return undefined;
  }

  return {
    get base() {
      return base;
    },
    dictation: () => (troubleOf(configured.sink) === undefined ? configured : { ...configured, sink: NOWHERE }),
    configured: () => configured,
    troubleOf,
    listenTo: (source) => void (configured = { ...configured, source }),
    modelsChanged: (installed) => void (base = { ...base, installed }),
    profileNamed: (name) => profileOf(base, name),
    use(next) {
      const isNamedAnew = !isDeepStrictEqual(next.dictation.source, base.dictation.source);
      const source = isNamedAnew ? next.dictation.source : configured.source;
      configured = { ...next.dictation, source };
      base = next;
    },
  };
}
