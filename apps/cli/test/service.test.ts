import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { missingPrograms } from '@voiceinput/rig/programs';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { autostart, autostartTray } from '../src/service/autostart.ts';
import { launchd } from '../src/service/launchd.ts';
import { systemd, systemdTray } from '../src/service/systemd.ts';
import { task } from '../src/service/task.ts';
import { startDaemon } from './daemon/daemon.ts';
import { lines, main, start, voiceinput } from './voiceinput/run.ts';
import { ownFolder, withModels } from './voiceinput/scene.ts';

withModels();
const root = ownFolder();
const ODD = '/opt/my "own" $HOME 100% \\ <tools> & more/main.js';
const ELSEWHERE = {
  node: process.execPath,
  program: join(root, 'moved', 'main.js'),
  httpPort: undefined,
  environment: {},
  withDesktop: true,
};

describe('a file', () => {
  test.each([systemd, systemdTray, autostart, autostartTray, launchd, task])(
    'of $kind for the $part names what it starts again, whatever its path',
    ({ contentOf, filesIn }) => {
      const files = { node: `${ODD}-node`, program: ODD };
      for (const httpPort of [undefined, 7345]) {
        expect(filesIn(contentOf({ ...ELSEWHERE, ...files, httpPort }))).toEqual(files);
      }
      expect(filesIn('something of the user')).toBeUndefined();
    },
  );

  test('of systemd is right for systemd itself', ({ skip }) => {
    const missing = missingPrograms('systemd-analyze');
    if (missing !== undefined) skip(missing);
    const run = join(root, 'run');
    mkdirSync(run, { mode: 0o700, recursive: true });
    const folder = mkdtempSync(join(root, 'with "$odd" % name '));
    const program = join(folder, 'main.js');
    const path = join(root, 'voiceinput.service');
    const environment = { VOICEINPUT_CACHE_DIR: '/var/my "cache" 100%' };
    const options = { env: { ...process.env, XDG_RUNTIME_DIR: run }, encoding: 'utf8', stdio: 'pipe' } as const;
    for (const withDesktop of [true, false]) {
      writeFileSync(path, systemd.contentOf({ ...ELSEWHERE, program, environment, withDesktop, httpPort: 7345 }));
      expect(execFileSync('systemd-analyze', ['--user', 'verify', path], options)).toBe('');
    }
    writeFileSync(path, systemdTray.contentOf({ ...ELSEWHERE, program, environment }));
    expect(execFileSync('systemd-analyze', ['--user', 'verify', path], options)).toBe('');
    writeFileSync(path, readFileSync(path, 'utf8').replace('ExecStart=/bin/sh', 'ExecStart=/bin/no-shell'));
    expect(() => execFileSync('systemd-analyze', ['--user', 'verify', path], options)).toThrow(/no-shell/);
  });

  test('of systemd starts the daemon', async () => {
    const folder = mkdtempSync(join(root, 'started '));
    const content = systemd.contentOf({ ...ELSEWHERE, program: main, httpPort: 0 });
    const [shell, flag, script, node, program, ...words] = commandOf(content);
    expect([node, program]).toEqual([process.execPath, main]);
    const env = { VOICEINPUT_RUNTIME_DIR: join(folder, 'run') };
    // By the shell of the unit, not by the test's own Node.
    const daemon = start(words, { folder, env, within: [shell!, flag!, script!] });
    await daemon.shows(/^Listening[^]*^HTTP at /m);
    daemon.child.kill('SIGTERM');
    const { exitCode } = await daemon.ended;
    if (exitCode !== 0) expect(content).toContain(`SuccessExitStatus=${exitCode}\n`);
  });

  test('of systemd removes what was left of HTTP when the daemon was killed', () => {
    const folder = mkdtempSync(join(root, 'killed '));
    vi.stubEnv('VOICEINPUT_RUNTIME_DIR', folder);
    const content = systemd.contentOf(ELSEWHERE);
    vi.unstubAllEnvs();
    writeFileSync(join(folder, 'http.token'), 'secret');
    const [, program, flag, file] = /^ExecStopPost=-(\S+) (\S+) "(.*)"$/m.exec(content)!;
    execFileSync(program!, [flag!, file!]);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('of systemd whose program was moved says so in the log, and is not tried again', async () => {
    const content = systemd.contentOf(ELSEWHERE);
    const [program, ...args] = commandOf(content);
    const { stderr, exitCode } = await start([], { folder: root, within: [program!, ...args] }).ended;
    expect(stderr).toBe('VoiceInput or Node.js was moved. In the new place, run: voiceinput service install\n');
    expect(content).toMatch(new RegExp(`^RestartPreventExitStatus=.*\\b${exitCode}\\b`, 'm'));
  });
});

describe.skipIf(process.platform !== 'linux')('the service', () => {
  let folder: string;
  let env: Record<string, string>;
  const unit = (): string => join(folder, 'systemd', 'user', 'voiceinput.service');
  const trayUnit = (): string => join(folder, 'systemd', 'user', 'voiceinput-tray.service');
  const desktopEntry = (name: string): string => join(folder, 'autostart', `${name}.desktop`);
  const service = (...args: string[]) => voiceinput(['service', ...args], { folder, env });
  const told = (): string[] => readFileSync(join(folder, 'told'), 'utf8').trim().split('\n');

  beforeEach(() => {
    folder = mkdtempSync(join(root, 'user-'));
    env = { PATH: `${folder}:${process.env['PATH']}`, VOICEINPUT_RUNTIME_DIR: join(folder, 'run'), DISPLAY: ':7' };
    writeFileSync(join(folder, 'told'), '');
    systemctlThat('case "$*" in *is-active*) echo active;; *is-enabled*) echo enabled;; esac');
  });

  /** A systemd that notes what it is told. */
  function systemctlThat(answers: string): void {
    writeFileSync(join(folder, 'systemctl'), `#!/bin/sh\necho "$@" >> '${join(folder, 'told')}'\n${answers}\n`);
    chmodSync(join(folder, 'systemctl'), 0o755);
  }

  test('is installed, shown and removed', async () => {
    expect(await service()).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^No service is installed/) });

    const installed = await service('install');
    expect(installed).toMatchObject({ exitCode: 0, stderr: '', stdout: expect.stringContaining(unit()) });
    expect(readFileSync(unit(), 'utf8')).toMatch(/^WantedBy=graphical-session.target$/m);
    expect(told().filter((line) => !line.includes(' is-'))).toEqual([
      '--user show-environment',
      '--user daemon-reload',
      '--user reenable voiceinput.service',
      '--user daemon-reload',
      '--user reenable voiceinput-tray.service',
      expect.stringMatching(/^--user import-environment DISPLAY\b/),
      '--user restart voiceinput.service',
      '--user restart voiceinput-tray.service',
    ]);

    const { stdout, exitCode } = await service('status', '--json');
    const about = { kind: 'systemd', verified: true, installed: true, program: main };
    const daemon = { ...about, path: unit(), enabled: 'enabled', active: 'active' };
    const tray = { ...daemon, path: trayUnit(), part: 'tray' };
    expect(lines(stdout)).toEqual([{ ...daemon, linger: false, files: [{ ...daemon, part: 'daemon' }, tray] }]);
    expect(exitCode).toBe(0);

    const removed = await service('uninstall', '--json');
    expect(lines(removed.stdout)).toEqual([{ removed: [unit(), trayUnit()] }]);
    expect(told().slice(-4)).toEqual([
      '--user disable --now voiceinput-tray.service',
      '--user daemon-reload',
      '--user disable --now voiceinput.service',
      '--user daemon-reload',
    ]);
    expect([unit(), trayUnit()].filter((path) => existsSync(path))).toEqual([]);
    expect((await service('remove')).stdout).toBe('No service is installed.\n');
  });

  test('starts at login where the desktop does not tell systemd of itself', async () => {
    systemctlThat('case "$*" in *is-active*) echo inactive; exit 3;; esac');
    expect((await service('install')).exitCode).toBe(0);
    expect(readFileSync(unit(), 'utf8')).toMatch(/^WantedBy=default.target$/m);
    // Only the desktop knows when there is a panel.
    expect(existsSync(trayUnit())).toBe(false);
    expect(readFileSync(desktopEntry('voiceinput-tray'), 'utf8')).toMatch(/^Exec=.*main\.js tray$/m);
    systemctlThat('case "$*" in *is-active*) echo active;; *is-enabled*) echo enabled;; esac');
    expect((await service('install')).exitCode).toBe(0);
    expect([existsSync(trayUnit()), existsSync(desktopEntry('voiceinput-tray'))]).toEqual([true, false]);
  });

  test('starts only where its file says when it is installed anew under another desktop', async ({ skip }) => {
    const missing = missingPrograms('systemctl');
    if (missing !== undefined) skip(missing);
    const system = join(folder, 'root');
    const units = join(system, 'etc', 'systemd', 'user');
    mkdirSync(units, { recursive: true });
    const real = execFileSync('sh', ['-c', 'command -v systemctl'], { encoding: 'utf8' }).trim();
    const links = (): string[] => readdirSync(units).filter((name) => name.endsWith('.wants'));
    const install = async (desktop: string): Promise<void> => {
      systemctlThat(`case "$2" in
        is-active) echo ${desktop};;
        *enable) cp "${join(folder, 'systemd', 'user')}/$3" '${units}' && '${real}' --global --root='${system}' "$2" "$3" 2> /dev/null;;
      esac`);
      expect((await service('install')).exitCode).toBe(0);
    };
    await install('inactive');
    expect(links()).toEqual(['default.target.wants']);
    await install('active');
    expect(links()).toEqual(['graphical-session.target.wants']);
  });

  test('whose program was moved is told, with what to do', async () => {
    mkdirSync(join(folder, 'systemd', 'user'), { recursive: true });
    writeFileSync(unit(), systemd.contentOf(ELSEWHERE));
    const { stdout, stderr, exitCode } = await service('--json');
    expect(lines(stdout)).toMatchObject([{ program: ELSEWHERE.program, trouble: { code: 'ERR_SERVICE' } }]);
    expect(lines(stderr)).toEqual([
      {
        type: 'error',
        code: 'ERR_SERVICE',
        message: `The service starts ${ELSEWHERE.program}, which does not exist: VoiceInput was moved.`,
        hint: 'In the new place, run: voiceinput service install',
      },
    ]);
    expect(exitCode).toBe(9);
    expect((await service('install')).exitCode).toBe(0);
    expect((await service('--json')).exitCode).toBe(0);
    writeFileSync(unit(), systemd.contentOf({ ...ELSEWHERE, program: main, node: '/old/node' }));
    expect((await service()).stderr).toMatch(/starts \/old\/node, which does not exist: Node.js was moved/);
  });

  test('that the user wrote is neither overwritten nor removed', async () => {
    mkdirSync(join(folder, 'systemd', 'user'), { recursive: true });
    writeFileSync(unit(), '[Service]\nExecStart=/my/own\n');
    for (const command of ['install', 'remove']) {
      const { stderr, exitCode } = await service(command);
      expect(stderr).toMatch(/was not written by VoiceInput.*\n.*Move it away/);
      expect(exitCode).toBe(9);
    }
    expect(readFileSync(unit(), 'utf8')).toBe('[Service]\nExecStart=/my/own\n');
    // It was asked, and told nothing.
    expect(told().filter((line) => !/ (?:is-\S+|show-environment)/.test(line))).toEqual([]);
  });

  test('takes over from a daemon that was started by hand', async () => {
    const daemon = await startDaemon({ folder, env });
    expect((await service('install')).exitCode).toBe(0);
    expect((await daemon.ended).exitCode).toBe(0);
    expect(
      told()
        .filter((line) => !line.includes(' is-'))
        .at(-2),
    ).toBe('--user restart voiceinput.service');
  });

  test('goes by the autostart of the desktop where systemd cannot be asked, and back', async () => {
    systemctlThat('echo "Failed to connect to bus: No medium found" >&2; exit 1');
    const installed = await service('install');
    expect(installed).toMatchObject({ exitCode: 0, stderr: '' });
    expect(installed.stdout).toMatch(/Failed to connect to bus.* So the autostart of the desktop is used/);
    expect(existsSync(unit())).toBe(false);
    const entry = readFileSync(desktopEntry('voiceinput'), 'utf8');
    expect(entry).toMatch(/^Exec=env .*"?VOICEINPUT_RUNTIME_DIR=\S+ .*main\.js serve$/m);
    const status = await service('--json');
    expect(lines(status.stdout)).toMatchObject([{ kind: 'autostart', installed: true, program: main }]);
    expect(status.exitCode).toBe(0);
    // It runs at once.
    expect((await voiceinput(['quit'], { folder, env })).exitCode).toBe(0);

    systemctlThat('case "$*" in *is-active*) echo active;; *is-enabled*) echo enabled;; esac');
    expect((await service('install')).exitCode).toBe(0);
    expect([existsSync(unit()), existsSync(desktopEntry('voiceinput'))]).toEqual([true, false]);
  });

  test('goes by the autostart of the desktop without systemd', async () => {
    rmSync(join(folder, 'systemctl'));
    env['PATH'] = folder;
    const { stdout, exitCode } = await service('install');
    expect(stdout).toMatch(/systemd was not found/);
    expect(exitCode).toBe(0);
    await voiceinput(['quit'], { folder, env });
    const removed = await service('uninstall');
    expect(removed.stdout).toContain(`Removed ${desktopEntry('voiceinput')}`);
    expect(existsSync(desktopEntry('voiceinput'))).toBe(false);
  });

  test('is what a command starts that needs a daemon, which it starts itself where systemd does not', async () => {
    expect((await service('install')).exitCode).toBe(0);
    systemctlThat('case "$*" in *is-active*) echo inactive; exit 3;; *" start "*) exit 1;; esac');
    expect((await voiceinput(['restart'], { folder, env })).exitCode).toBe(0);
    expect(told().at(-1)).toBe('--user start voiceinput.service');
    expect((await voiceinput(['quit'], { folder, env })).exitCode).toBe(0);
    // A unit whose daemon would be looked for elsewhere is of no use.
    env['VOICEINPUT_RUNTIME_DIR'] = join(folder, 'elsewhere');
    writeFileSync(join(folder, 'told'), '');
    expect((await voiceinput(['restart'], { folder, env })).exitCode).toBe(0);
    expect(told().filter((line) => line.includes(' start '))).toEqual([]);
    expect((await voiceinput(['quit'], { folder, env })).exitCode).toBe(0);
  });

  test('with HTTP has one token for every start, until it is uninstalled', async () => {
    const secret = join(folder, 'voiceinput', 'http.secret');
    for (let start = 0; start < 2; start += 1) expect((await service('install', '--http')).exitCode).toBe(0);
    const lasting = readFileSync(secret, 'utf8');
    expect(statSync(secret).mode & 0o077).toBe(0);
    const daemon = await startDaemon({ folder, env, args: ['--http', '--port', '0'] });
    expect(readFileSync(join(daemon.run, 'http.token'), 'utf8')).toBe(lasting);
    daemon.child.kill('SIGTERM');
    await daemon.ended;
    expect((await service('uninstall')).exitCode).toBe(0);
    expect(existsSync(secret)).toBe(false);
  });

  test('that failed, or is masked, says so', async () => {
    expect((await service('install')).exitCode).toBe(0);
    systemctlThat('case "$*" in *is-active*) echo failed; exit 3;; *is-enabled*) echo enabled;; esac');
    const failed = await service();
    expect(failed.stdout).toMatch(/^ {2}now +failed$/m);
    expect(failed.stderr).toMatch(/voiceinput.service has failed[^]*journalctl --user -u voiceinput.service/);
    expect(failed.exitCode).toBe(9);

    rmSync(unit());
    symlinkSync('/dev/null', unit());
    systemctlThat('case "$*" in *is-active*) echo inactive; exit 3;; *is-enabled*) echo masked; exit 1;; esac');
    for (const command of [[], ['install'], ['uninstall']])
      expect((await service(...command)).stderr).toMatch(/is masked[^]*systemctl --user unmask voiceinput.service/);
  });

  test('of another VoiceInput says whose it is', async () => {
    mkdirSync(join(folder, 'systemd', 'user'), { recursive: true });
    const other = join(folder, 'other.js');
    writeFileSync(other, '');
    writeFileSync(unit(), systemd.contentOf({ ...ELSEWHERE, program: other }));
    const { stdout, exitCode } = await service();
    expect(stdout).toMatch(/other\.js \(another VoiceInput than this one\)/);
    expect(stdout).toMatch(/To start this one instead: voiceinput service install/);
    expect(exitCode).toBe(0);
  });

  test.each(['launchd', 'task'])('of another system is printed, as not verified: %s', async (kind) => {
    const { stdout, stderr } = await service('install', '--file', kind);
    expect(stdout).toContain(main);
    expect(stderr).toMatch(/not verified/);
    expect(told()).toEqual(['']);
    const json = await service('install', '--file', kind, '--json');
    expect(lines(json.stdout)).toMatchObject([{ kind, verified: false, content: expect.stringContaining(main) }]);
  });
});

/** The words of `ExecStart` as systemd reads them. */
function commandOf(content: string): string[] {
  const line = /^ExecStart=(?<line>.*)$/m.exec(content)!.groups!['line']!;
  const words = [...line.matchAll(/"(?<quoted>(?:\\.|[^"\\])*)"|(?<plain>\S+)/g)];
  return words.map(({ groups }) =>
    (groups!['quoted'] ?? groups!['plain']!).replaceAll(/\\(.)/g, '$1').replaceAll('%%', '%').replaceAll('$$', '$'),
  );
}
