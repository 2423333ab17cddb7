// How the scenarios set the scene: a real engine with scripted plugins, runners in processes of their own.

import type { EngineEvent, ModelStore } from '@voiceinput/plugin-api';
import type { Descriptor, Profile, SharedParts } from '@voiceinput/engine';
import { createEngine } from '@voiceinput/engine';
import { fakeModels, recordingSink, scriptedSource, scriptedVad } from '@voiceinput/testkit';
import type { RecordingSinkOptions, RunnerScript, SourceScript } from '@voiceinput/testkit';
import scriptedRunner from '@voiceinput/testkit/fakes/scripted-runner';

export interface Scene {
  readonly fast: RunnerScript;
  /** Absent: without hybrid. */
  readonly refine?: RunnerScript;
  readonly profile?: Partial<Profile>;
  readonly sink?: RecordingSinkOptions;
  readonly more?: readonly Descriptor[];
  readonly shared?: SharedParts;
  readonly models?: ModelStore;
}

export function setScene({ fast, refine, profile, sink, more = [], shared, models = fakeModels() }: Scene) {
  const { plugin, recording } = recordingSink(sink);
  const plugins: Descriptor[] = [
    { plugin: scriptedSource, url: 'unused' },
    { plugin: scriptedVad, url: 'unused' },
    { plugin: scriptedRunner, url: import.meta.resolve('@voiceinput/testkit/fakes/scripted-runner') },
    { plugin, url: 'unused' },
    ...more,
  ];
  const engine = createEngine({
    plugins,
    models,
    ...(shared && { shared }),
    profile: {
      name: 'test',
      hybrid: refine !== undefined,
      words: [],
      vad: { use: 'vad-scripted', options: { loudness: 0.02, windowSamples: 512 } },
      fast: { use: 'runner-scripted', options: { ...fast } },
      refine: { use: 'runner-scripted', options: { ...refine } },
      post: [],
      lanes: {},
      segments: {
        enterProbability: 0.5,
        leaveProbability: 0.35,
        sureProbability: 0.7,
        minSpeechMs: 60,
        padMs: 100,
        pauseMs: 400,
        minPauseMs: 200,
        softMaxMs: 8_000,
        maxMs: 15_000,
      },
      ...profile,
    },
  });
  const events: EngineEvent[] = [];
  engine.watch((event) => events.push(event), { text: true });
  return { engine, recording, events };
}

/** `count` stretches of speech of 1 s with pauses of 1 s between. */
export function speech(
  count: number,
  options: Partial<SourceScript> = {},
): {
  label: string;
  source: { use: string; options: Record<string, unknown> };
  sink: { use: string; options: Record<string, never> };
} {
  const score = Array.from({ length: count }, () => [
    { sound: 'silence', ms: 500 },
    { sound: 'sine', ms: 1000 },
    { sound: 'silence', ms: 500 },
  ]).flat();
  return {
    label: 'speech.wav',
    source: { use: 'source-samples', options: { score, frameMs: 100, ...options } },
    sink: { use: 'sink-recording', options: {} },
  };
}

/** Runs `work` with the scene's engine, then closes it. */
export async function play<T>(scene: Scene, work: (stage: ReturnType<typeof setScene>) => Promise<T>): Promise<T> {
  const stage = setScene(scene);
  try {
    return await work(stage);
  } finally {
    await stage.engine.close();
  }
}

export const never = (): AbortSignal => new AbortController().signal;
