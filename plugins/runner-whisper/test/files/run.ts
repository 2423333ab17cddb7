// Runs prepared graphs in tests.

import { join } from 'node:path';
import { loadRuntime, openSession } from '@voiceinput/onnx';

type Session = Awaited<ReturnType<typeof openSession>>;
export type Values = Awaited<ReturnType<Session['run']>>;

export const openGraph = (folder: string, name: 'encoder' | 'decoder'): Promise<Session> =>
  openSession(join(folder, `${name}.onnx`), { threads: 1 });

export async function encode(session: Session, samples: Float32Array): Promise<Values> {
  const { Tensor } = await loadRuntime();
  return session.run({ audio: new Tensor('float32', samples, [1, samples.length]) });
}

export interface Step {
  readonly tokens: readonly (readonly number[])[];
  readonly encoded: Values;
  /** What the step before gave. */
  readonly before?: Values;
}

export async function decode(session: Session, { tokens, encoded, before }: Step): Promise<Values> {
  const { Tensor } = await loadRuntime();
  const [rows, count] = [tokens.length, tokens[0]!.length];
  const pasts = session.inputNames.filter((name) => name.startsWith('past_'));
  const heads = encoded['cross_key_0']!.dims[1]!;
  const past = pasts.map((name) => [
    name,
    before?.[name.replace('past', 'present')] ?? new Tensor('float32', new Float32Array(0), [rows, heads, 0, 64]),
  ]);
  const ids = new Tensor('int64', BigInt64Array.from(tokens.flat(), BigInt), [rows, count]);
  return session.run({ ...encoded, ...Object.fromEntries(past), tokens: ids });
}

export const floatsOf = (values: Values, name: string): Float32Array => {
  const { data } = values[name]!;
  if (!(data instanceof Float32Array)) throw new TypeError(`${name} has no floats`);
  return data;
};
