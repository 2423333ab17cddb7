// How long a plugin may take to open, and what of it counts.

import { definePlugin, type PluginContext } from '@voiceinput/plugin-api';
import { never } from '@voiceinput/testkit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPart, CREATE_DEADLINE_MS, PREPARING } from '../../src/host/create.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const LONG_MS = 5 * CREATE_DEADLINE_MS;
const later = <T>(ms: number, value: T) => new Promise<T>((resolve) => setTimeout(() => resolve(value), ms));

/** Opens a plugin whose opening is `work`. */
function open(work: (context: PluginContext) => Promise<unknown>) {
  const log = vi.fn<(message: string) => void>();
  const plugin = definePlugin<'sink', object>({
    id: 'sink-slow',
    kind: 'sink',
    api: 1,
    title: 'Slow',
    capabilities: { partials: false },
    config: { type: 'object' },
    async create(_options, context) {
      await work(context);
      return {
        begin: async () => undefined,
        apply: async () => undefined,
        end: async () => undefined,
        close: async () => undefined,
      } as never;
    },
  });
  const models = { locate: () => later(LONG_MS, {} as never) };
  const opening = createPart(
    { descriptor: { plugin, url: '' } as never, options: {}, models, log, warn: () => undefined },
    never,
  );
  return { opening: opening.catch((error: unknown) => error), log };
}

test.each<[string, (context: PluginContext) => Promise<unknown>]>([
  ['fetching a model', ({ models }) => models.locate('any', never)],
  ['preparing one', ({ prepare }) => prepare(() => later(LONG_MS, undefined))],
])('%s may take longer than opening', async (_, work) => {
  const { opening } = open(work);
  await vi.advanceTimersByTimeAsync(LONG_MS + 1_000);
  expect(await opening).not.toBeInstanceOf(Error);
});

test('that a model is prepared is told', async () => {
  const { opening, log } = open(({ prepare }) => prepare(() => later(1_000, undefined)));
  await vi.advanceTimersByTimeAsync(1_000);
  await opening;
  expect(log.mock.calls).toEqual([[PREPARING]]);
});

test('all else counts; whoever is late is not to be removed from the configuration', async () => {
  const { opening } = open(() => later(LONG_MS, undefined));
  await vi.advanceTimersByTimeAsync(CREATE_DEADLINE_MS + 1_000);
  expect(await opening).toMatchObject({
    code: 'ERR_PLUGIN_TIMEOUT',
    hint: 'Try again when the machine is less busy.',
  });
});
