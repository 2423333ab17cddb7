// How long a server asks to wait before the next request.

/** What `Retry-After` of a refusal says, by which the error came; 0 without one. https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
export function retryAfterMs(error: unknown, nowMs = Date.now()): number {
  const { headers } = error as { headers?: Readonly<Record<string, string | readonly string[] | undefined>> };
  const value = [headers?.['retry-after']].flat()[0];
  if (value === undefined) return 0;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const atMs = Date.parse(value);
  return Number.isNaN(atMs) ? 0 : Math.max(0, atMs - nowMs);
}
