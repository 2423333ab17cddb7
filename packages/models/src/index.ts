// What the other packages can import.

export type { FileCheck, FileState } from './cache/check.ts';
export { cacheFolder } from './cache/folder.ts';
export { catalogue } from './catalogue.ts';
export { bytesOf } from './entry.ts';
export type { FileSource, ModelEntry, ModelFile, ModelSource, NpmSource } from './entry.ts';
export type { Progress } from './progress.ts';
export { openModelStore } from './store.ts';
export type { Models, ModelStatus, ModelStoreOptions } from './store.ts';
