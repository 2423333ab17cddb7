// What plugins that run ONNX models can import.

export { alignTokens, type FrameSpan } from './decode/align.ts';
export { decodeBeams, type BeamOptions } from './decode/beam.ts';
export { cachedDecoder } from './decode/cached.ts';
export type { CacheNames } from './decode/caches.ts';
export { decode, tokenBudget, type Decoded, type DecodeOptions, type Look } from './decode/greedy.ts';
export { lengthBeforeLoop } from './decode/repetition.ts';
export { logProbability } from './decode/scores.ts';
export type { Abilities, Attention, Decoder, Encoded, Steps } from './decode/steps.ts';
export type { TextOptions } from './decode/text-options.ts';
export { openExportedModel, type ExportedModel, type ExportedModelOptions } from './exported-model.ts';
export { difference, ROUNDING_SHARE } from './prepare/difference.ts';
export type { GraphReport, Report } from './prepare/folder.ts';
export { signedBytesAreExact } from './prepare/machine.ts';
export {
  prepared,
  prepareGraph,
  type GraphFolder,
  type Machine,
  type Preparation,
  type PreparedGraphs,
} from './prepare/prepared.ts';
export { releaseAll } from './release.ts';
export { loadRuntime } from './runtime.ts';
export { openSession, openSessions, type SessionOptions } from './session.ts';
export { speechModel, type EncoderParts, type Frontend, type SpeechModel } from './speech-model.ts';
