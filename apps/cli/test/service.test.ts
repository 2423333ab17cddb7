import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { missingPrograms } from '@voiceinput/rig/programs';
import { beforeEach, describe, expect, test } from 'vitest';
import { launchd } from '../src/service/launchd.ts';
import { systemd } from '../src/service/systemd.ts';
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
  test.each([systemd, launchd, task])(
    'of $kind names what it starts again, whatever its path',
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
      expect.stringMatching(/^--user import-environment DISPLAY\b/),
      '--user restart voiceinput.service',
    ]);

    const { stdout, exitCode } = await service('status', '--json');
    expect(lines(stdout)).toEqual([
      {
        kind: 'systemd',
        path: unit(),
        verified: true,
        installed: true,
        program: main,
        enabled: 'enabled',
        active: 'active',
      },
    ]);
    expect(exitCode).toBe(0);

    const removed = await service('remove', '--json');
    expect(lines(removed.stdout)).toEqual([{ kind: 'systemd', path: unit(), removed: true }]);
    expect(told().slice(-2)).toEqual(['--user disable --now voiceinput.service', '--user daemon-reload']);
    expect(existsSync(unit())).toBe(false);
    expect((await service('remove')).stdout).toBe('No service is installed.\n');
  });

  test('starts at login where the desktop does not tell systemd of itself', async () => {
    systemctlThat('case "$*" in *is-active*) echo inactive; exit 3;; esac');
    expect((await service('install')).exitCode).toBe(0);
    expect(readFileSync(unit(), 'utf8')).toMatch(/^WantedBy=default.target$/m);
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
        *enable) cp '${unit()}' '${units}' && '${real}' --global --root='${system}' "$2" "$3" 2> /dev/null;;
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
    expect(readFileSync(join(folder, 'told'), 'utf8')).toBe('');
  });

  test('takes over from a daemon that was started by hand', async () => {
    const daemon = await startDaemon({ folder, env });
    expect((await service('install')).exitCode).toBe(0);
    expect((await daemon.ended).exitCode).toBe(0);
    expect(told().at(-3)).toBe('--user restart voiceinput.service');
  });

  test('that systemd refuses says what systemd says', async () => {
    systemctlThat('echo "Failed to connect to bus: No medium found" >&2; exit 1');
    const { stderr, exitCode } = await service('install', '--json');
    expect(lines(stderr)).toMatchObject([
      { code: 'ERR_SERVICE', message: expect.stringMatching(/show-environment failed: Failed to connect to bus/) },
    ]);
    expect(existsSync(unit())).toBe(false);
    expect(exitCode).toBe(9);
  });

  test('needs systemd', async () => {
    rmSync(join(folder, 'systemctl'));
    env['PATH'] = folder;
    const { stderr, exitCode } = await service('install', '--json');
    expect(lines(stderr)).toMatchObject([
      {
        code: 'ERR_SERVICE',
        message: expect.stringMatching(/systemd was not found/),
        hint: expect.stringMatching(/serve/),
      },
    ]);
    expect(exitCode).toBe(9);
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
