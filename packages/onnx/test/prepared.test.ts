// Any graph can be prepared for this machine: made once, compared, found again.

import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { difference, openSession, prepared, type Preparation } from '@voiceinput/onnx';
import { writeModel } from '../src/graph/model.ts';
import { constant, FLOAT, floats, graph, model, node, value } from './graphs.ts';

const never = new AbortController().signal;

let place: string;
beforeEach(async () => {
  place = join(await mkdtemp(join(tmpdir(), 'prepared-')), 'prepared');
});
afterEach(() => rm(join(place, '..'), { recursive: true, force: true }));

/** A model that has nothing to do with decoding text: it multiplies by `factor`. */
const times = (factor: number): Uint8Array =>
  writeModel(
    model(
      graph({
        node: [node('Mul', ['x', 'factor'], ['y'])],
        initializer: [constant('factor', FLOAT, [1], [factor])],
        input: [value('x', FLOAT, ['n'])],
        output: [value('y', FLOAT, ['n'])],
      }),
    ),
  );

async function run(graphFile: string | Uint8Array): Promise<Float32Array> {
  const session = await openSession(graphFile, { threads: 1 });
  const { y } = await session.run({ x: await floats([3], [1, 2, 3]) });
  await session.release();
  return y!.data as Float32Array;
}

/** Makes two graphs from one, the second wrong where `factor` is not 2. */
function doubling(factor: number, asked: string[] = []): Preparation {
  return {
    key: `f1-${factor}`,
    async make(write) {
      asked.push('make');
      await write('plain', times(2));
      await write('other', times(factor));
    },
    async compare({ fileOf }) {
      asked.push('compare');
      const apart = async (name: string): Promise<number> => difference(await run(times(2)), await run(fileOf(name)));
      const judged = async (name: string) => ({ faithful: (await apart(name)) === 0, finding: `${await apart(name)}` });
      return { plain: await judged('plain'), other: await judged('other') };
    },
  };
}

test('graphs are made and compared once, each with a report of its own', async () => {
  const asked: string[] = [];
  const first = await prepared(place, doubling(3, asked), never);
  const second = await prepared(place, doubling(3, asked), never);
  expect(asked).toEqual(['make', 'compare']);
  expect(first.report).toMatchObject({ plain: { faithful: true }, other: { faithful: false } });
  expect(second.report).toEqual(first.report);
  expect(second.folder).toBe(first.folder);
  expect(Array.from(await run(second.fileOf('other')))).toEqual([3, 6, 9]);
});

test('another key is another folder, and what was made under the one before goes', async () => {
  await prepared(place, doubling(3), never);
  const { report } = await prepared(place, doubling(2), never);
  expect(report['other']!.faithful).toBe(true);
  expect(await readdir(place)).toEqual([expect.stringMatching(/^f1-2-/)]);
});

test('an abort while graphs are made leaves nothing behind', async () => {
  const controller = new AbortController();
  const { make, ...others } = doubling(3);
  const stopped: Preparation = {
    ...others,
    make: (write, ...rest) => {
      controller.abort(new Error('enough'));
      return make(write, ...rest);
    },
  };
  await expect(prepared(place, stopped, controller.signal)).rejects.toThrow('enough');
  expect(await readdir(place)).toEqual([]);
});
