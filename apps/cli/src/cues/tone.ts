// How a cue sounds: two short soft notes, as a WAV file.

import { waveHeader } from '../wave/header.ts';

const RATE_HZ = 44_100;
const NOTE_MS = 55;
const LEVEL = 0.12;

/** A WAV file (RIFF, 16 bit, mono) of notes one after the other. */
export function tones(notesHz: readonly number[]): Buffer {
  const noteSamples = Math.round((NOTE_MS * RATE_HZ) / 1000);
  const data = Buffer.alloc(2 * noteSamples * notesHz.length);
  for (const [note, hz] of notesHz.entries()) {
    for (let index = 0; index < noteSamples; index += 1) {
      // A raised cosine: a note that begins or ends at once clicks.
      const envelope = (1 - Math.cos((2 * Math.PI * index) / noteSamples)) / 2;
      const sample = LEVEL * envelope * Math.sin((2 * Math.PI * hz * index) / RATE_HZ);
      data.writeInt16LE(Math.round(sample * 32_767), 2 * (note * noteSamples + index));
    }
  }
  return Buffer.concat([waveHeader(data.length, RATE_HZ), data]);
}
