import { expect, test } from 'vitest';
import { applyChanges, definePlugin, isPlugin, isVoiceInputError, VoiceInputError } from '@voiceinput/plugin-api';

test('changes refer to the text before the edit', () => {
  const changes = [
    { start: 0, remove: 5, insert: 'goodbye' },
    { start: 6, remove: 0, insert: 'old ' },
  ];
  expect(applyChanges('hello world', changes)).toBe('goodbye old world');
});

test('an error survives the way through a process border', () => {
  const error = new VoiceInputError('ERR_FILE_NOT_FOUND', 'There is no file "a.wav".');
  const back = VoiceInputError.fromReport(structuredClone(error.toJSON()));
  expect(isVoiceInputError(back)).toBe(true);
  expect(back).toMatchObject({ code: 'ERR_FILE_NOT_FOUND', exitCode: 3, hint: 'Check the path.' });
});

test('a plugin is a plain frozen object that every copy of the package knows', () => {
  const plugin = definePlugin({
    id: 'vad-none',
    kind: 'vad',
    api: 1,
    title: 'None',
    capabilities: {},
    create: async () => Promise.reject(new Error('unused')),
  });
  expect(isPlugin(plugin)).toBe(true);
  expect(Object.isFrozen(plugin)).toBe(true);
  expect(isPlugin({ ...plugin })).toBe(true);
  expect(isPlugin({ id: 'vad-none' })).toBe(false);
});
