import { VoiceInputError } from '@voiceinput/plugin-api';
import { conformance } from '@voiceinput/testkit';
import { describe, test } from 'vitest';
import { sinkInPlaceOf } from '../../src/session/sink-in-place.ts';

describe('what stands in for a sink that does not open is a sink', () => {
  const { plugin } = sinkInPlaceOf(new VoiceInputError('ERR_DESKTOP', 'There is no desktop.'));
  for (const { name, run } of conformance(plugin, {})) test(name, run);
});
