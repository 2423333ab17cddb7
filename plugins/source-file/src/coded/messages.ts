// What the decoder's thread and the thread that wants its audio say to each other.

import type { ErrorReport } from '@voiceinput/plugin-api';
import type { CodedFormat } from '../format.ts';

export interface DecodeOrder {
  readonly format: CodedFormat;
  /** How messages name the input. */
  readonly name: string;
  /** Open for reading; only for containers, which are read out of order. */
  readonly descriptor?: number;
  /** Whether to read what there is of a container that was cut off. */
  readonly anyway?: boolean;
}

/** To the decoder. One `open`, then `next` until the answer is neither `audio` nor `feed`. */
export type Demand =
  | { readonly type: 'open'; readonly order: DecodeOrder }
  | { readonly type: 'next' }
  | { readonly type: 'bytes'; readonly bytes: Uint8Array | undefined };

/** From the decoder: exactly one answer to each `next`, with any number of `feed` before it, each answered by `bytes`. */
export type Answer =
  | { readonly type: 'feed' }
  | { readonly type: 'audio'; readonly samples: Float32Array }
  | { readonly type: 'end' }
  | { readonly type: 'foreign'; readonly title: string; readonly otherwise?: ErrorReport; readonly isReadable: boolean }
  /** `sound`: it is the file that is broken, the decoder can go on with another. */
  | { readonly type: 'failed'; readonly error: ErrorReport; readonly sound: boolean };
