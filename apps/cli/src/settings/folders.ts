// Where a user's own files are, as each platform has it.

import { join } from 'node:path';
import { folderNamedBy, homeFolder } from '@voiceinput/plugin-api';

/** Where the user's configuration file is or would be. */
export function userConfigurationFile(): string {
  return join(baseFolder('XDG_CONFIG_HOME', '.config'), 'voiceinput', 'config.json');
}

/** Where the user installs plugins, with `npm install --prefix`. */
export function userPluginFolder(): string {
  return join(userDataFolder(), 'plugins');
}

/** Where the daemon keeps dictations. */
export function userDataFolder(): string {
  return join(baseFolder('XDG_DATA_HOME', join('.local', 'share')), 'voiceinput');
}

/** The name of a configuration file that counts in the folder where it lies; it cannot load code. */
export const FOLDER_CONFIGURATION = 'voiceinput.json';

/** https://specifications.freedesktop.org/basedir-spec; on macOS and Windows their own places. */
function baseFolder(variable: string, fallback: string): string {
  const chosen = folderNamedBy(variable);
  if (chosen !== undefined) return chosen;
  if (process.platform === 'win32') return process.env['APPDATA'] ?? join(homeFolder(), 'AppData', 'Roaming');
  if (process.platform === 'darwin') return join(homeFolder(), 'Library', 'Application Support');
  return join(homeFolder(), fallback);
}
