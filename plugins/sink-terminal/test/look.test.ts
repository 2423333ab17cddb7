import { Writable } from 'node:stream';
import { never } from '@voiceinput/testkit';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Options } from '@voiceinput/sink-terminal';
import { begun } from './begun.ts';
import { emulator } from './emulator.ts';

describe('where nothing can be mended', () => {
  function collector() {
    let written = '';
    const stream = new Writable({ write: (chunk, _encoding, done) => ((written += String(chunk)), done()) });
    return { stream, written: () => written };
  }

  test('the output is the final text and nothing else', async () => {
    const { stream, written } = collector();
    const { say, end } = await begun(stream);
    await say('one', 'partial', 'Hello');
    await say('one', 'draft', 'Hello word.');
    await say('two', 'draft', 'Bye.');
    await say('one', 'refined', 'Hello world.');
    await end();
    expect(written()).toBe('Hello world. Bye.\n');
  });

  test('silence is no output', async () => {
    const { stream, written } = collector();
    await (await begun(stream)).end();
    expect(written()).toBe('');
  });

  test('control characters stay out', async () => {
    const { stream, written } = collector();
    const { say, end } = await begun(stream);
    await say('one', 'draft', 'red \u001b[31malert\u0007\nnext');
    await end();
    expect(written()).toBe('red alert\nnext\n');
  });

  test('a reader that went away is told', async () => {
    const stream = new Writable({ write: (_c, _e, done) => done(Object.assign(new Error('gone'), { code: 'EPIPE' })) });
    const { say, sink, told } = await begun(stream);
    await say('one', 'draft', 'Hello');
    await expect(sink.end(told.result(), never)).rejects.toMatchObject({ code: 'ERR_OUTPUT_CLOSED' });
    await sink.close();
  });
});

describe('whether it is live and coloured', () => {
  afterEach(() => void vi.unstubAllEnvs());
  beforeEach(() => {
    for (const name of ['TERM', 'NO_COLOR', 'FORCE_COLOR']) vi.stubEnv(name, undefined);
  });

  async function lookOf(options: Options = {}, isTTY = true): Promise<'plain' | 'live' | 'coloured'> {
    const terminal = emulator(20, 5);
    Object.assign(terminal.stream, { isTTY });
    const { say, end } = await begun(terminal.stream, { colors: 'auto', ...options });
    await say('one', 'partial', 'Hello');
    await end();
    if (terminal.written.includes('\u001b[2m')) return 'coloured';
    return terminal.written.includes('\u001b[') ? 'live' : 'plain';
  }

  test('follows the terminal and the environment', async () => {
    expect(await lookOf()).toBe('coloured');
    expect(await lookOf({}, false)).toBe('plain');
    vi.stubEnv('NO_COLOR', '1');
    expect(await lookOf()).toBe('live');
    vi.stubEnv('FORCE_COLOR', '1');
    expect(await lookOf()).toBe('coloured');
    expect(await lookOf({}, false)).toBe('plain');
    vi.stubEnv('FORCE_COLOR', '0');
    expect(await lookOf()).toBe('live');
    vi.stubEnv('TERM', 'dumb');
    expect(await lookOf()).toBe('plain');
  });

  test('unless the options say', async () => {
    vi.stubEnv('NO_COLOR', '1');
    expect(await lookOf({ colors: true })).toBe('coloured');
    expect(await lookOf({ live: false })).toBe('plain');
    expect(await lookOf({ live: true }, false)).toBe('live');
  });
});
