// Clips out of a long recording as it goes by: no more of it is in memory than a clip needs.

import { cutSamples, reachOf } from '@voiceinput/dataset';
import type { AlignedPair } from '@voiceinput/dataset';

/** The samples of each pair, in their order. `pieces` is the recording from its first sample. */
export async function* clipsOf<Pair extends Pick<AlignedPair, 'begins' | 'ends'>>(
  pieces: AsyncIterable<Float32Array>,
  pairs: readonly Pair[],
): AsyncGenerator<{ readonly pair: Pair; readonly samples: Float32Array }> {
  /** What may still be needed; its first sample is `start`. */
  let held: Float32Array[] = [];
  let [start, end, next] = [0, 0, 0];
  for await (const piece of pieces) {
    held.push(piece);
    end += piece.length;
    for (; next < pairs.length && reachOf(pairs[next]!).to <= end; next++) yield clipAt(next);
    if (next === pairs.length) return;
    const needed = reachOf(pairs[next]!).from;
    while (held.length > 0 && start + held[0]!.length <= needed) start += held.shift()!.length;
  }
  // The last pause may reach beyond the end.
  for (; next < pairs.length && pairs[next]!.ends.from <= end; next++) yield clipAt(next);

  function clipAt(index: number): { readonly pair: Pair; readonly samples: Float32Array } {
    const pair = pairs[index]!;
    const { from, to } = reachOf(pair);
    const samples = new Float32Array(Math.min(to, end) - from);
    let at = start;
    for (const piece of held) {
      const [first, last] = [Math.max(from, at), Math.min(from + samples.length, at + piece.length)];
      if (first < last) samples.set(piece.subarray(first - at, last - at), first - from);
      at += piece.length;
    }
    return { pair, samples: cutSamples(samples, pair) };
  }
}
