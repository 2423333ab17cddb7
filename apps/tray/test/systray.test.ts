import { createHash } from 'node:crypto';
import { loadImage } from '@napi-rs/canvas';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { iconOf } from '../src/draw/icon.ts';
import type { Indicator, Shown } from '../src/indicator/panel.ts';
import { openPlace } from '../src/indicator/systray/place.ts';
import { icoOf, pictureOf } from '../src/indicator/systray/picture.ts';
import { openSystray } from '../src/indicator/systray/systray.ts';
import { check, choice, radio, separator, submenu, words } from '../src/menu/item.ts';
import type { MenuItem } from '../src/menu/item.ts';
import { openIconPrograms } from './icon-program/icon-program.ts';
import type { IconPrograms } from './icon-program/icon-program.ts';

const start = choice('Start dictation', { method: 'start', params: { mode: 'toggle' } });
const stop = choice('Stop and insert', { method: 'stop', params: {} });
const cancel = choice('Cancel dictation', { method: 'cancel', params: {} });
const quit = choice('Quit', { own: 'quit' });

function shown(menu: readonly MenuItem[], sign: 'idle' | 'listening' = 'idle'): Shown {
  return { icon: iconOf(sign), title: sign, menu };
}

describe('the icon program', () => {
  let programs: IconPrograms;
  let indicator: Indicator | undefined;
  const chosen: MenuItem[] = [];
  const heard = {
    chosen: (item: MenuItem) => void chosen.push(item),
    clicked: () => undefined,
    opened: () => undefined,
    panel: () => undefined,
  };

  async function begin(menu: readonly MenuItem[], platform: NodeJS.Platform = 'darwin'): Promise<Indicator> {
    indicator = await openSystray({ platform, place: programs.place }, shown(menu), heard);
    return indicator;
  }
  async function menuIs(menu: ReturnType<IconPrograms['menu']>): Promise<void> {
    await expect.poll(() => programs.menu()).toEqual(menu);
  }

  beforeEach(async () => {
    chosen.length = 0;
    programs = await openIconPrograms();
  });
  afterEach(async () => {
    await indicator?.close();
    indicator = undefined;
    await programs.close();
  });

  test('gets the whole menu: ticks, what cannot be chosen, submenus without separators', async () => {
    const profiles = submenu('Profile', [
      radio('default', true, { own: 'quit' }),
      separator,
      radio('quick', false, { own: 'quit' }),
      submenu('more', [choice('deep', { own: 'quit' })]),
    ]);
    await begin([start, separator, words('ready'), check('Hybrid', true, { own: 'quit' }), profiles, quit]);
    const more = ['more', ['deep']] as const;
    await menuIs([
      'Start dictation',
      '<SEPARATOR>',
      '(ready)',
      '✓ Hybrid',
      ['Profile', ['✓ default', 'quick', more]],
      'Quit',
    ]);
    expect(programs.told()!.menu).toMatchObject({ title: '', tooltip: 'idle' });
    programs.click(programs.slot('Profile', 'more', 'deep'));
    await expect.poll(() => chosen).toEqual([choice('deep', { own: 'quit' })]);
  });

  test('changes titles, numbers of items and the icon in place', async () => {
    const { show } = await begin([start, separator, quit]);
    await menuIs(['Start dictation', '<SEPARATOR>', 'Quit']);
    // Windows forgets the order of slots that were hidden from the beginning.
    expect(programs.first()!.menu.items.map(({ hidden }) => hidden)).not.toContain(true);
    const { icon } = programs.told()!.menu;
    show(shown([stop, cancel, separator, quit], 'listening'));
    await menuIs(['Stop and insert', 'Cancel dictation', '<SEPARATOR>', 'Quit']);
    expect(programs.told()!.menu.tooltip).toBe('listening');
    expect(programs.told()!.menu.icon).not.toBe(icon);
    show(shown([start, separator, quit]));
    await menuIs(['Start dictation', '<SEPARATOR>', 'Quit']);
    expect(programs.told()!.menu.icon).toBe(icon);
    expect(programs.pids).toHaveLength(1);
  });

  test('is started anew, and the one before ended, where what is added has no slot', async () => {
    const { show } = await begin([start, quit]);
    await menuIs(['Start dictation', 'Quit']);
    const lists = [submenu('Models', [words('small')]), submenu('Commands', [words('one')])];
    show(shown([start, lists[0]!, quit]));
    show(shown([start, ...lists, quit], 'listening'));
    await expect.poll(() => programs.told()!.menu.tooltip).toBe('listening');
    await menuIs(['Start dictation', ['Models', ['(small)']], ['Commands', ['(one)']], 'Quit']);
    expect(programs.pids).toHaveLength(2);
    await expect.poll(() => isAlive(programs.pids[0]!)).toBe(false);
    programs.click(programs.slot('Start dictation'));
    await expect.poll(() => chosen).toEqual([start]);
  });

  test('does what was seen when it was clicked', async () => {
    const { show } = await begin([start, quit]);
    await menuIs(['Start dictation', 'Quit']);
    const slot = programs.slot('Start dictation');
    show(shown([stop, cancel, quit]));
    await menuIs(['Stop and insert', 'Cancel dictation', 'Quit']);
    programs.click(slot, 'Start dictation');
    await expect.poll(() => chosen).toEqual([start]);
    programs.click(slot, 'Something that was never there');
    programs.click(slot);
    await expect.poll(() => chosen).toEqual([start, stop]);
  });

  test('has one meaning for & on Windows, where it would mark a key', async () => {
    await begin([words('this & that')], 'win32');
    await menuIs(['(this && that)']);
  });

  test('tells its death', async () => {
    const { lost } = await begin([start]);
    await menuIs(['Start dictation']);
    process.kill(programs.pids[0]!, 'SIGKILL');
    await expect(lost).resolves.toMatchObject({ code: 'ERR_DESKTOP' });
    expect((await lost).message).toBe('The program that shows the icon is gone: it was ended by SIGKILL.');
  });

  test('is gone after the end, also when that comes in the middle of a change', async () => {
    const { show, close } = await begin([start]);
    await menuIs(['Start dictation']);
    show(shown([start, separator, quit]));
    await close();
    expect(programs.pids.map(isAlive)).toEqual(programs.pids.map(() => false));
    expect(programs.isRemoved()).toBe(true);
  });

  test('says why it cannot be started', async () => {
    const broken = await openIconPrograms('broken');
    const opening = openSystray({ platform: 'darwin', place: broken.place }, shown([start]), heard);
    await expect(opening).rejects.toMatchObject({
      code: 'ERR_DESKTOP',
      message: 'The program that shows the icon is gone: it ended with 86: Bad CPU type in executable.',
    });
    const nowhere = { ...broken.place, command: ['/nonexistent/icon'] as const };
    const missing = openSystray({ platform: 'darwin', place: nowhere }, shown([start]), heard);
    await expect(missing).rejects.toThrow('ENOENT');
    expect(broken.isRemoved()).toBe(true);
    await broken.close();
  });
});

test.each(['darwin', 'win32'] as const)('the package has a program for %s', async (platform) => {
  const place = await openPlace(platform);
  expect(place.command[0]).toContain(platform === 'win32' ? 'tray_windows_release.exe' : place.folder);
  await place.remove();
});

test('the package has none for other systems', async () => {
  await expect(openPlace('aix')).rejects.toMatchObject({ code: 'ERR_DESKTOP' });
});

describe('the picture', () => {
  const icons = (['idle', 'listening', 'error'] as const).map((sign) => iconOf(sign));

  test('is a PNG on macOS, another one for each sign', async () => {
    const png = await loadImage(Buffer.from(pictureOf(icons[0]!, 'darwin'), 'base64'));
    expect([png.width, png.height]).toEqual([32, 32]);
    expect(new Set(icons.map((icon) => digest(pictureOf(icon, 'darwin')))).size).toBe(icons.length);
  });

  test('is an icon file on Windows, with a PNG inside', async () => {
    const [bitmap] = iconOf('offered').filter(({ widthPx }) => widthPx === 32);
    const ico = Buffer.from(pictureOf(iconOf('offered'), 'win32'), 'base64');
    // Reserved, type, pictures; width, height, colours, reserved, planes, bits.
    const head = [0, 2, 4, 10, 12].map((at) => ico.readUInt16LE(at));
    expect([...head, ...ico.subarray(6, 10)]).toEqual([0, 1, 1, 1, 32, 32, 32, 0, 0]);
    const [bytes, offset] = [ico.readUInt32LE(14), ico.readUInt32LE(18)];
    expect([bytes + offset, offset]).toEqual([ico.length, 22]);
    const png = await loadImage(ico.subarray(offset));
    expect([png.width, png.height]).toEqual([bitmap!.widthPx, bitmap!.heightPx]);
    expect(icoOf(Buffer.alloc(3), { widthPx: 16, heightPx: 24 }).subarray(6, 8)).toEqual(Buffer.from([16, 24]));
  });
});

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
