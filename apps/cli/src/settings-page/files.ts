// The files that the page is made of: a fixed list, read once, so that no path of a request reaches the disk.

import { readdir, readFile } from 'node:fs/promises';
import { VoiceInputError } from '@voiceinput/plugin-api';

/** HTML and CSS are shipped as they are written, scripts as they were compiled. */
const WRITTEN = new URL('../../src/settings-page/page/', import.meta.url);
const COMPILED = new URL('../../dist/settings-page/page/', import.meta.url);

export interface PageFile {
  readonly type: string;
  readonly body: string;
}

/** By the path of their address. Rejects with `ERR_INTERNAL` when the package is not whole. */
export async function pageFiles(): Promise<ReadonlyMap<string, PageFile>> {
  try {
    const scripts = (await readdir(COMPILED)).filter((name) => name.endsWith('.js'));
    return new Map([
      ['/', { type: 'text/html; charset=utf-8', body: await readFile(new URL('index.html', WRITTEN), 'utf8') }],
      ['/style.css', { type: 'text/css; charset=utf-8', body: await readFile(new URL('style.css', WRITTEN), 'utf8') }],
      ...(await Promise.all(scripts.map(readScript))),
    ]);
  } catch (cause) {
    throw new VoiceInputError('ERR_INTERNAL', `The files of the settings page are not there: ${String(cause)}`, {
      hint: 'Install VoiceInput again; in a clone: npm run build',
      cause,
    });
  }
}

async function readScript(name: string): Promise<readonly [string, PageFile]> {
  const body = await readFile(new URL(name, COMPILED), 'utf8');
  return [`/page/${name}`, { type: 'text/javascript; charset=utf-8', body }];
}
