// What the tray shows of a dictation, in icon, title and notifications.

import { describeUnless } from '@voiceinput/rig/unless';
import { expect, test } from 'vitest';
import { missing, trayScene } from './scene.ts';

describeUnless(missing)('the tray', () => {
  const { scene, begin, expectAsked, expectMenu, expectNote, ready, expectTitle } = trayScene();

  test('shows what becomes of a dictation: icon, words, one notification that changes', async () => {
    begin();
    await ready();
    const looks = [await scene.panel.icon()];
    expect(looks[0]!.widths).toEqual([16, 22, 24, 32, 44, 48, 64]);
    await scene.panel.activate();
    await expectTitle('Listening …');
    looks.push(await scene.panel.icon());
    scene.daemon.tell({ type: 'level', sessionId: 'a', level: 0.2 });
    await expect.poll(() => scene.panel.iconChanges()).toBeGreaterThan(1);
    await scene.panel.activate();
    await expectTitle('Draft');
    looks.push(await scene.panel.icon());
    const segment = { sessionId: 'a', segmentId: 's', startSample: 0, endSample: 9 };
    scene.daemon.tell({ type: 'text', ...segment, stage: 'draft', text: 'wednesday <b>&' });
    scene.daemon.tell({ type: 'run-started', sessionId: 'a', segmentId: 's', lane: 'refine', stage: 'refined' });
    await expectTitle('Refining …');
    looks.push(await scene.panel.icon());
    scene.daemon.tell({ type: 'text', ...segment, stage: 'refined', text: 'Wednesday.' });
    scene.daemon.tell({ type: 'session-ended', sessionId: 'a', outcome: 'done' });
    await expectTitle('Refined');
    looks.push(await scene.panel.icon());
    await expectNote('Refined');

    const { notes } = scene.notifications;
    expect(new Set(notes.map(({ summary }) => summary))).toEqual(
      new Set(['Listening …', 'Draft', 'Refining …', 'Refined']),
    );
    expect(notes.every(({ id, replaces }, index) => id === 1 && replaces === (index === 0 ? 0 : 1))).toBe(true);
    expect(notes.find(({ summary }) => summary === 'Refining …')!.body).toBe('wednesday &lt;b&gt;&amp;');
    expect(notes.at(-1)!.body).toBe('Wednesday.');
    // Each state has a colour of its own.
    const colors = looks.map(({ colors }) => [...colors].toSorted().join());
    expect(new Set(colors).size).toBe(looks.length);
    expect(scene.daemon.asked.filter(({ method }) => method === 'toggle')).toHaveLength(2);
  });

  test('says that nothing was heard', async () => {
    begin();
    await ready();
    await scene.panel.activate();
    await expectTitle('Listening …');
    await scene.panel.activate();
    scene.daemon.tell({ type: 'session-ended', sessionId: 'a', outcome: 'no-speech' });
    await expectTitle('No speech heard');
    await expectNote('No speech heard');
  });

  test('offers a refined text that found no place, and pastes it on request', async () => {
    begin();
    await ready();
    await scene.panel.click('Start dictation');
    await expectAsked('start', { mode: 'toggle' });
    await expectTitle('Listening …');
    await scene.panel.click('Stop and insert');
    const segment = { sessionId: 'a', segmentId: 's', startSample: 0, endSample: 9 };
    scene.daemon.tell({ type: 'text', ...segment, stage: 'refined', text: 'Wednesday.' });
    scene.daemon.tell({ type: 'edit', ...segment, revision: 2, outcome: { kind: 'offered', reason: 'user-edited' } });
    scene.daemon.tell({ type: 'session-ended', sessionId: 'a', outcome: 'done' });
    await expectNote('Refined text ready');
    await expectTitle('Refined text ready');
    await scene.panel.click('Paste the refined text');
    await expectAsked('paste', { id: 'a', stage: 'refined' });
    await expectTitle('Refined');
  });

  test('a button of a notification does the same as the menu', async () => {
    begin();
    await ready();
    await scene.panel.activate();
    await expectTitle('Listening …');
    await scene.panel.activate();
    const segment = { sessionId: 'a', segmentId: 's', startSample: 0, endSample: 9 };
    scene.daemon.tell({ type: 'text', ...segment, stage: 'refined', text: 'Wednesday.' });
    scene.daemon.tell({ type: 'edit', ...segment, revision: 2, outcome: { kind: 'offered', reason: 'user-edited' } });
    scene.daemon.tell({ type: 'session-ended', sessionId: 'a', outcome: 'done' });
    await expectNote('Refined text ready');
    expect(scene.notifications.notes.at(-1)!.actions).toEqual(['0', 'Paste the refined text']);
    scene.notifications.press();
    await expectAsked('paste', { id: 'a', stage: 'refined' });
    await expectTitle('Refined');
    await expect
      .poll(async () => (await scene.panel.menu()).map(({ label }) => label))
      .not.toContain('Paste the refined text');
  });

  test('what was seen of a dictation does not come again', async () => {
    begin();
    await ready();
    await scene.panel.activate();
    await expectNote('Listening …');
    const { length } = scene.notifications.notes;
    scene.notifications.expire();
    scene.daemon.tell({ type: 'level', sessionId: 'a', level: 0.2 });
    await expect.poll(() => scene.panel.iconChanges()).toBeGreaterThan(1);
    expect(scene.notifications.notes).toHaveLength(length);
  });

  test('keeps the words of a dictation over a lost connection', async () => {
    begin();
    await ready();
    await scene.panel.activate();
    await expectTitle('Listening …');
    const say = async (words: object, profile: string): Promise<void> => {
      scene.daemon.tell({ type: 'text', sessionId: 'a', stage: 'draft', ...words });
      // Events come in order: what is before this one is known by then.
      scene.daemon.tell({ type: 'settings', profile, hybrid: true });
      await expectMenu(`Profile: ${profile}`);
    };
    await say({ segmentId: 's', startSample: 0, endSample: 9, text: 'Before' }, 'one');
    scene.daemon.hangUp();
    await say({ segmentId: 't', startSample: 9, endSample: 19, text: 'and after' }, 'two');
    await scene.panel.activate();
    await expectNote('Draft');
    expect(scene.notifications.notes.at(-1)!.body).toBe('Before and after');
  });
});
