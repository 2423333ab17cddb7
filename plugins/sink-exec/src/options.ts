// What the user can set.

export interface ExecOptions {
  /** The program and its arguments; no shell. */
  readonly command: readonly string[];
  readonly stage?: 'draft' | 'refined' | 'both';
  readonly timeoutMs?: number;
}
