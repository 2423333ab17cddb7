// How a cue sounds: two short soft notes, as a WAV file.

const RATE_HZ = 44_100;
const NOTE_MS = 55;
const LEVEL = 0.12;
const HEADER_BYTES = 44;

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
  return Buffer.concat([header(data.length), data]);
}

/** http://soundfile.sapp.org/doc/WaveFormat */
function header(dataBytes: number): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(HEADER_BYTES - 8 + dataBytes, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(RATE_HZ, 24);
  bytes.writeUInt32LE(2 * RATE_HZ, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(dataBytes, 40);
  return bytes;
}
