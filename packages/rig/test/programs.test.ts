import { expect, test } from 'vitest';
import { missingPrograms } from '@voiceinput/rig/programs';

test('what is missing is told by the packages that bring it, each once', () => {
  const before = process.env['PATH'];
  process.env['PATH'] = '/nowhere';
  try {
    expect(missingPrograms('Xvfb', 'pactl', 'mousepad', 'paplay')).toBe(
      'Install xvfb pulseaudio-utils mousepad (apt-get).',
    );
  } finally {
    process.env['PATH'] = before;
  }
  expect(missingPrograms('sh', '/bin/sh')).toBeUndefined();
  expect(missingPrograms('/bin/no-such-program')).toBeDefined();
});
