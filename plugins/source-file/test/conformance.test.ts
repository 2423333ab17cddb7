import sourceFile from '@voiceinput/source-file';
import { conformance } from '@voiceinput/testkit';
import { describe, test } from 'vitest';
import { fixture } from './listen.ts';

describe.each([
  ['a file', { path: fixture('formats/s16.wav') }],
  ['a compressed file', { path: fixture('formats/opus.ogg') }],
  ['a file at the speed of speech', { path: fixture('one-word.flac'), realtime: true }],
])('conformance with %s', (_, config) => {
  for (const { name, run } of conformance(sourceFile, { config })) test(name, run);
});
