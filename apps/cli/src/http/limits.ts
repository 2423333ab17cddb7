// How much may be asked at once, how large it may be and how long it may take.

export interface Limits {
  /** One audio file. */
  readonly fileBytes: number;
  /** All other fields of a form together with what separates them. */
  readonly formBytes: number;
  readonly fields: number;
  readonly fieldBytes: number;
  /** From the first byte of a request to the end of its head. */
  readonly headMs: number;
  /** From the end of the head to the last byte of the form. */
  readonly uploadMs: number;
  /** From the end of the upload to the answer, waiting included. */
  readonly answerMs: number;
  /** Transcriptions that are received, waiting or read at the same time. */
  readonly slots: number;
  /** Over the network of this machine. */
  readonly connections: number;
  /** At the socket of this user. */
  readonly ownConnections: number;
  /** What who finds no slot is told to wait. */
  readonly retryAfterSeconds: number;
}

const MEBIBYTE = 1_048_576;

export const standardLimits: Limits = {
  fileBytes: 100 * MEBIBYTE,
  formBytes: MEBIBYTE,
  fields: 20,
  fieldBytes: 16_384,
  headMs: 10_000,
  uploadMs: 60_000,
  answerMs: 3_600_000,
  slots: 8,
  connections: 2_000,
  ownConnections: 64,
  retryAfterSeconds: 5,
};
