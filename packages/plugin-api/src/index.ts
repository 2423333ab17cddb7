// What plugin authors can import.

export * from './abort.ts';
export * from './audio.ts';
export * from './capabilities.ts';
export * from './deadline.ts';
export * from './edit.ts';
export * from './errors.ts';
export * from './event.ts';
export * from './folder.ts';
export * from './user-folder.ts';
export * from './importer.ts';
export * from './json-line.ts';
export * from './json-schema.ts';
export * from './model-entry.ts';
export * from './model.ts';
export * from './nearest.ts';
export * from './output.ts';
export * from './plugin.ts';
export * from './printable.ts';
export * from './quoted.ts';
export * from './separate.ts';
export * from './surroundings.ts';
export * from './session.ts';
export * from './transcript.ts';
export * from './work-queue.ts';
