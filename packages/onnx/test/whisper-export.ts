// In what the merged decoders of the tests differ, and how large they are.

export const HIDDEN = 16;
export const WORDS = 64;
export const LAYERS = 2;
export const HEADS = 2;
/** Numbers of a head. */
export const SIZE = HIDDEN / HEADS;

/** In what exporters differ. */
export interface Export {
  /** `bytes`: DynamicQuantizeLinear → MatMulInteger → Cast → Mul, as onnxruntime's quantize_dynamic writes it. */
  readonly weights: 'float' | 'bytes';
  /** The output projection: the embedding, turned at every token, or a matrix of its own. */
  readonly projection: 'embedding' | 'own';
  readonly norm: 'nine operators' | 'one operator';
  /** A stretch of the table, rows of it, or rows that the caller names (`cache_position`). */
  readonly positions: 'slice' | 'gather' | 'given';
  /** Older exports join batch and heads to one axis. */
  readonly attention: 'by head' | 'batch and heads joined';
  /** Whether the branch with past hides what comes behind a token; older exports know one token there. */
  readonly hidesAhead: boolean;
  /** What the branch with past gives for the audio's caches: optimum fills in empty constants. */
  readonly audioCaches: 'passed on' | 'empty';
}

export const recent: Export = {
  weights: 'bytes',
  projection: 'embedding',
  norm: 'one operator',
  positions: 'slice',
  attention: 'by head',
  hidesAhead: true,
  audioCaches: 'passed on',
};
