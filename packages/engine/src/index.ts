// What an application can use of the engine.

export { checkManifest } from './admit/check.ts';
export { isPath, loadPlugin } from './admit/load.ts';
export type { Descriptor } from './admit/load.ts';
export { openSharedParts } from './compose/shared.ts';
export type { OwnedSharedParts, SharedParts, SharedPartsOptions } from './compose/shared.ts';
export { checkConfiguration, readConfiguration } from './configure/load.ts';
export type { Configuration } from './configure/configuration.ts';
export { completeChoice } from './configure/choice.ts';
export { DICTATION_MODES } from './configure/dictation.ts';
export type { DictationMode, DictationSettings, HistorySettings } from './configure/dictation.ts';
export { hears, refuseUnheard } from './configure/language.ts';
export { defaultSegments } from './configure/profile.ts';
export type { BuiltInProfile, PartChoice, Profile, ProfileChanges } from './configure/profile.ts';
export { resolveDictation } from './configure/resolve-dictation.ts';
export { layConfiguration, profileNames, resolveProfile } from './configure/resolve.ts';
export { configurationSchema } from './configure/schema.ts';
export { validate } from './configure/validate.ts';
export { createPart } from './host/create.ts';
export { followAborts, unlessAborted } from './own/abort.ts';
export { createOwnership } from './own/ownership.ts';
export type { Ownership } from './own/ownership.ts';
export { createEngine } from './engine.ts';
export type { DictationRequest, Engine, EngineOptions, EngineProcess } from './engine.ts';
export type { UndoResult } from './deliver/writing.ts';
export { openTextRules } from './text-rules.ts';
export type { RuledText, TextRequest, TextRules, TextRulesOptions } from './text-rules.ts';
export type { EventListener } from './trace/trace.ts';
