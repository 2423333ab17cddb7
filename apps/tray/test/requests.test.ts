// What is chosen in the menu of the tray becomes one request, and its answer is told.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeUnless } from '@voiceinput/rig/unless';
import { expect, test } from 'vitest';
import { missing, trayScene } from './scene.ts';
import { entry } from './small-daemon.ts';

describeUnless(missing)('the tray', () => {
  const { scene, begin, expectAsked, expectMenu, expectNote, ready, expectTitle } = trayScene();

  test('every item is one request', async () => {
    begin();
    await ready();
    const { id } = entry;
    const source = { use: 'source-microphone', options: { preRollMs: 300, device: 'usb' } };
    const rows: readonly (readonly [string[], string, object])[] = [
      [['Refine in the background'], 'set', { hybrid: false }],
      [['Profile', 'quick'], 'set', { profile: 'quick' }],
      [['Microphone', 'USB'], 'set', { source }],
      [['Recent', 'I think', 'Copy the draft'], 'history/copy', { id, stage: 'draft' }],
      [['Recent', 'I think', 'Copy the refined'], 'history/copy', { id, stage: 'refined' }],
      [['Recent', 'I think', 'Paste the refined'], 'paste', { id, stage: 'refined' }],
      [['Recent', 'I think', 'Paste the draft'], 'paste', { id, stage: 'draft' }],
      [['Recent', 'I think', 'Undo'], 'undo', { sessionId: id }],
      [['Models', 'Download Moonshine Base (98 MB)'], 'models/pull', { id: 'moonshine-base-en' }],
      [['Plugin', 'Reload'], 'commands/run', { plugin: 'post-replacements', id: 'reload', arguments: {} }],
      [['Check this computer'], 'doctor', {}],
    ];
    for (const [labels, method, params] of rows) {
      const before = scene.daemon.asked.length;
      await scene.panel.click(...labels);
      const made = (): unknown[] => scene.daemon.asked.slice(before).filter((request) => request.method === method);
      await expect.poll(made, { message: labels.join(' > ') }).toEqual([{ method, params }]);
    }
    const ticked = async (...labels: string[]): Promise<(boolean | undefined)[]> => {
      const [first, ...rest] = labels;
      const found = (await scene.panel.menu()).find(({ label }) => label.includes(first!))!;
      return rest.length === 0 ? [found.ticked] : found.items.map((item) => item.ticked);
    };
    await expect.poll(() => ticked('Refine in the background')).toEqual([false]);
    await expect.poll(() => ticked('Profile', '')).toEqual([false, true]);
    await expect.poll(() => ticked('Microphone', '')).toEqual([false, true]);
    await expectMenu('1 problem');
    const bodies = scene.notifications.notes.map(({ body }) => body);
    expect(bodies).toContainEqual('12 replacements are in force.');
    expect(bodies).toContainEqual(expect.stringContaining('Set dictation.key to F9'));
  });

  test('says when an undo or a request did nothing, and shows how far a model is', async () => {
    const { warnings } = begin();
    await ready();
    scene.daemon.says.undone = [{ kind: 'refused' }];
    await scene.panel.click('Recent', 'I think', 'Undo');
    await expectNote('Nothing could be undone');
    scene.daemon.tell({ type: 'model', id: 'moonshine-base-en', doneBytes: 41_000_000, totalBytes: 98_000_000 });
    await expectMenu('Moonshine Base: 40 %');
    scene.daemon.tell({ type: 'model-ended', id: 'moonshine-base-en' });
    await expectMenu('Download Moonshine Base (98 MB)');
    // What was fetched is unpacked and checked before it is there.
    scene.daemon.tell({ type: 'model', id: 'moonshine-base-en', doneBytes: 98_000_000, totalBytes: 98_000_000 });
    await expectMenu('Moonshine Base: 100 %');
    scene.daemon.says.models = scene.daemon.says.models.map((model) => ({ ...model, state: 'ready' }));
    scene.daemon.tell({ type: 'model-ended', id: 'moonshine-base-en' });
    await expectMenu('Moonshine Base: ready');
    await scene.panel.click('Settings');
    await expectNote('That did not work');
    expect(warnings.at(-1)).toBe('The settings page was not opened.');
    await scene.panel.click('Open the settings file');
    await expectNote('That did not work');
    await expect.poll(() => warnings.at(-1)).toContain('/nonexistent');
  });

  test('answers a second time, also when the answer is the same', async () => {
    begin();
    await ready();
    const answers = (): unknown[] =>
      scene.notifications.notes.filter(({ summary }) => summary === 'Check this computer');
    await scene.panel.click('Check this computer');
    await expect.poll(() => answers().length).toBe(1);
    scene.notifications.expire();
    await scene.panel.click('Check this computer');
    await expect.poll(() => answers().length).toBe(2);
  });

  test('keeps which notifications are wanted', async () => {
    const { end, over } = begin();
    await ready();
    await scene.panel.click('Notifications', 'None');
    await expect.poll(() => readFile(join(scene.folder, 'tray.json'), 'utf8')).toContain('"notifications": "off"');
    end();
    await over;
    begin();
    await ready();
    await scene.panel.activate();
    await expectTitle('Listening …');
    expect(scene.notifications.notes).toEqual([]);
  });

  test('a click into a menu that has changed meanwhile does what was seen', async () => {
    begin();
    await ready();
    const find = async (): Promise<number> => {
      const last = (await scene.panel.menu()).find(({ label }) => label.startsWith('Recent'))!;
      return last.items.find(({ label }) => label.includes('I think'))!.items[0]!.id;
    };
    const seenId = await find();
    scene.daemon.says.entries = [{ ...entry, id: 'newer', text: 'Something newer.' }, entry];
    scene.daemon.tell({ type: 'history' });
    await expectMenu('Something newer');
    await scene.panel.clickId(seenId);
    await expectAsked('history/copy', { id: entry.id, stage: 'refined' });
    // Also when it has gone from the menu.
    scene.daemon.says.entries = [{ ...entry, id: 'newest', text: 'The newest.' }];
    scene.daemon.tell({ type: 'history' });
    await expectMenu('The newest');
    const before = scene.daemon.asked.length;
    await scene.panel.clickId(seenId);
    await expect.poll(() => scene.daemon.asked.slice(before).map(({ method }) => method)).toContain('history/copy');
  });
});
