// What an application can use of the engine.

export * from './configure/index.ts';
export { openSharedParts } from './compose/shared.ts';
export type { OwnedSharedParts, SharedParts, SharedPartsOptions } from './compose/shared.ts';
export { createPart } from './host/create.ts';
export { followAborts } from './own/abort.ts';
export { createOwnership } from './own/ownership.ts';
export type { Ownership } from './own/ownership.ts';
export { createLevel } from './session/level.ts';
export { createEngine } from './engine.ts';
export type { DictationRequest, Engine, EngineOptions, EngineProcess } from './engine.ts';
export type { UndoResult } from './deliver/writing.ts';
export { openTextRules } from './text-rules.ts';
export type { RuledText, TextRequest, TextRules, TextRulesOptions } from './text-rules.ts';
export type { EventListener } from './trace/trace.ts';
