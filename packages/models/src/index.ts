// What the other packages can import.

export type { FileCheck, FileState } from './cache/check.ts';
export { cacheFolder } from './cache/folder.ts';
export { modelsFolder } from './cache/place.ts';
export { bytesOf, catalogueOf } from './catalogue.ts';
export type { BringingPlugin, KnownModel, ModelBringer } from './catalogue.ts';
export type { Progress } from './progress.ts';
export { openModelStore } from './store.ts';
export type { ImportWish, Models, ModelStatus, ModelStoreOptions } from './store.ts';
