// What a picture for the display is.

/** Pixels of a display, each red, green, blue and alpha, 0…255; colours are not multiplied with alpha. */
export interface Picture {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly rgba: Uint8ClampedArray;
}
