// Which engine reads: the one for the settings in force; one that was replaced ends when its dictations have.

import { isDeepStrictEqual } from 'node:util';
import type { Descriptor, DictationRequest, Engine, Profile, SharedParts } from '@voiceinput/engine';
import { createEngine } from '@voiceinput/engine';
import type { EngineEvent, ModelStore } from '@voiceinput/plugin-api';
import type { VoiceInputError } from '@voiceinput/plugin-api';
import { unclosed } from './trouble.ts';

export interface Engines {
  readonly now: { readonly engine: Engine; readonly profile: Profile };
  /** Settles when the engine in force can read at once, also when it was replaced meanwhile. Rejects as `Engine.ready` does. */
  ready(signal: AbortSignal): Promise<void>;
  /** Uses this profile from now on. Nothing is opened anew where the lanes that are open can do it, unless `anew` says so. */
  use(profile: Profile, anew?: boolean): void;
  /** An engine of its own for one piece of work with another profile. */
  with<T>(profile: Profile, work: (engine: Engine) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface EnginesOptions {
  readonly profile: Profile;
  /** Those that there are at the time of each `use`. */
  readonly plugins: readonly Descriptor[];
  readonly models: ModelStore;
  /** Shared by all: what one wrote another can take back. */
  readonly shared: SharedParts;
  heard(event: EngineEvent): void;
  /** Told of an engine that was replaced and does not close well. */
  warn(error: VoiceInputError): void;
}

/** Opens the engine of `profile`; others take its place when settings change. */
export function createEngines({ profile: first, plugins, models, shared, heard, warn }: EnginesOptions): Engines {
  const open = (profile: Profile): Opened => {
    const engine = createEngine({ profile, plugins, models, shared });
    engine.watch(heard, { text: true });
    return { engine, profile, opened: profile, urls: urlsOf(plugins) };
  };
  let now = open(first);
  const ending = new Set<Promise<void>>();

  function end(engine: Engine): void {
    const closing = engine
      .drain()
      .catch((error: unknown) => warn(unclosed('The previous engine', error)))
      .finally(() => ending.delete(closing));
    ending.add(closing);
  }

  return {
    get now() {
      const { engine, profile } = now;
      const { hybrid } = profile;
      return {
        profile,
        engine: {
          ...engine,
          dictate: (request: DictationRequest, signal: AbortSignal) => engine.dictate({ hybrid, ...request }, signal),
        },
      };
    },
    async ready(signal) {
      for (;;) {
        const { engine } = now;
        try {
          await engine.ready(signal);
          if (engine === now.engine) return;
        } catch (error) {
          // One that was replaced ends before it is ready.
          if (engine === now.engine) throw error;
        }
      }
    },
    use(profile, anew = false) {
      const isSame = !anew && isDeepStrictEqual(urlsOf(plugins), now.urls);
      if (isSame && isDeepStrictEqual(profile, now.profile)) return;
      if (isSame && canServe(now.opened, profile)) {
        now = { ...now, profile };
        return;
      }
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
      const closing = now.engine.close();
      // Those that were replaced have told already what went wrong with them.
      await Promise.allSettled([closing, ...ending]);
      await closing;
    },
  };
}

interface Opened {
  readonly engine: Engine;
  readonly profile: Profile;
  /** What the engine was opened with. */
  readonly opened: Profile;
  readonly urls: readonly string[];
}

const urlsOf = (plugins: readonly Descriptor[]): readonly string[] => plugins.map(({ url }) => url);

/** Lanes that make both readings can make the draft alone; the refine lane then gives its memory back when it is idle. */
function canServe(opened: Profile, wanted: Profile): boolean {
  return isDeepStrictEqual({ ...opened, hybrid: opened.hybrid && wanted.hybrid }, wanted);
}
