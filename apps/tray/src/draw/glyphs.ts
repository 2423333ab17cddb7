// What stands for each phase: a shape and a colour, white on it a sign that is told apart without the colour.

import type { Phase } from '@voiceinput/client';
import type { Pen } from './bitmap.ts';

/** `absent`: there is no daemon. */
export type Sign = Phase | 'absent';

/** Dark enough for a white sign, light enough for a black panel. */
export const colors: Readonly<Record<Sign, string>> = {
  absent: '#80868f',
  idle: '#687585',
  listening: '#dc2626',
  draft: '#c26a07',
  refining: '#2f6fe0',
  refined: '#16833f',
  offered: '#8b46e8',
  'no-speech': '#0e7490',
  error: '#dc2626',
};

/** The icon is drawn on a field of 24 × 24. */
export const FIELD = 24;
const MIDDLE = FIELD / 2;

/** Paints the sign into a field of 24 × 24 units. `loud`: 0…1, seen while listening. */
export function paintSign(pen: Pen, sign: Sign, loud: number): void {
  pen.fillStyle = colors[sign];
  if (sign === 'error') triangle(pen);
  else disc(pen);
  pen.fillStyle = '#ffffff';
  pen.strokeStyle = '#ffffff';
  pen.lineCap = 'round';
  pen.lineJoin = 'round';
  pen.lineWidth = 2;
  signs[sign](pen, loud);
}

const signs: Readonly<Record<Sign, (pen: Pen, loud: number) => void>> = {
  absent(pen) {
    microphone(pen);
    pen.save();
    pen.strokeStyle = colors.absent;
    pen.lineWidth = 5;
    line(pen, [6, 6], [18, 18]);
    pen.restore();
    line(pen, [6, 6], [18, 18]);
  },
  idle: microphone,
  listening: bars,
  draft(pen) {
    line(pen, [7, 8.5], [17, 8.5]);
    line(pen, [7, 12], [15, 12]);
    line(pen, [7, 15.5], [12, 15.5]);
  },
  refining(pen) {
    for (const x of [7, 12, 17]) dot(pen, x, MIDDLE, 1.7);
  },
  refined(pen) {
    pen.lineWidth = 2.4;
    line(pen, [7, 12.5], [10.5, 16], [17, 8.5]);
  },
  offered(pen) {
    line(pen, [12, 6], [12, 13.5]);
    line(pen, [8.5, 10.5], [12, 14], [15.5, 10.5]);
    line(pen, [7.5, 17.5], [16.5, 17.5]);
  },
  'no-speech'(pen) {
    line(pen, [6.5, MIDDLE], [17.5, MIDDLE]);
  },
  error(pen) {
    pen.lineWidth = 2.4;
    line(pen, [12, 9], [12, 14]);
    dot(pen, MIDDLE, 18, 1.5);
  },
};

function microphone(pen: Pen): void {
  pen.beginPath();
  pen.roundRect(9.75, 5, 4.5, 8.5, 2.25);
  pen.fill();
  pen.lineWidth = 1.5;
  pen.beginPath();
  pen.arc(MIDDLE, 11.25, 4.5, 0, Math.PI);
  pen.stroke();
  line(pen, [12, 16], [12, 18.5]);
}

/** Five bars; the middle one is the tallest. */
function bars(pen: Pen, loud: number): void {
  const reach = [0.45, 0.75, 1, 0.75, 0.45];
  for (const [index, share] of reach.entries()) {
    const height = 2 + share * (2.5 + loud * 9);
    pen.beginPath();
    pen.roundRect(5.2 + index * 2.9, MIDDLE - height / 2, 2, height, 1);
    pen.fill();
  }
}

function disc(pen: Pen): void {
  dot(pen, MIDDLE, MIDDLE, 11);
}

function triangle(pen: Pen): void {
  pen.beginPath();
  pen.moveTo(12, 3);
  pen.lineTo(22, 21);
  pen.lineTo(2, 21);
  pen.closePath();
  pen.fill();
  pen.strokeStyle = colors.error;
  pen.lineJoin = 'round';
  pen.lineWidth = 3;
  pen.stroke();
}

function dot(pen: Pen, x: number, y: number, radius: number): void {
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.fill();
}

function line(pen: Pen, ...points: readonly (readonly [number, number])[]): void {
  pen.beginPath();
  for (const [x, y] of points) pen.lineTo(x, y);
  pen.stroke();
}
