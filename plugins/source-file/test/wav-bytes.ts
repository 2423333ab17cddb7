// How tests write WAV files that no tool would write.

export interface WavParts {
  readonly rateHz?: number;
  readonly channels?: number;
  readonly bits?: number;
  readonly coding?: number;
  readonly extensible?: boolean;
  readonly data: Uint8Array;
  /** What the header claims; absent: the truth. */
  readonly dataBytes?: number;
  readonly riffBytes?: number;
  /** Chunks before the samples. */
  readonly before?: readonly Uint8Array[];
  readonly after?: Uint8Array;
  readonly magic?: 'RIFF' | 'RF64';
}

export function wavBytes(parts: WavParts): Uint8Array {
  const { rateHz = 16_000, channels = 1, bits = 16, coding = 1, data } = parts;
  const format = Buffer.alloc(parts.extensible ? 40 : 16);
  const blockBytes = (channels * bits) / 8;
  format.writeUInt16LE(parts.extensible ? 0xfffe : coding, 0);
  format.writeUInt16LE(channels, 2);
  format.writeUInt32LE(rateHz, 4);
  format.writeUInt32LE((rateHz * blockBytes) % 2 ** 32, 8);
  format.writeUInt16LE(blockBytes % 65_536, 12);
  format.writeUInt16LE(bits, 14);
  if (parts.extensible) {
    format.writeUInt16LE(22, 16);
    format.writeUInt16LE(bits, 18);
    format.writeUInt16LE(coding, 24);
    Buffer.from('000000001000800000aa00389b71', 'hex').copy(format, 26);
  }
  const body = Buffer.concat([
    Buffer.from('WAVE'),
    ...(parts.before ?? []),
    chunk('fmt ', format),
    chunk('data', data, parts.dataBytes),
    parts.after ?? new Uint8Array(0),
  ]);
  const head = Buffer.alloc(8);
  head.write(parts.magic ?? 'RIFF');
  head.writeUInt32LE(parts.riffBytes ?? body.length, 4);
  return Buffer.concat([head, body]);
}

export function chunk(id: string, body: Uint8Array, claimedBytes = body.length): Uint8Array {
  const head = Buffer.alloc(8);
  head.write(id);
  head.writeUInt32LE(claimedBytes, 4);
  return Buffer.concat([head, body, new Uint8Array(body.length & 1)]);
}

/** A tone of `samples` 16-bit samples. */
export function tone(samples: number, hz = 440, rateHz = 16_000): Int16Array {
  return Int16Array.from({ length: samples }, (_, index) => 12_000 * Math.sin((2 * Math.PI * hz * index) / rateHz));
}

export function bytesOf(values: ArrayBufferView): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
