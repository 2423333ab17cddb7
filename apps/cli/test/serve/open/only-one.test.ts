import { join } from 'node:path';
import { never } from '@voiceinput/testkit';
import { expect, test } from 'vitest';
import { openHistory } from '../../../src/history/history.ts';
import { openHistoryAlone } from '../../../src/serve/open/only-one.ts';
import { ownFolder } from '../../voiceinput/scene.ts';

const folder = ownFolder();

test('a daemon waits for one that is ending to let go of the history', async () => {
  const settings = { keepText: true, keepAudio: true, textDays: 30, audioHours: 24, keepCorrected: false };
  const options = { folder: join(folder, 'home'), settings: () => settings, warn: () => undefined };
  const ending = await openHistory(options);
  setTimeout(() => void ending.close(), 300);
  const history = await openHistoryAlone({ ...options, run: join(folder, 'run') }, never);
  expect(await history.list({})).toEqual([]);
  await history.close();
});
