// Who may use a display: whoever can read its file of cookies.

import { randomBytes } from 'node:crypto';

/** One new cookie for every display: family Wild, then address, display, name and value (libXau, Xauth.h). */
export function cookieFile(): Buffer {
  const WILD = 0xffff;
  const number = (value: number): Buffer => Buffer.from([value >> 8, value & 0xff]);
  const fields = ['', '', 'MIT-MAGIC-COOKIE-1', randomBytes(16)].map((field) => Buffer.from(field));
  return Buffer.concat([number(WILD), ...fields.flatMap((field) => [number(field.length), field])]);
}
