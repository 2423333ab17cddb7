// What plugins that run ONNX models can import.

export { decodeBeams, type BeamOptions } from './decode/beam.ts';
export { decode, tokenBudget, type Decoded, type DecodeOptions } from './decode/greedy.ts';
export type { Decoder, Steps } from './decode/steps.ts';
export { loadRuntime } from './runtime.ts';
export { openSession, type SessionOptions } from './session.ts';
export { openSpeechModel, type SpeechModel, type SpeechModelOptions } from './speech-model.ts';
