// Whether the daemon uses what is saved into its configuration file, whenever that is.

import { join } from 'node:path';
import { expect, test } from 'vitest';
import { followSettings } from '../../../src/serve/open/follow-settings.ts';
import type { FollowedSettings } from '../../../src/serve/open/follow-settings.ts';
import { createTroubles } from '../../../src/serve/open/troubles.ts';
import type { Settings } from '../../../src/settings/settle.ts';
import { ownFolder } from '../../voiceinput/scene.ts';

const folder = ownFolder();

const saying = (word: string): Settings =>
  ({ configuration: { words: [word] }, files: [], plugins: [] }) as unknown as Settings;

/** A daemon that began with the settings `before`, and whose file says something else by now. */
function daemon(told: unknown[]): FollowedSettings {
  return {
    file: join(folder, 'voiceinput.json'),
    troubles: createTroubles({ warn: ({ code }) => told.push(code), changed: () => undefined }),
    inForce: () => saying('before'),
    read: async () => saying('after'),
    use: async () => undefined,
    used: ({ configuration }) => told.push(configuration.words),
    warn: ({ code }) => told.push(code),
  };
}

test('what was saved while the daemon opened is used', async () => {
  const told: unknown[] = [];
  const follower = followSettings(daemon(told));
  await expect.poll(() => told).toEqual([['after']]);
  await follower.close();
});

test('a daemon that ends does not wait for lanes that are still opening', async () => {
  const told: unknown[] = [];
  let isOpening = false;
  const use: FollowedSettings['use'] = (_next, signal) => {
    isOpening = true;
    return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
  };
  const follower = followSettings({ ...daemon(told), use });
  await expect.poll(() => isOpening).toBe(true);
  await follower.close();
  expect(told).toEqual([]);
});
