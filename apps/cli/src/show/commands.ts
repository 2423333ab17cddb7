// What all commands share: how they run, the options that name settings, how examples look.

import type { Command } from 'commander';
import { quoted, VoiceInputError } from '@voiceinput/plugin-api';
import { inLocale } from '../messages/in-locale.ts';

/** Runs a command; its number is the exit code. */
export type Run = (work: (signal: AbortSignal) => Promise<number>) => Promise<void>;

export interface Shared {
  config?: string;
  profile?: string;
  hybrid?: boolean;
  json?: boolean;
}

export function requestOf({ config, profile, hybrid }: Shared) {
  return {
    ...(config !== undefined && { config }),
    ...(profile !== undefined && { profile }),
    ...(hybrid === false && { hybrid }),
  };
}

export function examples(...lines: readonly string[]): string {
  return `\n${inLocale`Examples:`}\n${lines.map((line) => `  voiceinput ${line}`).join('\n')}`;
}

/** A word that is no command of `group` would be taken for an argument of its default command. */
export function refuseUnknown(group: Command): void {
  const [word] = group.args;
  const known = group.commands.map((command) => command.name());
  const isKnown = group.commands.some((command) => command.name() === word || command.aliases().includes(word ?? ''));
  if (word === undefined || word.startsWith('-') || isKnown) return;
  throw new VoiceInputError('ERR_USAGE', `Unknown command ${quoted(`${group.name()} ${word}`)}.`, {
    hint: `Available: ${known.map((name) => `${group.name()} ${name}`).join(', ')}.`,
  });
}
