// Decides which kind of 8-bit numbers this machine multiplies exactly.

import { writeModel, type Model } from '../graph/model.ts';
import { elementType } from '../graph/schema.ts';
import { byteTensor } from '../graph/tensor.ts';
import { loadRuntime } from '../runtime.ts';
import { openSession } from '../session.ts';

const SIDE = 64;

/**
 * Whether unsigned times signed bytes sum up exactly. Processors with AVX2 but without VNNI add pairs of products in
 * 16 bits, which the largest values overflow (https://onnxruntime.ai/docs/performance/model-optimizations/quantization.html,
 * “When and why do I need to try U8U8”): there matrices stay unsigned. Asks the machine itself, in about a millisecond.
 */
export async function signedBytesAreExact(): Promise<boolean> {
  const { Tensor } = await loadRuntime();
  const session = await openSession(writeModel(product()), { threads: 1 });
  const ones = new Tensor('uint8', new Uint8Array(SIDE * SIDE).fill(255), [SIDE, SIDE]);
  const { y } = await session.run({ x: ones });
  await session.release();
  return (y?.data as Int32Array).every((sum) => sum === 255 * 127 * SIDE);
}

function product(): Model {
  const value = (name: string, elemType: number) => ({
    name,
    type: { tensorType: { elemType, shape: { dim: [{ dimValue: SIDE }, { dimValue: SIDE }] } } },
  });
  return {
    irVersion: 8,
    opsetImport: [{ version: 14 }],
    functions: [],
    graph: {
      name: 'product',
      node: [{ opType: 'MatMulInteger', input: ['x', 'w'], output: ['y'], attribute: [] }],
      initializer: [byteTensor('w', [SIDE, SIDE], 'int8', new Uint8Array(SIDE * SIDE).fill(127))],
      input: [value('x', elementType.uint8)],
      output: [value('y', elementType.int32)],
      valueInfo: [],
    },
  };
}
