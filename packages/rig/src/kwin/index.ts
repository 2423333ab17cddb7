// What a test gets that needs KWin, the compositor of KDE: without a screen, with programs and a user.

export { openKwin } from './kwin.ts';
export type { Kwin } from './kwin.ts';
export { missingForKwin } from './programs.ts';
