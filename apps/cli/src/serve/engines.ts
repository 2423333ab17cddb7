// Decides which engine reads: the one for the settings in force; one that was replaced ends when its dictations have.

import type { Descriptor, Engine, Profile } from '@voiceinput/engine';
import { createEngine } from '@voiceinput/engine';
import type { EngineEvent, ModelStore } from '@voiceinput/plugin-api';

export interface Engines {
  readonly now: { readonly engine: Engine; readonly profile: Profile };
  /** Uses this profile from now on. */
  use(profile: Profile): void;
  /** An engine of its own for one piece of work with another profile. */
  with<T>(profile: Profile, work: (engine: Engine) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface EnginesOptions {
  readonly profile: Profile;
  readonly plugins: readonly Descriptor[];
  readonly models: ModelStore;
  heard(event: EngineEvent): void;
}

export function createEngines({ profile: first, plugins, models, heard }: EnginesOptions): Engines {
  const open = (profile: Profile) => {
    const engine = createEngine({ profile, plugins, models });
    engine.watch(heard, { text: true });
    return { engine, profile };
  };
  let now = open(first);
  const ending = new Set<Promise<void>>();

  function end(engine: Engine): void {
    const closing = engine.retire().finally(() => ending.delete(closing));
    ending.add(closing);
  }

  return {
    get now() {
      return now;
    },
    use(profile) {
      const before = now.engine;
      now = open(profile);
      end(before);
    },
    async with(profile, work) {
      const { engine } = open(profile);
      try {
        return await work(engine);
      } finally {
        await engine.close();
      }
    },
    async close() {
      await Promise.allSettled([now.engine.close(), ...ending]);
    },
  };
}
