import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { madeOf, wayFor } from '../../src/input-method/reach.ts';

const CAN_TELL = { canTell: true, isSecret: false };
const CANNOT = { canTell: false, isSecret: false };

test('a program made of Chromium is known by what lies beside it, whatever its name', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'voiceinput-chat-'));
  const program = join(folder, 'chat');
  copyFileSync('/bin/sleep', program);
  const child = spawn(program, ['60'], { stdio: 'ignore' });
  await once(child, 'spawn');
  expect(madeOf({ names: ['chat'], pid: child.pid! })).toBe('other');
  writeFileSync(join(folder, 'chrome_100_percent.pak'), '');
  expect(madeOf({ names: ['chat'], pid: child.pid! })).toBe('chromium');
  child.kill();
  await once(child, 'exit');
  rmSync(folder, { recursive: true });
  expect(madeOf({ names: ['chat'], pid: child.pid! })).toBe('other');
  expect(madeOf({ names: ['Chromium'] })).toBe('other');
});

test('the way follows from what was tried, and nothing else is touched', () => {
  expect(madeOf({ names: ['Navigator', 'firefox-esr'] })).toBe('gecko');
  expect(wayFor('gecko', CANNOT)).toBe('selected');
  expect(wayFor('chromium', CAN_TELL)).toBe('selected');
  expect(wayFor('other', CAN_TELL)).toBe('surrounding');
  expect(wayFor('other', CANNOT)).toBeUndefined();
  expect(wayFor('gtk4', CAN_TELL)).toBeUndefined();
});
