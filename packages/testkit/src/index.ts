// What plugin authors can import for their tests.

export * from './audio/frames.ts';
export * from './audio/sound.ts';
export * from './audio/wav.ts';
export type { Check } from './conformance/check.ts';
export { conformance } from './conformance/conformance.ts';
export type { InputsOf } from './conformance/inputs.ts';
export * from './fakes/context.ts';
export * from './fakes/dictation.ts';
export { never } from './fakes/never.ts';
export * from './fakes/recording-sink.ts';
export { default as scriptedSource, sampleSource } from './fakes/sample-source.ts';
export type { SourceScript } from './fakes/sample-source.ts';
export { scriptedRunner } from './fakes/scripted-runner.ts';
export type { RunnerScript, ScriptStep } from './fakes/scripted-runner.ts';
export { default as scriptedVad } from './fakes/scripted-vad.ts';
export type { VadScript } from './fakes/scripted-vad.ts';
export { abortAtEachAwait } from './life/abort-at-each-await.ts';
export { inEveryState } from './life/every-state.ts';
export type { Life } from './life/every-state.ts';
export { races, runRace } from './field/races.ts';
export type { OpenRacer, Race, RaceAction, RaceOptions, Racer } from './field/races.ts';
export { SimulatedField } from './field/simulated-field.ts';
export type { FieldTold, SimulatedFieldOptions } from './field/simulated-field.ts';
