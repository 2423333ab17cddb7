// What measures this runner part by part needs beside the plugin: `@voiceinput/runner-whisper/measure`.

export { hear, type EncodedClip } from './decode/hearing.ts';
export { suppression, taskTokens } from './decode/prompt.ts';
export { openWhisper, type Whisper } from './decode/whisper.ts';
export type { Description, Dims } from './description/description.ts';
export { preparedModel, type PreparedModel } from './import/prepared-model.ts';
export { ask } from './language/ask.ts';
export { expectedShapes } from './weights/expected.ts';
