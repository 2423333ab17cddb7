// As whom a Wayland desktop of the tests runs: compositors refuse to run as root.

import { chownSync } from 'node:fs';

/** Owns nothing else. */
const NOBODY = { uid: 65_534, gid: 65_534 };

const isRoot = (): boolean => process.getuid?.() === 0;

/** Gives a file or folder that this process made to the programs of the desktop. */
export function theirs(path: string): string {
  if (isRoot()) chownSync(path, NOBODY.uid, NOBODY.gid);
  return path;
}

/** The command, run as nobody where this process is root. */
export const asNobody = (command: readonly string[]): readonly string[] =>
  isRoot()
    ? ['setpriv', `--reuid=${NOBODY.uid}`, `--regid=${NOBODY.gid}`, '--clear-groups', '--', ...command]
    : command;

/** A session bus to which other users may connect: this process, as root, beside programs of another user. */
export const busForAll = (path: string): string => `<busconfig><type>session</type><listen>unix:path=${path}</listen>
  <auth>EXTERNAL</auth><standard_session_servicedirs/><policy context="default"><allow user="*"/>
  <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`;
