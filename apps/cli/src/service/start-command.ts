// How the daemon is started by whoever needs it: by systemd where that starts it at login too, so that it is one and the same.

import { readFileSync } from 'node:fs';
import { daemonCommand, mainFile } from '../settings/main-file.ts';
import { systemd, UNIT } from './systemd.ts';

/** The program and its arguments. */
export function startCommand(): readonly string[] {
  if (process.platform !== 'linux' || !isOurs()) return daemonCommand;
  return ['/bin/sh', '-c', `systemctl --user start ${UNIT} || exec "$0" "$@"`, ...daemonCommand];
}

/** Whether that one is of this program, and is found where this program looks. */
function isOurs(): boolean {
  try {
    const content = readFileSync(systemd.path, 'utf8');
    const folder = process.env['VOICEINPUT_RUNTIME_DIR'] ?? '';
    const isSameFolder =
      folder === ''
        ? !content.includes('VOICEINPUT_RUNTIME_DIR=')
        : content.includes(`VOICEINPUT_RUNTIME_DIR=${folder}"`);
    return isSameFolder && systemd.filesIn(content)?.program === mainFile;
  } catch {
    return false;
  }
}
