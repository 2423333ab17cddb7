// How an address is understood that a client put together in its own way.

/** What is there whether or not `/v1` stands before it. */
const VERSIONED = /^\/(?:models|audio)(?:\/|$)/;

/** `path` with `/v1` once where it belongs, however often it was written, and without spare slashes. */
export function plainPath(path: string): string {
  const plain = path.replace(/\/{2,}/g, '/').replace(/\/$/, '') || '/';
  const bare = plain.replace(/^(?:\/v1)+(?=\/|$)/, '') || '/';
  return VERSIONED.test(bare) ? `/v1${bare}` : bare;
}
