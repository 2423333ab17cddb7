// What style guides for subtitles (BBC, Netflix) ask for, so that a cue can be read while it stands.

/** In UTF-16 units. */
export const LINE_CHARACTERS = 42;
export const SHORTEST_MS = 1_000;
export const LONGEST_MS = 7_000;
export const CHARACTERS_A_SECOND = 20;
/** Between two cues, so that one is seen to follow the other. */
export const GAP_MS = 80;
/** A gap shorter than this flickers; it is closed up to `GAP_MS`. */
export const FLICKER_MS = 500;

/** How long `text`, with or without line breaks, has to stand. */
export function readingMs(text: string): number {
  return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, (text.length / CHARACTERS_A_SECOND) * 1_000));
}
