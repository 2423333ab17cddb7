// The Alfred workflow holds together, and that its scripts run as it says, against a real history.

import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launcher } from './built/manifest.ts';
import { ask, becomeUser, fixture, ownFolder, program, startDaemon } from './daemon/daemon.ts';
import type { Daemon } from './daemon/daemon.ts';
import { plist } from './built/plist.ts';
import type { Value } from './built/plist.ts';

interface Part {
  readonly uid: string;
  readonly type: string;
  readonly config: Readonly<Record<string, Value>>;
}

const folder = ownFolder();
const workflow = plist(readFileSync(join(launcher, 'alfred/info.plist'), 'utf8')) as Readonly<Record<string, Value>>;
const parts = workflow['objects'] as unknown as readonly Part[];
let daemon: Daemon;

beforeAll(() => becomeUser(folder));
afterAll(() => daemon.end());

test('every connection leads from a part to another', () => {
  const known = parts.map(({ uid }) => uid);
  expect(new Set(known).size).toBe(known.length);
  const connections = workflow['connections'] as Readonly<Record<string, readonly { destinationuid: string }[]>>;
  for (const [from, targets] of Object.entries(connections)) {
    expect(known).toContain(from);
    for (const { destinationuid } of targets) expect(known).toContain(destinationuid);
  }
});

test('without a daemon the list says what to do', async () => {
  const { items } = JSON.parse(await runScript('alfred.workflow.input.scriptfilter', '')) as { items: object[] };
  expect(items).toEqual([{ title: expect.stringContaining('daemon'), subtitle: expect.any(String), valid: false }]);
});

test('what was dictated is listed in the form that Alfred reads', async () => {
  daemon = await startDaemon();
  const { text, draft } = await ask(async (client) => {
    const path = fixture('two-sentences.flac');
    await client.call('set', { source: { use: 'source-file', options: { path, realtime: false } } });
    const { sessionId } = await client.call('start', { mode: 'toggle' });
    return client.call('result', { sessionId });
  });
  expect(text).toMatch(/\w+ \w+/);

  const all = JSON.parse(await runScript('alfred.workflow.input.scriptfilter', '')) as object;
  expect(all).toEqual({
    skipknowledge: true,
    items: [
      {
        title: text,
        subtitle: expect.stringMatching(/\d/),
        arg: text,
        text: { copy: text, largetype: text },
        mods: { alt: { valid: true, arg: draft, subtitle: `Draft: ${draft}` } },
      },
    ],
  });
  const none = JSON.parse(await runScript('alfred.workflow.input.scriptfilter', 'nobody "said" $this')) as object;
  expect(none).toEqual({ skipknowledge: true, items: [{ title: expect.any(String), valid: false }] });
});

test('the keyword begins a dictation and ends it', async () => {
  expect(await runScript('alfred.workflow.action.script', '')).toBe('Listening');
  expect((await ask((client) => client.call('status', {}))).recording).toBeDefined();
  expect(await runScript('alfred.workflow.action.script', '')).toBe('Transcribing');
});

/** What the script in the workflow prints, run as Alfred runs it: bash in the workflow's folder, the words as its argument. */
async function runScript(type: string, query: string): Promise<string> {
  const { config } = parts.find((part) => part.type === type)!;
  expect(config).toMatchObject({ type: 0, scriptargtype: 1 });
  const env = { ...process.env, PATH: '/usr/bin:/bin', folders: dirname(process.execPath), voiceinput: program };
  const args = ['-c', config['script'] as string, 'bash', query];
  const { stdout } = await promisify(execFile)('bash', args, { cwd: join(launcher, 'alfred'), env });
  return stdout;
}
