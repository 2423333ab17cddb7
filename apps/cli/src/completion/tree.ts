// What can follow what on the command line: read off the commands themselves.

import type { Argument, Command, Option } from 'commander';

/** What a value is chosen from: these words, what `voiceinput completion-values` prints of a subject, or files. */
export type Values =
  | { readonly words: readonly string[] }
  | { readonly subject: Subject }
  | { readonly files: 'any' | 'folders' }
  | undefined;

export const subjects = [
  'profiles',
  'models',
  'history',
  'plugins',
  'performers',
  'microphones',
  'sinks',
  'settings',
] as const;
export type Subject = (typeof subjects)[number];

export interface Choice {
  /** As they are written, such as `-f` and `--format`. */
  readonly flags: readonly string[];
  readonly description: string;
  readonly takesValue: boolean;
  readonly values: Values;
}

export interface Place {
  /** The commands that lead here; empty for the program itself. */
  readonly path: string;
  readonly commands: readonly { readonly name: string; readonly description: string }[];
  readonly options: readonly Choice[];
  /** What its arguments are chosen from. */
  readonly values: readonly Values[];
}

/** Every place in the command line, the program itself first. */
export function placesOf(command: Command, parents: readonly string[] = []): Place[] {
  const help = command.createHelp();
  const commands = help.visibleCommands(command);
  const place = {
    path: parents.join(' '),
    commands: commands.map((child) => ({ name: child.name(), description: child.summary() || child.description() })),
    options: help.visibleOptions(command).map(choiceOf),
    values: command.registeredArguments.map((argument) => valuesOfArgument(argument, parents)),
  };
  return [place, ...commands.flatMap((child) => placesOf(child, [...parents, child.name()]))];
}

function choiceOf(option: Option): Choice {
  const { short, long, description, required, optional } = option;
  const flags = [short, long].filter((flag) => flag !== undefined);
  return { flags, description, takesValue: required || optional, values: valuesOfOption(option) };
}

const byOption: Readonly<Record<string, Values>> = {
  profile: { subject: 'profiles' },
  microphone: { subject: 'microphones' },
  config: { files: 'any' },
  sink: { subject: 'sinks' },
};

function valuesOfOption(option: Option): Values {
  return option.argChoices === undefined ? byOption[option.name()] : { words: option.argChoices };
}

const byArgument: Readonly<Record<string, Values>> = {
  file: { files: 'any' },
  'path|id': { files: 'any' },
  folder: { files: 'folders' },
  plugin: { subject: 'performers' },
  path: { subject: 'settings' },
};
/** An `id` is that of what the command is about. */
const byCommand: Readonly<Record<string, Values>> = {
  models: { subject: 'models' },
  plugins: { subject: 'plugins' },
  history: { subject: 'history' },
  paste: { subject: 'history' },
};

function valuesOfArgument(argument: Argument, [first = '']: readonly string[]): Values {
  if (argument.argChoices !== undefined) return { words: argument.argChoices };
  return argument.name() === 'id' ? byCommand[first] : byArgument[argument.name()];
}
