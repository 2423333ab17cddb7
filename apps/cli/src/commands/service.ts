// What `voiceinput service` prints.

import { sentencesFor } from '../messages/messages.ts';
import { startOfThis } from '../service/definition.ts';
import type { Definition } from '../service/definition.ts';
import { definitions, isTrayInstalled, serviceStatuses, startAtLogin, stopAtLogin } from '../service/login.ts';
import type { FileName, Installed } from '../service/login.ts';
import type { ServiceStatus } from '../service/service.ts';
import { isLingering } from '../service/systemctl.ts';
import { asTyped } from '../show/command-name.ts';
import { createReporter } from '../show/reporter.ts';
import { print, table } from '../show/table.ts';

interface Shown {
  readonly json: boolean;
}

/** What is printed of a file that nobody has seen work. */
const UNVERIFIED = 'This is not verified: nobody has seen it work on such a system yet.';
const byHand: Readonly<Partial<Record<Definition['kind'], { readonly load: string; readonly unload: string }>>> = {
  launchd: {
    load: 'launchctl bootstrap gui/$(id -u) ',
    unload: 'launchctl bootout gui/$(id -u)/org.voiceinput.daemon',
  },
  task: { load: 'schtasks /Create /TN VoiceInput /XML ', unload: 'schtasks /Delete /TN VoiceInput' },
};

/** Prints the file instead of installing it when `file` names a kind. */
export async function installService(
  { json, file, httpPort }: Shown & { readonly file: FileName | undefined; readonly httpPort: number | undefined },
  signal: AbortSignal,
): Promise<number> {
  if (file !== undefined) {
    const { kind, path, isVerified: verified, contentOf } = definitions[file];
    const content = contentOf(startOfThis(true, httpPort));
    if (!verified) createReporter({ json }).note(UNVERIFIED);
    print(json, { kind, path, verified, content }, content.trimEnd());
    return 0;
  }
  const installed = await startAtLogin({ httpPort }, signal);
  print(json, shown(await serviceStatuses(), await isLingering()), asTyped(installedText(installed)));
  return 0;
}

export async function uninstallService({ json }: Shown): Promise<number> {
  const say = sentencesFor();
  const removed = await stopAtLogin();
  const paths = removed.map(({ path }) => path);
  const rest = removed.flatMap(({ kind }) => byHand[kind]?.unload ?? []);
  const lines = [
    ...paths.map((path) => say.removed(path)),
    ...rest.map((command) => `${UNVERIFIED} End it with: ${command}`),
    ...(removed.some(({ kind }) => kind === 'autostart') ? [say.goesOn] : []),
  ];
  print(json, { removed: paths }, asTyped(lines.length === 0 ? say.noService : lines.join('\n')));
  return 0;
}

/** Rejects with `ERR_SERVICE` when it is installed and cannot start, after all was told. */
export async function showService({ json }: Shown): Promise<number> {
  const statuses = await serviceStatuses();
  const linger = await isLingering();
  print(json, shown(statuses, linger), asTyped(statusText(statuses, linger)));
  const trouble = statuses.find((status) => status.trouble !== undefined)?.trouble;
  if (trouble !== undefined) throw trouble;
  return 0;
}

function installedText({ definitions: all, instead }: Installed): string {
  const say = sentencesFor();
  const [first] = all;
  const files = all.map(({ path }) => say.written(path));
  if (!first!.isVerified)
    return [...files, `${UNVERIFIED} Start it with: ${byHand[first!.kind]!.load}${first!.path}`].join('\n');
  const isWithTray = all.some(({ part }) => part === 'tray');
  return [
    ...files,
    ...(instead === undefined ? [] : [say.autostartInstead(instead.message)]),
    isWithTray ? say.bothAtLogin : say.daemonAtLogin,
    ...(isWithTray ? [] : [say.trayToo]),
    ...(instead === undefined ? [say.serviceLog] : []),
  ].join('\n');
}

function statusText(statuses: readonly ServiceStatus[], linger: boolean): string {
  const say = sentencesFor();
  const there = statuses.filter(({ installed }) => installed);
  if (there.length === 0) return say.noServiceAt(statuses[0]!.path);
  const rows = there.flatMap(({ kind, part, path, verified, program, other = false, enabled, active }) => [
    [part, `${kind}${verified ? '' : ' (not verified)'}`],
    ['  file', path],
    ['  starts', program === undefined ? say.notOurs : other ? say.ofAnother(program) : program],
    ...(enabled === undefined ? [] : [['  at login', enabled]]),
    ...(active === undefined ? [] : [['  now', active]]),
  ]);
  const hasDaemons = there.filter(({ part }) => part === 'daemon').length;
  return [
    table(rows),
    ...(there.some(({ other }) => other) ? [say.thisInstead] : []),
    ...(hasDaemons > 1 ? [say.startedTwice] : []),
    ...(hasDaemons === 0 ? [say.onlyIcon] : []),
    ...(there.some(({ part }) => part === 'tray') ? [] : [isTrayInstalled() ? say.iconNotAtLogin : say.trayMissing]),
    ...(linger ? [say.lingering] : []),
  ].join('\n');
}

/** The daemon's first file that is there, as it always was; all of them in `files`. */
function shown(statuses: readonly ServiceStatus[], linger: boolean): object {
  const all = statuses.map(({ trouble, ...status }) => ({ ...status, ...(trouble && { trouble: trouble.toJSON() }) }));
  const daemons = all.filter(({ part }) => part === 'daemon');
  const { part: _daemon, ...first } = daemons.find(({ installed }) => installed) ?? daemons[0]!;
  return { ...first, linger, files: all.filter(({ installed }) => installed) };
}
