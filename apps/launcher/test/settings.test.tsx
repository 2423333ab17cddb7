// Profiles are switched, models fetched and the machine examined from their views.

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import Doctor from '../src/doctor.tsx';
import Models from '../src/models.tsx';
import SwitchProfile from '../src/switch-profile.tsx';
import { ask, becomeUser, ownFolder, startDaemon } from './daemon/daemon.ts';
import type { Daemon } from './daemon/daemon.ts';
import { open } from './raycast/screen.tsx';
import { clearStage, stage } from './raycast/stage.ts';

const folder = ownFolder();
let daemon: Daemon;

beforeAll(async () => {
  becomeUser(folder, { profiles: { quick: { hybrid: false } } });
  daemon = await startDaemon();
});
beforeEach(clearStage);
afterAll(() => daemon.end());

test('the profile in force is marked, also when somebody else switches it', async () => {
  const screen = await open(<SwitchProfile />);
  await screen.until('the profiles', () => screen.all('List.Item').length === 2);
  const icons = (): Record<string, unknown> =>
    Object.fromEntries(screen.all('List.Item').map(({ props }) => [props['title'], props['icon']]));
  expect(icons()).toEqual({ default: 'CheckCircle', quick: 'Circle' });

  await screen.press('Use Profile', 'quick');
  await screen.until('a word that it is done', () => stage.huds.length > 0);
  expect(stage.huds).toEqual(['Profile quick']);
  expect(await ask((client) => client.call('status', {}))).toMatchObject({ profile: 'quick', hybrid: false });
  await screen.until('the mark', () => icons()['quick'] === 'CheckCircle');

  await ask((client) => client.call('set', { profile: 'default' }));
  await screen.until('the mark', () => icons()['default'] === 'CheckCircle');
});

test('models are listed with what this machine has; one that is there is fetched in no time', async () => {
  const screen = await open(<Models />);
  const { models } = await ask((client) => client.call('models/list', {}));
  await screen.until('the models', () => screen.all('List.Item').length === models.length);
  expect(screen.every('List.Item', 'title')).toEqual(models.map(({ title }) => title));
  const ready = models.find(({ state }) => state === 'ready')!;
  await screen.press('Check and Mend', ready.title);
  await screen.until('a word that it is done', () => String(stage.toasts[0]?.style) === 'SUCCESS');
  expect(stage.toasts).toMatchObject([{ title: `${ready.title} is there` }]);
});

test('the doctor shows what the daemon found, with the command that fixes it', async () => {
  const screen = await open(<Doctor />);
  const { findings } = await ask((client) => client.call('doctor', {}));
  await screen.until('the findings', () => screen.all('List.Item').length === findings.length);
  expect(screen.every('List.Item', 'title')).toEqual(findings.map(({ what }) => what));
  const { what, fix } = findings.find((finding) => finding.fix !== undefined)!;
  await screen.press('Copy the Fix', what);
  expect(stage.copied).toEqual([fix]);
});
