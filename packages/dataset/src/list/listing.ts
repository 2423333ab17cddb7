// What was found in a folder.

import type { ListedClip } from '../clip.ts';

export type FolderLayout = 'hugging-face' | 'common-voice' | 'librispeech' | 'table' | 'text-beside';

/** Why a row or file became no clip. */
export type ListedWhy = 'no-text' | 'no-audio' | 'twice';

export interface FolderListing {
  readonly layout: FolderLayout;
  readonly clips: readonly ListedClip[];
  /** By reason, the names of those that became none. */
  readonly leftOut: Readonly<Partial<Record<ListedWhy, readonly string[]>>>;
}

/** Collects clips and what is left out. */
export class Collecting {
  readonly #clips = new Map<string, ListedClip>();
  readonly #leftOut = new Map<ListedWhy, string[]>();

  /** Takes a clip unless it has no text, or was there before. */
  add(clip: ListedClip): void {
    const text = clip.text.replace(/\s+/g, ' ').trim();
    if (text === '') return this.leaveOut('no-text', clip.name);
    if (this.#clips.has(clip.path)) return this.leaveOut('twice', clip.name);
    this.#clips.set(clip.path, { ...clip, text });
  }

  leaveOut(why: ListedWhy, name: string): void {
    const names = this.#leftOut.get(why);
    if (names === undefined) this.#leftOut.set(why, [name]);
    else names.push(name);
  }

  get listing(): Omit<FolderListing, 'layout'> {
    return { clips: [...this.#clips.values()], leftOut: Object.fromEntries(this.#leftOut) };
  }
}
