// Decides what an application can use of the engine.

export { checkManifest } from './admit/check.ts';
export { isPath, loadPlugin } from './admit/load.ts';
export type { Descriptor } from './admit/load.ts';
export { checkConfiguration, readConfiguration } from './configure/load.ts';
export { defaultSegments } from './configure/profile.ts';
export type { Configuration, PartChoice, Profile } from './configure/profile.ts';
export { layConfiguration, profileNames, resolveProfile } from './configure/resolve.ts';
export { configurationSchema } from './configure/schema.ts';
export { nearestOf, validate } from './configure/validate.ts';
export { createEngine } from './engine.ts';
export type { DictationRequest, Engine, EngineOptions, EngineProcess } from './engine.ts';
export type { EventListener } from './trace/trace.ts';
