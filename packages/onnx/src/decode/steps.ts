// What a decoding loop needs from a model: tokens in, logits out, and a way back.

import type { Tensor } from 'onnxruntime-node';

/** What an encoder gives for one clip, by the names under which the decoder takes it. Tensors are only read. */
export type Encoded = Readonly<Record<string, Tensor>>;

/** How strongly the tokens of a pass looked at each frame of the audio. */
export interface Attention {
  /** 0…1, as `[texts, heads, tokens, frames]`; the row of a token belongs to the prediction of what follows it. */
  readonly weights: Float32Array;
  readonly heads: number;
  readonly frames: number;
}

/** A decoder at work on one clip: on one text, until it branches. Calls come one at a time. */
export interface Steps {
  /** The length of a row of logits; known after the first `read`. */
  readonly vocabularySize: number;
  /** How many tokens have been read. */
  readonly length: number;
  /** What the tokens of the last pass looked at. Absent before the first, and where the graph does not say. */
  readonly attention?: Attention | undefined;
  /** Reads tokens, in one pass where that gives the same. Returns the logits of what follows each, row by row; the caller owns them. */
  read(tokens: readonly number[]): Promise<Float32Array>;
  /** Forgets all but the first `length` tokens, at least one. */
  forget(length: number): void;
  /**
   * Goes on with several texts at once, one token each: the new text `i` is what the text `from[i]` was, and `tokens[i]`.
   * Returns the logits of what follows each, row by row; the caller owns them. After it neither `read` nor `forget` may
   * be called.
   */
  branch(from: readonly number[], tokens: readonly number[]): Promise<Float32Array>;
}

/** What a decoder's graphs can do. */
export interface Abilities {
  /** Whether several tokens read in one pass give what they give one by one. */
  readonly multiToken: boolean;
  /** Whether several texts may share what belongs to the clip; otherwise it is repeated for each. */
  readonly broadcastsEncoder: boolean;
}

/** A decoder with its sessions. */
export interface Decoder {
  /** Whether several tokens are read in one pass. If not, checking a proposal saves nothing. */
  readonly multiToken: boolean;
  /** Begins a clip. */
  begin(encoded: Encoded): Promise<Steps>;
  close(): Promise<void>;
}
