// How the overlay looks: a dark pill with the sign of the phase, the newest words and the name of the stage.

import { draw } from './bitmap.ts';
import type { Bitmap, Pen } from './bitmap.ts';
import { FIELD, paintSign } from './glyphs.ts';
import type { Sign } from './glyphs.ts';
import { beginningThatFits, endThatFits } from './shorten.ts';

export interface Pill {
  readonly sign: Sign;
  /** How loud it was lately, each 0…1, the newest last. Seen while listening. */
  readonly loud: readonly number[];
  readonly words: string;
  /** What is shown of words that are too long: of a dictation the newest, of an error what it begins with. */
  readonly keeps: 'beginning' | 'end';
  readonly stage: string;
}

const HEIGHT = 44;
const WIDE = 520;
const MARGIN = 8;
const SIGN = 28;
const GAP = 10;
const METER_BARS = 24;
const BAR = 3;
const BAR_GAP = 2;
const SMALL = 12;
const LARGE = 15;
const METER = METER_BARS * (BAR + BAR_GAP);
const FONT = '"Noto Sans", Cantarell, Ubuntu, "DejaVu Sans", "Noto Sans CJK SC", sans-serif';

/** `scale`: pixels per unit of 1/96 inch. */
export function pillOf(pill: Pill, scale: number): Bitmap {
  const stage = widthOf(pill.stage);
  const left = MARGIN + SIGN + GAP;
  const isMetered = pill.words === '' && pill.sign === 'listening';
  const width = pill.words === '' ? left + (isMetered ? METER + GAP : 0) + stage + 2 * MARGIN : WIDE;
  return draw(Math.round(width * scale), Math.round(HEIGHT * scale), (pen) => {
    pen.scale(scale, scale);
    paintGround(pen, width);
    pen.save();
    pen.translate(MARGIN, (HEIGHT - SIGN) / 2);
    pen.scale(SIGN / FIELD, SIGN / FIELD);
    paintSign(pen, pill.sign, pill.loud.at(-1) ?? 0);
    pen.restore();
    paintStage(pen, pill.stage, width);
    if (isMetered) paintMeter(pen, pill.loud, left);
    else if (pill.words !== '') paintWords(pen, pill, { left, right: width - 2 * MARGIN - stage - GAP });
  });
}

function widthOf(stage: string): number {
  let width = 0;
  draw(1, 1, (pen) => {
    setFont(pen, SMALL);
    ({ width } = pen.measureText(stage));
  });
  return Math.ceil(width);
}

function paintGround(pen: Pen, width: number): void {
  pen.fillStyle = 'rgba(22, 24, 29, 0.95)';
  pen.beginPath();
  pen.roundRect(0.5, 0.5, width - 1, HEIGHT - 1, HEIGHT / 2);
  pen.fill();
  pen.strokeStyle = 'rgba(255, 255, 255, 0.16)';
  pen.lineWidth = 1;
  pen.stroke();
}

function paintStage(pen: Pen, stage: string, width: number): void {
  setFont(pen, SMALL);
  pen.textAlign = 'right';
  pen.fillStyle = '#aab2bf';
  pen.fillText(stage, width - MARGIN * 2, HEIGHT / 2);
}

function paintWords(pen: Pen, { words, keeps }: Pill, { left, right }: { left: number; right: number }): void {
  setFont(pen, LARGE);
  pen.textAlign = 'left';
  pen.fillStyle = '#ffffff';
  const fits = (text: string): boolean => pen.measureText(text).width <= right - left;
  const shown = keeps === 'end' ? endThatFits(words, fits) : beginningThatFits(words, fits);
  pen.fillText(shown, left, HEIGHT / 2);
}

function paintMeter(pen: Pen, loud: readonly number[], left: number): void {
  pen.fillStyle = '#ffffff';
  const recent = loud.slice(-METER_BARS);
  for (let index = 0; index < METER_BARS; index += 1) {
    const share = recent[index - METER_BARS + recent.length] ?? 0;
    const height = BAR + share * (HEIGHT - 20);
    pen.globalAlpha = share === 0 ? 0.35 : 0.9;
    pen.beginPath();
    pen.roundRect(left + index * (BAR + BAR_GAP), (HEIGHT - height) / 2, BAR, height, BAR / 2);
    pen.fill();
  }
  pen.globalAlpha = 1;
}

function setFont(pen: Pen, size: number): void {
  pen.font = `${size}px ${FONT}`;
  pen.textBaseline = 'middle';
}
