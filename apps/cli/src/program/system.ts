// What can be said on the command line about VoiceInput as a part of the system: its service, the shell.

import type { Mode } from '@voiceinput/client';
import type { Command } from 'commander';
import { Argument, Option } from 'commander';
import type { Compositor } from '@voiceinput/desktop/wayland';
import type { Shell } from '../commands/completion.ts';
import { subjects } from '../completion/tree.ts';
import type { Subject } from '../completion/tree.ts';
import { httpOption, httpPortOf, portOption } from '../http/offered.ts';
import type { HttpOptions } from '../http/offered.ts';
import type { FileName } from '../service/login.ts';
import { examples, refuseUnknown } from '../show/commands.ts';
import type { Run, Shared } from '../show/commands.ts';

const FILES: readonly FileName[] = ['systemd', 'systemd-tray', 'autostart', 'autostart-tray', 'launchd', 'task'];

// The list itself would be loaded with the message bus.
const COMPOSITORS = ['sway', 'hyprland', 'river', 'niri', 'labwc', 'gnome', 'kde'] satisfies Compositor[];

/** Adds `setup`, `service`, `uninstall`, `keys` and `completion`. */
export function addSystemCommands(program: Command, version: string, run: Run): void {
  const service = program
    .command('service')
    .summary('start daemon and tray at every login')
    .description(
      'Starts the daemon and, where it is installed, the tray at every login: by systemd or, where that cannot be asked, by the autostart of the desktop. Files for macOS and Windows, not verified.',
    )
    .hook('preSubcommand', refuseUnknown)
    .addHelpText('after', examples('service install', 'service', 'service uninstall'));
  const load = () => import('../commands/service.ts');
  service
    .command('status', { isDefault: true })
    .description('show whether it is installed and running')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('service status', 'service status --json'))
    .action((options: Shared) => run(async () => (await load()).showService({ json: options.json === true })));
  service
    .command('install')
    .description('start them now and at every login (run it again after moving VoiceInput)')
    .addOption(new Option('--file <kind>', 'print the file instead').choices(FILES))
    .addOption(httpOption)
    .addOption(portOption)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      examples('service install', 'service install --http', 'service install --file launchd > voiceinput.plist'),
    )
    .action(({ json = false, file, ...http }: Shared & HttpOptions & { file?: FileName }) =>
      run(async (signal) => (await load()).installService({ json, file, httpPort: httpPortOf(http) }, signal)),
    );
  service
    .command('uninstall')
    .alias('remove')
    .description('stop them and remove them from login')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('service uninstall', 'service uninstall --json'))
    .action((options: Shared) => run(async () => (await load()).uninstallService({ json: options.json === true })));

  addSetup(program, version, run);
  addUninstall(program, run);
  addKeys(program, run);

  const loadCompletion = () => import('../commands/completion.ts');
  program
    .command('completion')
    .summary('print a shell completion script')
    .description('Prints a script that lets your shell complete commands, options, profiles, models and dictations.')
    .addArgument(new Argument('<shell>', 'your shell').choices(['bash', 'zsh', 'fish'] satisfies Shell[]))
    .addHelpText(
      'after',
      examples(
        'completion bash > ~/.local/share/bash-completion/completions/voiceinput',
        'completion zsh > ~/.zsh/completions/_voiceinput',
        'completion fish > ~/.config/fish/completions/voiceinput.fish',
      ),
    )
    .action((shell: Shell) => run(async () => (await loadCompletion()).printCompletion(shell, program)));
  program
    .command('completion-values', { hidden: true })
    .addArgument(new Argument('<subject>').choices(subjects))
    .action((subject: Subject) => run(async (signal) => (await loadCompletion()).printValues(subject, signal)));
}

interface SetupWords extends Shared {
  languages?: string[];
  microphone?: string;
  key?: string;
  mode?: Mode;
  models?: string[];
  startAtLogin?: boolean;
  yes?: boolean;
}

/** A word for each thing that would stay. */
function addUninstall(program: Command, run: Run): void {
  program
    .command('uninstall')
    .summary('remove VoiceInput from this machine')
    .description(
      'Stops daemon and tray, removes both from login, and what they left behind. Asks about history, models and\n' +
        'settings; with options it asks nothing, and what they do not name stays. Says what removes the package itself.',
    )
    .option('--history', 'delete history and recordings, too')
    .option('--models', 'delete the models, too')
    .option('--settings', 'delete configuration and plugins, too')
    .option('--all', 'delete all of these')
    .option('--yes', 'ask nothing')
    .option('--json', 'print JSON; asks nothing')
    .addHelpText('after', examples('uninstall', 'uninstall --yes', 'uninstall --all', 'uninstall --history --models'))
    .action(({ all = false, history = all, models = all, settings = all, yes = false, json = false }: UninstallWords) =>
      run(async (signal) =>
        (await import('../commands/uninstall.ts')).uninstall({ json, history, models, settings, yes }, signal),
      ),
    );
}

interface UninstallWords extends Shared {
  all?: boolean;
  history?: boolean;
  models?: boolean;
  settings?: boolean;
  yes?: boolean;
}

function addSetup(program: Command, version: string, run: Run): void {
  program
    .command('setup')
    .summary('choose languages, microphone, key and models')
    .description(
      'Asks for languages, models, microphone, key and the start at login, and lets you try them. Every question can be\n' +
        'skipped, and nothing is changed before the end. With options it asks nothing, and sets just what they say.',
    )
    .option('--languages <codes...>', 'what you speak, such as ru en; any: the runner decides')
    .option('--microphone <id>', 'see voiceinput microphones; default: that of the system')
    .option('--key <name>', 'such as Control_R, F9 or Control+Alt+J; none: no key')
    .addOption(
      new Option('--mode <mode>', 'what the key does').choices(['hold', 'toggle', 'hands-free'] satisfies Mode[]),
    )
    .option('--models <ids...>', 'download these; recommended: those that the languages need')
    .option('--start-at-login', 'start daemon and tray now and at every login')
    .option('--no-start-at-login', 'do not start them at login')
    .option('--yes', 'take what is suggested for whatever no option says')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      examples('setup', 'setup --yes', 'setup --languages ru en --models recommended', 'setup --key F9 --mode toggle'),
    )
    .action(({ startAtLogin, yes = false, json = false, languages, microphone, key, mode, models }: SetupWords) =>
      run(async (signal) =>
        (await import('../commands/setup.ts')).setup(
          { version, json, yes, languages, microphone, key, mode, models, atLogin: startAtLogin },
          signal,
        ),
      ),
    );
}

function addKeys(program: Command, run: Run): void {
  program
    .command('keys')
    .summary('show how to bind keys on Wayland')
    .description('Prints what binds your keys to commands in the Wayland compositor that runs.')
    .addOption(new Option('--for <compositor>', 'another compositor').choices(COMPOSITORS))
    .option('--set', 'bind them now (sway only), until it reads its configuration again')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('keys', 'keys --set', 'keys >> ~/.config/sway/config', 'keys --for hyprland'))
    .action(({ json = false, set = false, for: compositor }: Shared & { set?: boolean; for?: Compositor }) =>
      run(async (signal) => (await import('../commands/keys.ts')).printKeys({ json, set, compositor }, signal)),
    );
}
