// How samples are coded that come in blocks.

/** Samples that come in blocks of one size. */
export interface BlockCoding {
  readonly blockBytes: number;
  /** Samples of each channel in a block. */
  readonly blockSamples: number;
  /** The samples of `blocks` whole blocks, one array for each channel. */
  decode(bytes: DataView, blocks: number): Float32Array[];
}
