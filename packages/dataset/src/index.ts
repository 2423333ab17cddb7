// What `voiceinput dataset` is made of.

export * from './clip.ts';
export * from './list/folder.ts';
export type { FolderLayout, FolderListing, ListedWhy } from './list/listing.ts';
export * from './part/parts.ts';
export { flacOf } from './write/flac.ts';
export * from './write/folder.ts';
export * from './write/metadata.ts';
export { keepBeside } from './write/whole.ts';
export { cutSamples, reachOf } from './align/cut.ts';
export type { HeardWord } from './align/heard-word.ts';
export { letterDistance } from './align/likeness.ts';
export * from './align/pairs.ts';
export { Loudness, withPauses } from './align/pauses.ts';
export { spokenWords } from './align/spoken.ts';
export type { ReadingLanguage } from './align/spoken.ts';
export * from './book/book.ts';
export type { BookChapter } from './book/chapter.ts';
export * from './book/words.ts';
