// How stretches of audio are joined and cut to another size without losing a sample.

/** The same samples in arrays of exactly `size`, the last one shorter. Each array has its own buffer. */
export async function* joinedTo(
  size: number,
  pieces: AsyncIterable<Float32Array>,
): AsyncGenerator<Float32Array<ArrayBuffer>> {
  let room = new Float32Array(size);
  let filled = 0;
  let failure: { readonly error: unknown } | undefined;
  try {
    for await (const piece of pieces) {
      for (let at = 0; at < piece.length;) {
        const part = piece.subarray(at, at + size - filled);
        room.set(part, filled);
        at += part.length;
        filled += part.length;
        if (filled < size) continue;
        yield room;
        room = new Float32Array(size);
        filled = 0;
      }
    }
  } catch (error) {
    // Samples before a failure stay valid and come first.
    failure = { error };
  }
  if (filled > 0) yield room.slice(0, filled);
  if (failure) throw failure.error;
}
