// The signal of those who never call anything off.

/** A signal that is never aborted. One for all: whoever listens to it stops listening when its work is done. */
export const never: AbortSignal = new AbortController().signal;
