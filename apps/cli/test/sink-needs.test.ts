import { recordingSink } from '@voiceinput/testkit';
import type { SinkNeed } from '@voiceinput/plugin-api';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { describe, expect, test } from 'vitest';
import { builtInDictation } from '../src/built-in/dictation.ts';
import { builtInPlugins } from '../src/built-in/plugins.ts';
import { createChoose } from '../src/serve/answer/choose.ts';
import { troubleOfNeeds } from '../src/serve/open/needs.ts';
import { createSettingsInForce } from '../src/serve/open/settings-in-force.ts';
import { needsOf } from '../src/settings/sink-needs.ts';
import type { Settings } from '../src/settings/settle.ts';

const noDisplay = new VoiceInputError('ERR_DISPLAY_MISSING', 'There is no display.');

async function daemon({ needs, display = true }: { needs: readonly SinkNeed[]; display?: boolean }) {
  const { plugin } = recordingSink({ id: 'sink-foreign', needs });
  const sink = { use: plugin.id, options: {} };
  const plugins = [...(await builtInPlugins()), { plugin, url: import.meta.url }];
  const base = { plugins, dictation: { ...builtInDictation, sink } } as unknown as Settings;
  const inForce = createSettingsInForce(
    base,
    troubleOfNeeds(() => (display ? undefined : noDisplay)),
  );
  const profile = () => ({ vad: { use: 'vad-silero', options: {} }, post: [] }) as never;
  return { inForce, sink, choose: createChoose({ inForce, profile }) };
}

describe('a sink that a plugin of somebody else brings', () => {
  test.each<{ needs: readonly SinkNeed[] }>([
    { needs: ['display'] },
    { needs: ['clipboard'] },
    { needs: ['accessibility', 'keyboard'] },
  ])(
    'that needs $needs: without a desktop its texts go to the history; who names it may dictate all the same',
    async ({ needs }) => {
      const there = await daemon({ needs });
      expect(there.inForce.dictation().sink).toEqual(there.sink);
      expect(there.choose('sink', there.sink)).toEqual(there.sink);
      const missing = await daemon({ needs, display: false });
      expect(missing.inForce.dictation().sink.use).toBe('sink-nowhere');
      expect(missing.inForce.configured().sink).toEqual(missing.sink);
      expect(missing.inForce.troubleOf(missing.sink)).toBe(noDisplay);
      expect(missing.choose('sink', missing.sink)).toEqual(missing.sink);
    },
  );

  test('that needs an input method only is used where there is no display', async () => {
    const { inForce, sink } = await daemon({ needs: ['input-method'], display: false });
    expect(inForce.dictation().sink).toEqual(sink);
  });

  test('that writes to a terminal is not for a daemon', async () => {
    const { inForce, choose, sink } = await daemon({ needs: ['terminal'] });
    expect(inForce.dictation().sink.use).toBe('sink-nowhere');
    expect(() => choose('sink', sink)).toThrow(/no terminal/);
  });
});

test('the sinks of this project say what they need; what is not known needs nothing', async () => {
  const plugins = await builtInPlugins();
  expect(
    ['sink-desktop', 'sink-paste', 'sink-exec', 'sink-of-tomorrow'].map((use) => needsOf({ use }, plugins)),
  ).toEqual([['display'], ['keyboard', 'clipboard'], [], []]);
});
