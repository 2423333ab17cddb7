// In which forms a text is offered to whoever pastes.

import type { Connection } from '../connection.ts';

export interface Content {
  readonly type: number;
  /** Bits of one unit: 8, 16 or 32. */
  readonly units: number;
  readonly data: Buffer;
}

/** By target. */
export type Contents = ReadonlyMap<number, Content>;

const TEXT_TARGETS = ['UTF8_STRING', 'text/plain;charset=utf-8', 'text/plain', 'STRING', 'TEXT'];

/** Asks clipboard managers not to keep it: Klipper's convention, which others follow. */
export const SECRET_TARGET = 'x-kde-passwordManagerHint';
export const SECRET_HINT = 'secret';

/** As `contentsOf`, and not to be kept in a history of what was copied. */
export async function secretContentsOf(text: string, connection: Connection): Promise<Contents> {
  const target = await connection.atom(SECRET_TARGET);
  const contents = await contentsOf(text, connection);
  return new Map([...contents, [target, { type: target, units: 8, data: Buffer.from(SECRET_HINT) }]]);
}

export async function contentsOf(text: string, { atom }: Connection): Promise<Contents> {
  const data = Buffer.from(text);
  const utf8 = await atom('UTF8_STRING');
  const targets = await Promise.all(TEXT_TARGETS.map(async (name) => [name, await atom(name)] as const));
  // Programs that ask for TEXT or STRING take UTF-8 too when it is called so.
  const typeOf = (name: string, target: number): number => (name === 'TEXT' || name === 'STRING' ? utf8 : target);
  return new Map(targets.map(([name, target]) => [target, { type: typeOf(name, target), units: 8, data }]));
}

/** As properties of 32 bits hold them. */
export function words(values: readonly number[]): Buffer {
  const data = Buffer.alloc(4 * values.length);
  for (const [index, value] of values.entries()) data.writeUInt32LE(value, 4 * index);
  return data;
}
