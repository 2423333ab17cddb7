import fc from 'fast-check';
import { FrameGuard, MOST_FRAME_BYTES } from '@voiceinput/client';
import { describe, expect, test } from 'vitest';

const frame = (body: string): Buffer =>
  Buffer.concat([Buffer.from(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n`), Buffer.from(body)]);

/** What the guard lets pass of these pieces, or the code of its error. */
async function passed(pieces: readonly Buffer[]): Promise<Buffer | string> {
  const guard = new FrameGuard();
  const out: Buffer[] = [];
  guard.on('data', (chunk: Buffer) => out.push(chunk));
  const ended = new Promise<Buffer | string>((resolve) => {
    guard.on('end', () => resolve(Buffer.concat(out)));
    guard.on('error', (error: Error & { code?: string }) => resolve(error.code ?? error.message));
  });
  for (const piece of pieces) guard.write(piece);
  guard.end();
  return ended;
}

function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const ends = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [...ends, bytes.length].map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
}

describe('the guard of a connection', () => {
  test('lets whole frames pass, however they are cut', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'binary' })), fc.array(fc.nat(10_000)), async (bodies, places) => {
        const bytes = Buffer.concat(bodies.map(frame));
        expect(await passed(cut(bytes, places))).toEqual(bytes);
      }),
    ));

  test.each([
    ['no length', 'Content-Type: text\r\n\r\n{}'],
    ['a length that is none', 'Content-Length: many\r\n\r\n{}'],
    ['a length below zero', 'Content-Length: -1\r\n\r\n{}'],
    ['a length that nobody needs', `Content-Length: ${MOST_FRAME_BYTES + 1}\r\n\r\n`],
    ['two lengths', 'Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}'],
    ['a header that does not end', 'x'.repeat(2_000)],
  ])('refuses %s', async (_what, text) => {
    expect(await passed([Buffer.from(text)])).toBe('ERR_REQUEST_INVALID');
    // Wherever it was cut, and after a good frame.
    expect(await passed(cut(Buffer.concat([frame('{}'), Buffer.from(text)]), [3, 9, 20, 25, 40]))).toBe(
      'ERR_REQUEST_INVALID',
    );
  });
});
