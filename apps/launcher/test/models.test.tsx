// A model's download is shown as far as it is, and that one that fails says why.

import { runtimeFolder } from '@voiceinput/client';
import type { Model } from '@voiceinput/client';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { playDaemon } from '@voiceinput/rig/daemon';
import type { ScriptedDaemon } from '@voiceinput/rig/daemon';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import Models from '../src/models.tsx';
import { becomeUser, ownFolder } from './daemon/daemon.ts';
import { open } from './raycast/screen.tsx';
import { clearStage, stage } from './raycast/stage.ts';

const absent: Model = {
  id: 'made',
  title: 'Made up',
  kind: 'runner',
  languages: ['en', 'ru'],
  license: 'MIT',
  bytes: 40_000_000,
  state: 'absent',
};
let daemon: ScriptedDaemon;
let models: readonly Model[] = [absent];
/** Lets the pull that is waited for end or fail. */
let settle = (_failure?: VoiceInputError): void => undefined;

beforeAll(async () => {
  becomeUser(ownFolder());
  daemon = await playDaemon({
    folder: runtimeFolder(),
    answers: {
      'models/list': () => ({ models }),
      'models/pull': async () => {
        const failure = await new Promise<VoiceInputError | undefined>((resolve) => (settle = resolve));
        if (failure !== undefined) throw failure;
        return {};
      },
    },
  });
});
afterAll(() => daemon.close());
beforeEach(clearStage);

test('an absent model is fetched; the list says how far it is, then that it is there', async () => {
  const screen = await open(<Models />);
  await screen.until('the model', () => screen.all('List.Item').length === 1);
  expect(screen.text()).toMatch(/runner · en · ru/);
  expect(screen.text()).toMatch(/40 MB.*absent/);
  await screen.press('Fetch', 'Made up');
  await screen.until('a word that it is on the way', () => stage.toasts.length === 1);
  daemon.tell({ type: 'model', id: 'made', doneBytes: 10_000_000, totalBytes: 40_000_000 });
  await screen.shows(/25 % of 40 MB/);
  daemon.tell({ type: 'model', id: 'made', doneBytes: 39_999_999, totalBytes: 40_000_000 });
  await screen.shows(/99 % of 40 MB/);

  models = [{ ...absent, state: 'ready' }];
  pulled();
  await screen.shows(/40 MB.*ready/);
  expect(screen.text()).not.toMatch(/%/);
  expect(stage.toasts).toMatchObject([{ style: 'SUCCESS', title: 'Made up is there' }]);
});

test('a download that fails says why, and can be tried again', async () => {
  models = [{ ...absent, state: 'damaged' }];
  const screen = await open(<Models />);
  await screen.until('the model', () => screen.all('List.Item').length === 1);
  await screen.press('Fetch', 'Made up');
  await screen.until('a word that it is on the way', () => stage.toasts.length === 1);
  daemon.tell({ type: 'model', id: 'made', doneBytes: 10_000_000, totalBytes: 40_000_000 });
  await screen.shows(/25 %/);
  pulled(new VoiceInputError('ERR_MODEL_OFFLINE', 'The registry does not answer.'));
  await screen.until('a word about it', () => stage.toasts.some(({ style }) => String(style) === 'FAILURE'));
  expect(stage.toasts.at(-1)).toMatchObject({ title: 'Made up was not fetched' });
  expect(stage.toasts.at(-1)!.message).toMatch(/^The registry does not answer\. \w/);
  await screen.until('no progress', () => !screen.text().includes('%'));
  expect(screen.actions('Made up')).toContain('Fetch');
});

test('a download that somebody else wanted is followed to its end', async () => {
  models = [absent];
  const screen = await open(<Models />);
  await screen.until('the model', () => screen.all('List.Item').length === 1);
  daemon.tell({ type: 'model', id: 'made', doneBytes: 10_000_000, totalBytes: 40_000_000 });
  await screen.shows(/25 % of 40 MB.*absent/);
  models = [{ ...absent, state: 'ready' }];
  daemon.tell({ type: 'model-ended', id: 'made' });
  await screen.shows(/40 MB.*ready/);
  expect(screen.text()).not.toMatch(/%/);
});

function pulled(failure?: VoiceInputError): void {
  daemon.tell({ type: 'model-ended', id: models[0]!.id });
  settle(failure);
}
