// Which files of sound and film the ffmpeg of this machine can write: every container with every coding that it takes.

import { execFile } from 'node:child_process';
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface Pair {
  /** What ffmpeg calls it: a muxer. */
  readonly container: string;
  /** What ffmpeg calls it: an encoder. Absent for containers that hold only one coding. */
  readonly coding?: string;
}

const run = promisify(execFile);

/** Formats of one coding, or of samples without a header. */
const SINGLE =
  'aac ac3 adts adx alaw alp amr amv apm aptx aptx_hd argo_asf argo_cvg codec2 codec2raw daud dfpwm dts eac3 f32be f32le f64be f64le film_cpk flac g722 g723_1 g726 g726le gsm gxf kvag latm mlp mmf mp2 mp3 mulaw rm roq rso s16be s16le s24be s24le s32be s32le s8 sbc sox spdif swf truehd tta u16be u16le u24be u24le u32be u32le u8 vidc wsaud';
/** Containers of many codings. */
const SEVERAL =
  '3g2 3gp aiff asf au avi caf dv f4v flv ipod ircam ismv ivf matroska mov mp4 mpeg mpegts mxf mxf_d10 mxf_opatom nut oga ogg ogv oma opus spx vob voc w64 wav webm wtv wv xv';
/** Second encoders of a coding, one that writes no speech, and samples in forms that no container has a name for. */
const LEFT_OUT =
  /^(=|ac3_fixed|mp2fixed|libtwolame|libshine|opus|vorbis|sonicls|comfortnoise|pcm_u(16|24|32).*|pcm_s64.*|pcm_.*_planar)$/;

/** What is in such a file is none of what its header says; ffmpeg cannot read it either. */
const FALSE_HEADER = /^(flv-pcm_(alaw|mulaw|s16be)|(wav|w64)-(libspeex|libvorbis))$/;

/** Rate and channels of codings that take few; others take whatever there is. */
const SHAPES: Readonly<Record<string, readonly [rateHz: number, channels: number]>> = {
  ...shared('libgsm libgsm_ms adpcm_ima_ws g723_1 libspeex nellymoser g726 g726le libcodec2 real_144', [8_000, 1]),
  ...shared('adpcm_swf adpcm_ima_amv', [22_050, 1]),
  ...shared('pcm_bluray pcm_dvd s302m mlp truehd aptx aptx_hd', [48_000, 2]),
  ...shared('sbc g722', [16_000, 1]),
  libopus: [48_000, 2],
  roq_dpcm: [22_050, 2],
  pcm_s24daud: [96_000, 6],
};
const CONTAINER_SHAPES: typeof SHAPES = {
  ...shared('amr gsm codec2 codec2raw g723_1 g726 g726le rm', [8_000, 1]),
  ...shared('flv swf amv', [22_050, 1]),
  ...shared('mxf mxf_d10 mxf_opatom', [48_000, 1]),
  ...shared('aptx aptx_hd mlp truehd', [48_000, 2]),
  ...shared('g722 sbc', [16_000, 1]),
  daud: [96_000, 6],
  roq: [22_050, 2],
};

/** All that may be tried; many cannot be written. */
export async function everyPair(): Promise<Pair[]> {
  const { stdout } = await run('ffmpeg', ['-hide_banner', '-encoders']);
  const codings = [...stdout.matchAll(/^ A\S+ (\S+)/gm)].map(([, name]) => name!);
  return [
    ...words(SINGLE).map((container) => ({ container })),
    ...words(SEVERAL).flatMap((container) =>
      codings.filter((coding) => !LEFT_OUT.test(coding)).map((coding) => ({ container, coding })),
    ),
  ].filter((pair) => !FALSE_HEADER.test(nameOf(pair)));
}

/** Writes `clip` as `pair` into `folder` and gives the path. Absent where ffmpeg cannot. */
export async function written(clip: string, pair: Pair, folder: string): Promise<string | undefined> {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, nameOf(pair));
  const { container, coding } = pair;
  const [rateHz, channels] = SHAPES[coding ?? ''] ?? CONTAINER_SHAPES[container] ?? [44_100, 2];
  const output = [...(coding === undefined ? [] : ['-c:a', coding]), '-ar', `${rateHz}`, '-ac', `${channels}`];
  const args = ['-nostdin', '-v', 'error', '-y', '-i', clip, ...output, '-strict', '-2', '-f', container, path];
  try {
    await run('ffmpeg', args, { timeout: 60_000 });
    return statSync(path).size > 0 ? path : undefined;
  } catch (error) {
    // It ended by itself, with a complaint.
    if (typeof (error as { code?: unknown }).code === 'number') return undefined;
    throw error;
  }
}

export function nameOf({ container, coding }: Pair): string {
  return coding === undefined ? container : `${container}-${coding}`;
}

function words(list: string): string[] {
  return list.split(' ');
}

function shared<Shape>(names: string, shape: Shape): Record<string, Shape> {
  return Object.fromEntries(words(names).map((name) => [name, shape]));
}
