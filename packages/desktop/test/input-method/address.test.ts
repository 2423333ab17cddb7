import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ibusAddress } from '../../src/input-method/address.ts';

const ADDRESS = 'unix:abstract=/home/someone/.cache/ibus/dbus-x,guid=1';
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'voiceinput-ibus-'));
  mkdirSync(join(folder, 'ibus', 'bus'), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

function told(place: string, pid: number): void {
  const [file = ''] = ['/etc/machine-id', '/var/lib/dbus/machine-id'].filter((path) => existsSync(path));
  const id = readFileSync(file, 'utf8').trim();
  const lines = ['# This file is created by ibus-daemon', `IBUS_ADDRESS=${ADDRESS}`, `IBUS_DAEMON_PID=${pid}`];
  writeFileSync(join(folder, 'ibus', 'bus', `${id}-${place}`), lines.join('\n'));
}

test('ibus is found by its display, as long as it runs', async () => {
  told('unix-7', process.pid);
  told('unix-wayland-1', process.pid);
  told('unix-8', 2 ** 30);
  const find = (environment: NodeJS.ProcessEnv) => ibusAddress({ XDG_CONFIG_HOME: folder, ...environment });
  expect(await find({ DISPLAY: ':7' })).toBe(ADDRESS);
  expect(await find({ DISPLAY: ':7.0' })).toBe(ADDRESS);
  expect(await find({ WAYLAND_DISPLAY: 'wayland-1' })).toBe(ADDRESS);
  expect(await find({ DISPLAY: ':8' })).toBeUndefined();
  expect(await find({ DISPLAY: ':9' })).toBeUndefined();
  expect(await find({})).toBeUndefined();
  expect(await find({ IBUS_ADDRESS: 'unix:path=/run/ibus' })).toBe('unix:path=/run/ibus');
});
