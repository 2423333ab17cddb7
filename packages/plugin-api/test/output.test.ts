import { Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { openOutput } from '@voiceinput/plugin-api';

const never = new AbortController().signal;
const failing = (code: string): Writable =>
  new Writable({ write: (_chunk, _encoding, done) => done(Object.assign(new Error(`write ${code}`), { code })) });

describe('an output', () => {
  test('writes in order', async () => {
    const chunks: string[] = [];
    const output = openOutput(new Writable({ write: (chunk, _, done) => (chunks.push(String(chunk)), done()) }));
    await output.write('one ', never);
    await output.write('', never);
    await output.write('two');
    expect(chunks).toEqual(['one ', 'two']);
  });

  test('says that the reader went away, also to later writes', async () => {
    const output = openOutput(failing('EPIPE'));
    await expect(output.write('a', never)).rejects.toMatchObject({ code: 'ERR_OUTPUT_CLOSED' });
    await expect(output.write('b', never)).rejects.toMatchObject({ code: 'ERR_OUTPUT_CLOSED' });
    output.close();
  });

  test('says that the disk is full', async () => {
    const output = openOutput(failing('ENOSPC'));
    await expect(output.write('a', never)).rejects.toMatchObject({ code: 'ERR_OUTPUT' });
  });

  test('does not wait for a slow reader after abort', async () => {
    const abort = new AbortController();
    const output = openOutput(new Writable({ write: () => undefined }));
    const writing = output.write('a', abort.signal);
    abort.abort(new Error('enough'));
    await expect(writing).rejects.toThrow('enough');
    await expect(output.write('b', abort.signal)).rejects.toThrow('enough');
  });

  test('that has taken the text says so, although it was called off meanwhile', async () => {
    const abort = new AbortController();
    let take = (): void => undefined;
    const output = openOutput(new Writable({ write: (_chunk, _encoding, done) => void (take = done) }));
    const writing = output.write('a', abort.signal);
    abort.abort(new Error('enough'));
    setImmediate(() => take());
    await expect(writing).resolves.toBeUndefined();
  });

  test('leaves no listener behind', async () => {
    const stream = new Writable({ write: (_chunk, _encoding, done) => done() });
    const output = openOutput(stream);
    await output.write('a', never);
    output.close();
    expect(stream.listenerCount('error')).toBe(0);
  });
});
