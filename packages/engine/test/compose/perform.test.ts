import { definePlugin } from '@voiceinput/plugin-api';
import { describe, expect, test } from 'vitest';
import { never, play } from '../session/stage.ts';

const told: string[] = [];
const plugin = definePlugin<'postprocessor', { greeting: string }>({
  id: 'post-greeting',
  kind: 'postprocessor',
  api: 1,
  title: 'Greets',
  capabilities: { scope: 'segment', stages: ['draft'] },
  config: { type: 'object', properties: { greeting: { type: 'string', default: 'Hello' } } },
  commands: [
    {
      id: 'greet',
      title: 'Greet somebody',
      arguments: {
        type: 'object',
        additionalProperties: false,
        properties: { name: { type: 'string' }, mark: { type: 'string', default: '!' } },
      },
    },
  ],
  async create({ greeting }) {
    return {
      process: async (transcript) => transcript,
      async perform(command, { name, mark }, signal) {
        signal.throwIfAborted();
        if (name === 'nobody') throw new Error('There is nobody.');
        return { text: `${command}: ${greeting}, ${String(name)}${String(mark)}` };
      },
      async close() {
        told.push('closed');
      },
    };
  },
});

const scene = { fast: { script: [] }, more: [{ plugin, url: 'unused' }] };
const use = (options: object = {}) => ({ use: 'post-greeting', options: { ...options } });
const greet = (args: object) => ({ command: 'greet', arguments: { ...args } });

describe('what a plugin offers', () => {
  test('is done by a part that is opened for it, with defaults filled in, and closed', () =>
    play(scene, async ({ engine }) => {
      told.length = 0;
      const answer = await engine.perform(use(), greet({ name: 'Anna' }), never());
      expect(answer).toEqual({ text: 'greet: Hello, Anna!' });
      expect(told).toEqual(['closed']);
      const other = await engine.perform(use({ greeting: 'Hi' }), greet({ name: 'Bo', mark: '.' }), never());
      expect(other).toEqual({ text: 'greet: Hi, Bo.' });
    }));

  test.each([
    ['a command that it has not', use(), { command: 'sing', arguments: {} }, /no command "sing"; it has: greet/],
    ['arguments that do not fit', use(), greet({ name: 1 }), /name is 1/],
    ['unknown arguments', use(), greet({ nam: 'x' }), /the nearest known key is "name"/],
    ['options that do not fit', use({ greeting: 1 }), greet({}), /greeting is 1/],
    ['a plugin that is not loaded', { use: 'post-none', options: {} }, greet({}), /no plugin "post-none"/],
    ['a runner', { use: 'runner-scripted', options: {} }, greet({}), /no plugin "runner-scripted"/],
    ['what it throws', use(), greet({ name: 'nobody' }), /post-greeting failed in perform: There is nobody/],
  ])('is refused for %s', (_, choice, request, message) =>
    play(scene, async ({ engine }) => {
      await expect(engine.perform(choice, request, never())).rejects.toThrow(message);
    }),
  );
});
