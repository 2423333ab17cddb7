// What a test gets that needs a whole desktop: windows, programs, and a user with a keyboard of their own.

export { openDesk } from './desk.ts';
export type { Desk, Program } from './desk.ts';
export { missingForDesk } from './programs.ts';
export { Key } from './user.ts';
export type { User } from './user.ts';
