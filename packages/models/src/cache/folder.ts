// Where the cache lies on this machine.

import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

/**
 * The cache's folder, absolute: `VOICEINPUT_CACHE_DIR`, else `XDG_CACHE_HOME/voiceinput`, else the platform's usual place
 * (`~/.cache/voiceinput`, `~/Library/Caches/voiceinput`, `%LOCALAPPDATA%\voiceinput\Cache`). It need not exist.
 *
 * A relative `XDG_CACHE_HOME` is ignored, as the XDG Base Directory Specification asks.
 */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  if (env['VOICEINPUT_CACHE_DIR']) return resolve(env['VOICEINPUT_CACHE_DIR']);
  const xdg = env['XDG_CACHE_HOME'];
  if (xdg && isAbsolute(xdg)) return join(xdg, 'voiceinput');
  const home = env['HOME'] || homedir();
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'voiceinput');
  if (platform === 'win32')
    return join(env['LOCALAPPDATA'] || join(homedir(), 'AppData', 'Local'), 'voiceinput', 'Cache');
  return join(home, '.cache', 'voiceinput');
}
