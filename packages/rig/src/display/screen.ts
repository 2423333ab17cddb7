// How the memory of a display without a screen is read: as an X window dump (X11/XWDFile.h, version 7).

export interface Screen {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Red, green and blue of each pixel, row after row. */
  readonly rgb: Buffer;
}

/** Words of the header, each 4 bytes, the highest first. */
const [HEADER_BYTES, WIDTH_PX, HEIGHT_PX, ROW_BYTES, COLORS] = [0, 4, 5, 12, 19];
const COLOR_BYTES = 12;

/** Pixels have 32 bits: blue, green, red, nothing. */
export function screenIn(dump: Buffer): Screen {
  const word = (index: number): number => dump.readUInt32BE(index * 4);
  const [widthPx, heightPx] = [word(WIDTH_PX), word(HEIGHT_PX)];
  const pixels = word(HEADER_BYTES) + word(COLORS) * COLOR_BYTES;
  const rowBytes = word(ROW_BYTES);
  const rgb = Buffer.alloc(widthPx * heightPx * 3);
  let to = 0;
  for (let y = 0; y < heightPx; y += 1)
    for (let x = 0; x < widthPx; x += 1) {
      const from = pixels + y * rowBytes + x * 4;
      rgb[to++] = dump[from + 2]!;
      rgb[to++] = dump[from + 1]!;
      rgb[to++] = dump[from]!;
    }
  return { widthPx, heightPx, rgb };
}
