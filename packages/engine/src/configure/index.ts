// What can be known of plugins and settings without an engine: a command that opens none starts faster.

export { checkManifest } from '../admit/check.ts';
export { isPath, loadPlugin } from '../admit/load.ts';
export type { Descriptor } from '../admit/load.ts';
export { completeChoice } from './choice.ts';
export type { Configuration } from './configuration.ts';
export { DICTATION_MODES } from './dictation.ts';
export type { DictationMode, DictationSettings, HistorySettings } from './dictation.ts';
export { hears, refuseUnheard } from './language.ts';
export { checkConfiguration, readConfiguration } from './load.ts';
export { defaultSegments } from './profile.ts';
export type { BuiltInProfile, PartChoice, Profile, ProfileChanges } from './profile.ts';
export { resolveDictation } from './resolve-dictation.ts';
export { layConfiguration, profileNames, resolveProfile } from './resolve.ts';
export { configurationSchema } from './schema.ts';
export { validate } from './validate.ts';
