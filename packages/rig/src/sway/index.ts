// What a test gets that needs a Wayland desktop: sway without a screen, programs, and a user with a keyboard of their own.

export { Key } from '../desk/user.ts';
export { missingForSway } from './programs.ts';
export { openSway } from './sway.ts';
export type { Sway, SwayProgram } from './sway.ts';
