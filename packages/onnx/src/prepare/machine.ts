// Which kind of 8-bit numbers this machine multiplies exactly.

import { loadRuntime } from '../runtime.ts';
import { openSession } from '../session.ts';

/** An ONNX model with one node, MatMulInteger of unsigned bytes `x` and signed bytes `w`: tells without the parts that write models. */
export const PRODUCT =
  'CAg6VgoYCgF4CgF3EgF5Ig1NYXRNdWxJbnRlZ2VyEgdwcm9kdWN0Wg8KAXgSCgoICAISBAoACgBaDwoBdxIKCggIAxIECgAKAGIPCgF5EgoKCAgGEgQKAAoAQgIQDg==';
const SIDE = 64;

/**
 * Whether unsigned times signed bytes sum up exactly. Processors with AVX2 but without VNNI add pairs of products in
 * 16 bits, which the largest values overflow (https://onnxruntime.ai/docs/performance/model-optimizations/quantization.html,
 * “When and why do I need to try U8U8”): there matrices stay unsigned. Asks the machine itself, in a few milliseconds.
 */
export async function signedBytesAreExact(): Promise<boolean> {
  const { Tensor } = await loadRuntime();
  const session = await openSession(Buffer.from(PRODUCT, 'base64'), { threads: 1 });
  const x = new Tensor('uint8', new Uint8Array(SIDE * SIDE).fill(255), [SIDE, SIDE]);
  const w = new Tensor('int8', new Int8Array(SIDE * SIDE).fill(127), [SIDE, SIDE]);
  const { y } = await session.run({ x, w });
  await session.release();
  return y !== undefined && (y.data as Int32Array).every((sum) => sum === 255 * 127 * SIDE);
}
