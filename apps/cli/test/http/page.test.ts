import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { missingPrograms } from '@voiceinput/rig/programs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDaemon } from '../daemon/daemon.ts';
import type { Daemon } from '../daemon/daemon.ts';
import { fixture, ownFolder, withModels } from '../voiceinput/scene.ts';

withModels();
const run = promisify(execFile);
const page = readFileSync(new URL('../../../../docs/HTTP.md', import.meta.url), 'utf8');
const SAID = 'The brown fox waits by the river.';
const folder = ownFolder();
let daemon: Daemon;
let port: string;
beforeAll(async () => {
  copyFileSync(fixture('formats/s16.wav'), join(folder, 'note.wav'));
  // The page says 7345, which may be taken here.
  daemon = await startDaemon({ folder, args: ['--http', '--port', '0'] });
  const client = await daemon.connect();
  ({ port } = new URL((await client.call('status', {})).http!.url));
  client.close();
});
afterAll(async () => {
  daemon.child.kill('SIGTERM');
  await daemon.ended;
});

/** The code blocks of the page in a language, for the daemon of this test. */
const blocks = (language: string): string[] =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\\n(?<code>[^]*?)\`\`\``, 'g'))].map((match) =>
    match.groups!['code']!.replaceAll('7345', port).replaceAll('~/.local/state/voiceinput', daemon.run),
  );

async function output(program: string, ...args: string[]): Promise<string> {
  const settings = blocks('text').find((block) => block.includes('export OPENAI_API_KEY'))!;
  const script = `${settings}\nexec "$@"`;
  const { stdout } = await run('sh', ['-c', script, 'sh', program, ...args], { cwd: folder });
  return stdout;
}

describe('what docs/HTTP.md shows works as it stands there', () => {
  test('with curl', async ({ skip }) => {
    const missing = missingPrograms('curl');
    if (missing !== undefined) skip(missing);
    const [first = '', second = ''] = blocks('sh');
    expect(JSON.parse(await output('sh', '-c', first))).toMatchObject({ text: SAID });
    const [subtitles, events] = (await output('sh', '-c', second)).split(/(?=data: )/);
    expect(subtitles).toMatch(/^1\n00:00:0\d,\d{3} --> 00:00:0\d,\d{3}\n/);
    expect(events).toMatch(/^data: \{"type":"transcript\.text\.delta"/);
  });

  test('with openai-node', async () => {
    const installed = dirname(fileURLToPath(import.meta.resolve('openai')));
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(installed, join(folder, 'node_modules', 'openai'));
    const [code = ''] = blocks('js');
    writeFileSync(join(folder, 'note.mjs'), code);
    expect(await output(process.execPath, 'note.mjs')).toBe(`${SAID}\n`);
  });

  test('with openai-python', async ({ skip }) => {
    await run('python3', ['-c', 'import openai']).catch(() => skip('Install openai (pip).'));
    const [code = ''] = blocks('python');
    expect(await output('python3', '-c', code)).toBe(`${SAID}\n`);
  });
});

test('the page names every field, format and status that there is', async () => {
  const { fieldNames, responseFormats } = await import('../../src/http/fields.ts');
  for (const name of [...responseFormats, 'file']) expect(page).toContain(`\`${name}\``);
  for (const name of fieldNames) expect(page).toMatch(new RegExp(`\`${name}(?:\\[\\])?\``));
  for (const status of [400, 401, 403, 404, 405, 408, 413, 415, 429, 500, 503, 504])
    expect(page).toContain(String(status));
});
