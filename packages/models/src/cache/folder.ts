// Where the cache lies on this machine.

import { isAbsolute, join, resolve } from 'node:path';
import { homeFolder } from '@voiceinput/plugin-api';

/**
 * The cache's folder, absolute: `VOICEINPUT_CACHE_DIR`, else `XDG_CACHE_HOME/voiceinput`, else the platform's usual place
 * (`~/.cache/voiceinput`, `~/Library/Caches/voiceinput`, `%LOCALAPPDATA%\voiceinput\Cache`). It need not exist.
 *
 * A relative `XDG_CACHE_HOME` is ignored, as the XDG Base Directory Specification asks, and so is a relative `HOME`.
 */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  if (env['VOICEINPUT_CACHE_DIR']) return resolve(env['VOICEINPUT_CACHE_DIR']);
  const xdg = env['XDG_CACHE_HOME'];
  if (xdg && isAbsolute(xdg)) return join(xdg, 'voiceinput');
  const home = env['HOME'] && isAbsolute(env['HOME']) ? env['HOME'] : homeFolder();
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'voiceinput');
  if (platform === 'win32')
    return join(env['LOCALAPPDATA'] || join(homeFolder(), 'AppData', 'Local'), 'voiceinput', 'Cache');
  return join(home, '.cache', 'voiceinput');
}
