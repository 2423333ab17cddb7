// How samples become a file without loss.

import { registerFlacEncoder } from '@mediabunny/flac-encoder';
import { AudioSample, AudioSampleSource, BufferTarget, FlacOutputFormat, Output } from 'mediabunny';

const SAMPLE_RATE = 16_000;
let isRegistered = false;

/** FLAC of mono samples of 16 000 Hz, −1…1, in 16 bits. */
export async function flacOf(samples: Float32Array): Promise<Uint8Array> {
  if (!isRegistered) registerFlacEncoder();
  isRegistered = true;
  const target = new BufferTarget();
  const output = new Output({ format: new FlacOutputFormat(), target });
  const source = new AudioSampleSource({ codec: 'flac' });
  output.addAudioTrack(source);
  await output.start();
  const sample = new AudioSample({
    data: inSixteenBits(samples),
    format: 's16',
    numberOfChannels: 1,
    sampleRate: SAMPLE_RATE,
    timestamp: 0,
  });
  try {
    await source.add(sample);
  } finally {
    sample.close();
  }
  await output.finalize();
  return new Uint8Array(target.buffer!);
}

function inSixteenBits(samples: Float32Array): Int16Array<ArrayBuffer> {
  const whole = new Int16Array(samples.length);
  for (let index = 0; index < samples.length; index++)
    whole[index] = Math.max(-32_768, Math.min(32_767, Math.round(samples[index]! * 32_768)));
  return whole;
}
