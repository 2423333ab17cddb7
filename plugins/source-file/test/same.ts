// How tests compare recordings without printing all of them.

/** The first place where the two differ; -1 when they are equal to the last sample. */
export function firstDifference(a: Float32Array, b: Float32Array): number {
  const length = Math.max(a.length, b.length);
  for (let index = 0; index < length; index++) if (a[index] !== b[index]) return index;
  return -1;
}
