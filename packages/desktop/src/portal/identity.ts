// As whom this program asks the portal: newer ones answer only programs that have a desktop file.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { folderNamedBy, homeFolder, isVoiceInputError, makeFolder, VoiceInputError } from '@voiceinput/plugin-api';
import type { Bus } from '../bus/bus.ts';

export const PORTAL = 'org.freedesktop.portal.Desktop';
/** The rule for all signals that it sends. */
export const FROM_PORTAL = `type='signal',sender='${PORTAL}'`;
export const PORTAL_PATH = '/org/freedesktop/portal/desktop';
/** Starting a service may take a while. */
export const ANSWER_MS = 20_000;
const APP_ID = 'org.voiceinput.VoiceInput';

/** Shown nowhere but in the desktop's list of shortcuts. */
const DESKTOP_FILE = `[Desktop Entry]
Type=Application
Name=VoiceInput
Comment=Push-to-talk dictation
Exec=voiceinput toggle
NoDisplay=true
`;

/** Once for each portal that starts. https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.host.portal.Registry.html */
export async function register(bus: Bus): Promise<void> {
  try {
    await writeDesktopFile();
    await bus.call({
      destination: PORTAL,
      path: PORTAL_PATH,
      interface: 'org.freedesktop.host.portal.Registry',
      member: 'Register',
      signature: 'sa{sv}',
      body: [APP_ID, {}],
    });
  } catch (error) {
    // Older portals have no registry and need none; one that needs it says so at the next request.
    if (!isVoiceInputError(error)) throw error;
  }
}

async function writeDesktopFile(): Promise<void> {
  const folder = join(folderNamedBy('XDG_DATA_HOME') ?? join(homeFolder(), '.local', 'share'), 'applications');
  try {
    await makeFolder(folder);
    await writeFile(join(folder, `${APP_ID}.desktop`), DESKTOP_FILE, { flag: 'wx' });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return;
    throw new VoiceInputError('ERR_STORAGE', `${folder} cannot be written.`, { cause });
  }
}
