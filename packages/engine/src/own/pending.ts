// A promise together with the functions that settle it.

export interface Pending<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
  reject(reason: unknown): void;
}

/** A promise that whoever made it settles; what comes after the first resolve or reject does nothing. */
export function createPending<T>(): Pending<T> {
  let resolve: Pending<T>['resolve'] = () => undefined;
  let reject: Pending<T>['reject'] = () => undefined;
  const promise = new Promise<T>((onValue, onReason) => ([resolve, reject] = [onValue, onReason]));
  return { promise, resolve, reject };
}
