// How the user gets to see the settings file.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { VoiceInputError } from '@voiceinput/plugin-api';

type Command = readonly [program: string, ...parameters: string[]];

const run = promisify(execFile);
/** What opens a file in the program that its user chose for it. */
const openers: Readonly<Partial<Record<NodeJS.Platform, Command>>> = {
  darwin: ['open'],
  win32: ['rundll32.exe', 'url.dll,FileProtocolHandler'],
};

/** Opens `path` in the user's editor. Rejects with `ERR_DESKTOP`. */
export async function openSettings(path: string, signal: AbortSignal): Promise<void> {
  const [program, ...parameters] = openers[process.platform] ?? (await editorHere(signal)) ?? ['xdg-open'];
  try {
    await run(program, [...parameters, path], { signal });
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const why = isMissing ? `the program ${program} is not installed` : (error as Error).message;
    throw new VoiceInputError('ERR_DESKTOP', `${path} could not be opened: ${why}.`, {
      hint: 'Open it in an editor of your choice.',
      cause: error,
    });
  }
}

/** What the user opens texts with: for JSON many desktops know nothing better than a browser. Absent where that is not known. */
async function editorHere(signal: AbortSignal): Promise<Command | undefined> {
  try {
    const { stdout } = await run('xdg-mime', ['query', 'default', 'text/plain'], { signal });
    const application = stdout.trim();
    if (application === '') return undefined;
    await run('gtk-launch', ['--version'], { signal });
    return ['gtk-launch', application];
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}
