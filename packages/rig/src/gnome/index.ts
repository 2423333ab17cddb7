// What a test gets that needs GNOME: its shell without a screen, programs, and a user with a keyboard of their own.

export { openGnome } from './gnome.ts';
export type { Gnome } from './gnome.ts';
export { missingForGnome } from './programs.ts';
