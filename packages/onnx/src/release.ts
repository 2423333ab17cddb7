// How several native parts are let go: all of them, whatever fails on the way.

/** Calls all, waits for all, and then throws the first failure, if any. */
export async function releaseAll(releases: readonly (() => Promise<void>)[]): Promise<void> {
  const outcomes = await Promise.allSettled(releases.map(async (release) => release()));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
}
