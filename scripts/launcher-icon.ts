// How the launcher's icon looks: a microphone above a line of text of which one word was mended.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';

/** As the Raycast Store wants it. */
const SIDE_PX = 512;
/** Samples of a pixel in either direction, so that edges are smooth. */
const SAMPLES = 4;

type Colour = readonly [red: number, green: number, blue: number];
/** How far a point is from a shape's edge; negative inside. */
type Shape = (x: number, y: number) => number;

const [TOP, BOTTOM, INK, MENDED]: readonly Colour[] = [
  [62, 74, 137],
  [28, 33, 66],
  [255, 255, 255],
  [94, 226, 160],
];

const tile = box({ x: 256, y: 256, halfWidth: 236, halfHeight: 236, radius: 108 });
const stand: Shape = (x, y) => {
  const cup = Math.max(Math.abs(Math.hypot(x - 256, y - 214) - 98) - 13, 214 - y);
  const ends = Math.min(Math.hypot(x - 158, y - 214) - 13, Math.hypot(x - 354, y - 214) - 13);
  return Math.min(cup, ends, box({ x: 256, y: 332, halfWidth: 13, halfHeight: 26, radius: 6 })(x, y));
};
const capsule = box({ x: 256, y: 186, halfWidth: 56, halfHeight: 100, radius: 56 });
const line = (x: number, halfWidth: number) => box({ x, y: 392, halfWidth, halfHeight: 15, radius: 15 });

const layers: readonly { readonly shape: Shape; readonly colour: Colour | undefined }[] = [
  { shape: tile, colour: undefined },
  { shape: stand, colour: INK },
  { shape: capsule, colour: INK },
  { shape: line(144, 48), colour: INK },
  { shape: line(272, 56), colour: MENDED },
  { shape: line(380, 28), colour: INK },
];

const path = join(import.meta.dirname, '..', 'apps', 'launcher', 'assets', 'icon.png');
writeFileSync(path, png(SIDE_PX, pixel));

function box(at: { x: number; y: number; halfWidth: number; halfHeight: number; radius: number }): Shape {
  return (x, y) => {
    const dx = Math.abs(x - at.x) - at.halfWidth + at.radius;
    const dy = Math.abs(y - at.y) - at.halfHeight + at.radius;
    return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - at.radius;
  };
}

/** Red, green, blue, alpha, 0…255: the mean of the samples, colours weighed by how much they cover. */
function pixel(column: number, row: number): readonly number[] {
  const sum = [0, 0, 0, 0] as [number, number, number, number];
  for (let sample = 0; sample < SAMPLES ** 2; sample += 1) {
    const x = column + ((sample % SAMPLES) + 0.5) / SAMPLES;
    const y = row + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES;
    const layer = layers.findLast(({ shape }) => shape(x, y) <= 0);
    if (layer === undefined) continue;
    const [red, green, blue] = layer.colour ?? shaded(y);
    [sum[0], sum[1], sum[2], sum[3]] = [sum[0] + red, sum[1] + green, sum[2] + blue, sum[3] + 1];
  }
  const [red, green, blue, covered] = sum;
  return covered === 0
    ? [0, 0, 0, 0]
    : [red / covered, green / covered, blue / covered, (covered / SAMPLES ** 2) * 255];
}

function shaded(y: number): Colour {
  const share = y / SIDE_PX;
  return TOP!.map((from, index) => from + (BOTTOM![index]! - from) * share) as unknown as Colour;
}

/** https://www.w3.org/TR/png-3/: 8 bits a channel, red, green, blue, alpha; rows without a filter. */
function png(sidePx: number, pixelAt: (column: number, row: number) => readonly number[]): Buffer {
  const rows = Buffer.alloc(sidePx * (1 + sidePx * 4));
  for (let row = 0; row < sidePx; row += 1)
    for (let column = 0; column < sidePx; column += 1)
      rows.set(pixelAt(column, row).map(Math.round), row * (1 + sidePx * 4) + 1 + column * 4);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(sidePx, 0);
  header.writeUInt32BE(sidePx, 4);
  header.set([8, 6], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(typed));
  return Buffer.concat([length, typed, check]);
}
