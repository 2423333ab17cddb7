// How the page gets into the user's browser: by a file that only the user can read, so that no list of processes, log or history has the code.

import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openFolder, runtimeFolder } from '@voiceinput/client';
import { homeFolder } from '@voiceinput/plugin-api';

const run = promisify(execFile);
/** A browser that has not answered by then was started all the same. */
const OPENER_MS = 10_000;

const openers: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  win32: ['rundll32.exe', 'url.dll,FileProtocolHandler'],
};

export interface EntryFile {
  readonly path: string;
  remove(): Promise<void>;
}

/** Writes a page, readable by this user only, that sends the code to the door when it is opened. Rejects as `openFolder` does. */
export async function writeEntryFile(address: string, code: string): Promise<EntryFile> {
  const folder = (await folderOfSnap()) ?? (await ownFolder());
  const path = join(folder, `settings-${randomUUID()}.html`);
  const page = `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><title>VoiceInput</title>
<form method="post" action="${address}/enter"><input type="hidden" name="code" value="${code}"><button>VoiceInput</button></form>
<script>document.forms[0].submit()</script>
`;
  await writeFile(path, page, { mode: 0o600, flag: 'wx' });
  return { path, remove: () => rm(path, { force: true }) };
}

async function ownFolder(): Promise<string> {
  const folder = runtimeFolder();
  await openFolder(folder);
  return folder;
}

/** A browser that is a snap, as on Ubuntu, sees no hidden folder but its own. Absent where the browser is none. */
async function folderOfSnap(): Promise<string | undefined> {
  if (process.platform !== 'linux') return undefined;
  try {
    const { stdout } = await run('xdg-settings', ['get', 'default-web-browser'], { timeout: OPENER_MS });
    const name = /^(?<snap>[a-z\d-]+)_[\w-]+\.desktop$/.exec(stdout.trim())?.groups?.['snap'];
    if (name === undefined) return undefined;
    const folder = join(homeFolder(), 'snap', name, 'common');
    return (await stat(folder)).isDirectory() ? folder : undefined;
  } catch {
    // There is no such program, or no such folder.
    return undefined;
  }
}

/** Opens `path` in the user's browser; `false` where nothing here can. */
export async function openInBrowser(path: string, signal: AbortSignal): Promise<boolean> {
  const hasScreen = ['darwin', 'win32'].includes(process.platform) || isSet('DISPLAY') || isSet('WAYLAND_DISPLAY');
  if (!hasScreen) return false;
  const [program, ...parameters] = openers[process.platform] ?? ['xdg-open'];
  try {
    await run(program, [...parameters, path], { signal, timeout: OPENER_MS });
    return true;
  } catch (error) {
    signal.throwIfAborted();
    return (error as { readonly killed?: boolean }).killed === true;
  }
}

const isSet = (variable: string): boolean => (process.env[variable] ?? '') !== '';
