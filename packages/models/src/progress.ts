// How often and in what form the progress of a transfer or an import is told.

export interface Progress {
  readonly modelId: string;
  /** What is done: bytes come from a source, or an importer works on them. */
  readonly doing: 'fetching' | 'importing';
  readonly doneBytes: number;
  readonly totalBytes: number;
}

/** Tells about a hundred steps and the end, and never goes back when a broken transfer starts again. */
export function reportProgress(
  transfer: Pick<Progress, 'modelId' | 'doing' | 'totalBytes'>,
  tell: ((progress: Progress) => void) | undefined,
): (doneBytes: number) => void {
  let toldBytes = 0;
  return (doneBytes) => {
    const step = doneBytes - toldBytes >= transfer.totalBytes / 100;
    const end = doneBytes === transfer.totalBytes && doneBytes > toldBytes;
    if (!step && !end) return;
    toldBytes = doneBytes;
    tell?.({ ...transfer, doneBytes });
  };
}
