import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeUnless } from '@voiceinput/rig/unless';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { contentOf } from '../src/coded/foreign-content.ts';
import { importAac, installing } from '../src/coded/aac.ts';
import type { ForeignCoding } from '../src/coded/foreign-coding.ts';
import { fixture, likeness, listen, listenTo } from './listen.ts';

const folder = mkdtempSync(join(tmpdir(), 'source-file-ffmpeg-'));
afterAll(() => rmSync(folder, { recursive: true }));
const missing = spawnSync('ffmpeg', ['-version']).error === undefined ? undefined : 'ffmpeg is not installed.';

/** The speech of the fixtures as ffmpeg writes it into `name`, after silence that makes it more than a pipe holds. */
function written(name: string, ...options: readonly string[]): string {
  const path = join(folder, name);
  const input = ['-i', fixture('formats/s16.wav')];
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...input, ...options, '-strict', '-2', path]);
  return path;
}

describeUnless(missing)('what ffmpeg reads', () => {
  let speech: Float32Array;
  beforeAll(async () => {
    speech = (await listen({ path: fixture('formats/s16.wav') })).samples;
  });

  test.each([
    ['alac.m4a', ['-c:a', 'alac', '-ar', '48000'], 0.99],
    ['ac3.mp4', ['-c:a', 'ac3', '-b:a', '448k', '-ar', '48000', '-ac', '2'], 0.9],
    ['opus.caf', ['-c:a', 'libopus', '-ar', '48000'], 0.9],
    ['gsm.wav', ['-c:a', 'libgsm_ms', '-ar', '8000'], 0.8],
    ['mp3.flv', ['-c:a', 'libmp3lame', '-ar', '22050'], 0.9],
    ['ac3.ts', ['-c:a', 'ac3', '-ar', '48000'], 0.9],
    ['wave.w64', [], 0.99],
    ['bare.ac3', ['-ar', '48000'], 0.9],
    ['bare.gsm', ['-ar', '8000'], 0.8],
    ['sound.aiff', [], 0.99],
    ['vorbis.webm', ['-c:a', 'libvorbis'], 0.9],
  ])('%s, by its name and through a pipe', async (name, options, least) => {
    const path = written(name, ...options);
    for (const heard of [await listen({ path }), await listenThroughPipe(path)]) {
      expect(heard.error).toBeUndefined();
      expect(heard.samples.length).toBeGreaterThan(speech.length * 0.97);
      expect(closest(heard.samples, speech)).toBeGreaterThan(least);
    }
  });

  test.each([
    ['opus.webm', ['-c:a', 'libopus'], 0.9],
    ['opus.mp4', ['-c:a', 'libopus'], 0.9],
    ['flac.mkv', ['-c:a', 'flac'], 0.999],
    ['mp3.mp4', ['-c:a', 'libmp3lame'], 0.9],
    ['pcm.mov', ['-c:a', 'pcm_s24be'], 0.999],
    ['ulaw.mov', ['-c:a', 'pcm_mulaw'], 0.99],
    ['ima.wav', ['-c:a', 'adpcm_ima_wav'], 0.95],
    ['ms.wav', ['-c:a', 'adpcm_ms'], 0.95],
  ])('%s needs no ffmpeg', async (name, options, least) => {
    const path = written(name, ...options);
    vi.stubEnv('PATH', folder);
    try {
      const { samples, error } = await listen({ path });
      expect(error).toBeUndefined();
      expect(samples.length).toBeGreaterThan(speech.length * 0.97);
      expect(closest(samples, speech)).toBeGreaterThan(least);
    } finally {
      vi.unstubAllEnvs();
    }
  });

  test('of several tracks the one with speech, in films and beside hum', async () => {
    const other = (source: string): string[] => ['-f', 'lavfi', '-i', source];
    const [silence, hum, noise] = [
      'anullsrc=r=16000:d=4',
      'sine=frequency=100:sample_rate=16000:duration=4',
      'anoisesrc=r=16000:d=4:a=0.3',
    ] as const;
    for (const [name, ...sources] of [
      ['silence.mp4', silence],
      ['hum.mkv', hum],
      ['noise.mka', noise],
      ['noise.ts', 'anoisesrc=r=48000:d=4:a=0.3'],
      ['three.mkv', noise, hum],
      ['three.mov', silence, noise],
    ] as const) {
      // The speech is the last one.
      const maps = [...sources.keys(), -1].flatMap((index) => ['-map', `${index + 1}`]);
      const path = written(name, ...sources.flatMap(other), ...maps, '-c:a', 'libmp3lame');
      const { samples } = await listen({ path });
      expect(closest(samples, speech), name).toBeGreaterThan(0.9);
    }
  });

  test.each([
    ['late.mp4', 'mpeg4', ['-c:a', 'libmp3lame']],
    ['late.mkv', 'mpeg4', ['-c:a', 'ac3', '-ar', '48000']],
    ['late.ts', 'mpeg2video', ['-c:a', 'ac3', '-ar', '48000']],
  ])(
    'in %s, sound that begins after the pictures and ends before them is in its place, and whole',
    async (name, video, audio) => {
      const path = join(folder, name);
      const pictures = [
        '-f',
        'lavfi',
        '-i',
        'testsrc=d=8:s=64x64:r=10',
        '-itsoffset',
        '2.5',
        '-i',
        fixture('formats/s16.wav'),
      ];
      const args = [
        '-v',
        'error',
        '-y',
        ...pictures,
        '-map',
        '0',
        '-map',
        '1',
        '-c:v',
        video,
        ...audio,
        '-strict',
        '-2',
        path,
      ];
      execFileSync('ffmpeg', args);
      const { samples, error } = await listen({ path });
      expect(error).toBeUndefined();
      const begin = 2.5 * 16_000;
      expect(Math.max(...samples.subarray(0, begin - 4_000).map(Math.abs))).toBeLessThan(0.001);
      expect(closest(samples.subarray(begin - 2_000), speech)).toBeGreaterThan(0.9);
    },
  );

  test('of an MP4 that was cut to a part without being coded anew, the part alone is heard', async () => {
    for (const [codec, least] of [
      ['libmp3lame', 0.9],
      ['flac', 0.99],
    ] as const) {
      const path = written('cut.mp4', '-c:a', codec, '-ar', '48000');
      const bytes = readFileSync(path);
      const [movie, track, list] = ['mvhd', 'mdhd', 'elst'].map((type) => bytes.indexOf(type) + 4) as [
        number,
        number,
        number,
      ];
      const [film, media] = [bytes.readUInt32BE(movie + 12), bytes.readUInt32BE(track + 12)];
      // From 0.5 s on, a second.
      bytes.writeUInt32BE(film, list + 8);
      bytes.writeInt32BE(media / 2, list + 12);
      const { samples, error } = await listenTo(bytes);
      expect(error).toBeUndefined();
      expect(samples.length).toBeGreaterThan(15_000);
      expect(samples.length).toBeLessThan(17_000);
      const [heard, said] = [samples.subarray(2_000, 12_000), speech.subarray(8_000)];
      let best = 0;
      for (let shift = 0; shift < 4_000; shift += 1)
        best = Math.max(best, likeness(heard, said.subarray(shift, shift + 10_000)));
      expect(best).toBeGreaterThan(least - 0.1);
    }
  });

  test('a film without sound says so', async () => {
    const path = join(folder, 'film.mkv');
    execFileSync('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', 'testsrc=d=1:s=64x64', path]);
    expect((await listen({ path })).error).toMatchObject({
      code: 'ERR_AUDIO_EMPTY',
      message: expect.stringContaining('no audio track'),
    });
  });

  test('what was cut off gives what is there, then what is missing', async () => {
    for (const name of ['cut.aiff', 'cut.mka', 'cut.w64', 'cut.caf']) {
      const bytes = readFileSync(
        written(
          name,
          '-c:a',
          name.endsWith('mka') ? 'flac' : 'pcm_s16be',
          ...(name.endsWith('w64') ? ['-c:a', 'pcm_s16le'] : []),
        ),
      );
      const { samples, error } = await listenTo(bytes.subarray(0, bytes.length * 0.6));
      expect(samples.length, name).toBeGreaterThan(speech.length * 0.4);
      expect(samples.length, name).toBeLessThan(speech.length * 0.7);
      expect(error?.code, name).toBe('ERR_AUDIO_CORRUPT');
    }
  });

  test('a playlist inside of a container opens no other file', async () => {
    const list = `ffconcat version 1.0\nfile '${fixture('formats/s16.wav')}'\n`;
    const { samples, error } = await listenTo(Buffer.concat([Buffer.of(0), Buffer.from(list)]));
    expect(samples).toHaveLength(0);
    expect(error?.code).toBe('ERR_AUDIO_FORMAT');
  });

  test('nothing stays of a pipe, also while it is read', async () => {
    const place = join(folder, 'temporary');
    mkdirSync(place);
    vi.stubEnv('TMPDIR', place);
    try {
      const left: string[] = [];
      const look = (): void => void left.push(execFileSync('find', [place, '-type', 'f'], { encoding: 'utf8' }));
      await listenThroughPipe(written('pipe.aiff'), look);
      expect(left.length).toBeGreaterThan(0);
      expect(left.join('')).toBe('');
    } finally {
      vi.unstubAllEnvs();
    }
  });
});

test('without ffmpeg, the sentence names the format and what to install', async () => {
  vi.stubEnv('PATH', folder);
  try {
    const { error } = await listenTo(Buffer.concat([Buffer.from('FLV\x01\x04\0\0\0\x09'), Buffer.alloc(100)]));
    expect(error?.code).toBe('ERR_AUDIO_FORMAT');
    expect(error?.message).toContain('is Flash Video (FLV), which only ffmpeg can read, but ffmpeg is not installed.');
    expect(error?.hint).toContain('Install ffmpeg');
  } finally {
    vi.unstubAllEnvs();
  }
});

test('what ffmpeg is not sure of counts as unknown', () => {
  const sure = "Input #0, mp3, from '/dev/fd/3':\n  Duration: 00:01:02.50, start: 0.0\n  Stream #0:0: Audio: mp3\n";
  expect(contentOf(sure)).toEqual({ tracks: [{ index: 0 }], seconds: 62.5 });
  expect(
    contentOf(`[mp3 @ 0x1] Format mp3 detected only with low score of 1, misdetection possible!\n${sure}`),
  ).toBeUndefined();
  expect(
    contentOf(`[mp3 @ 0x1] Estimating duration from bitrate, this may be inaccurate\n${sure}`)?.seconds,
  ).toBeUndefined();
});

test('AAC, where neither its decoder nor ffmpeg is: the sentence says what to install', async () => {
  vi.doMock('@audio/decode-aac', () => {
    throw new Error('not installed');
  });
  try {
    const { otherwise } = await importAac('"a.m4a"').then(
      () => expect.unreachable(),
      (error: unknown) => error as ForeignCoding,
    );
    expect(otherwise).toMatchObject({
      code: 'ERR_AUDIO_FORMAT',
      message: '"a.m4a" is AAC, and no decoder for it is installed.',
      hint: expect.stringMatching(/^Install ffmpeg, or .*@audio\/decode-aac@/),
    });
  } finally {
    vi.doUnmock('@audio/decode-aac');
  }
});

test('the command that adds the decoder of AAC puts it where it is found', () => {
  expect(installing('file:///home/me/app/node_modules/@voiceinput/source-file/dist/coded/aac.js')).toBe(
    'npm install --prefix /home/me/app/ @audio/decode-aac@1.6.0',
  );
  expect(installing('file:///clone/plugins/source-file/dist/coded/aac.js')).toBe(
    'npx pnpm --dir /clone/ add --workspace-root @audio/decode-aac@1.6.0',
  );
});

async function listenThroughPipe(path: string, onFrame?: () => void) {
  const pipe = join(folder, `pipe-${Math.random()}`);
  execFileSync('mkfifo', [pipe]);
  const signal = new AbortController().signal;
  const [heard] = await Promise.all([listen({ path: pipe }, signal, onFrame), writeFile(pipe, readFileSync(path))]);
  return heard;
}

/** How alike they are where they are most alike: codecs begin with some samples of their own. */
function closest(heard: Float32Array, speech: Float32Array): number {
  let best = 0;
  for (let shift = 0; shift < 4000; shift += 1)
    best = Math.max(best, coarse(heard, speech, shift), coarse(speech, heard, shift));
  return best;
}

function coarse(a: Float32Array, b: Float32Array, shift: number): number {
  return likeness(a.subarray(shift + 8000, shift + 12_000), b.subarray(8000, 12_000));
}
