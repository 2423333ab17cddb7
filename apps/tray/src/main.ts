#!/usr/bin/env node
// What can be said on the command line of the tray program, and how it ends.

import { parseArgs } from 'node:util';
import { readDaemonInfo, runtimeFolder } from '@voiceinput/client';
import { isVoiceInputError, VoiceInputError } from '@voiceinput/plugin-api';
import { asKnown } from './ask/failure.ts';
import { isLanguage, languages } from './messages/messages.ts';
import type { Language } from './messages/messages.ts';
import { runTray } from './tray.ts';

const usage = `Usage: voiceinput-tray [--language ${Object.keys(languages).join('|')}]

Shows an icon with a menu in the panel. Starts the daemon if needed.
`;
const interruption = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => interruption.abort());

try {
  const { help, language } = understood();
  if (help) process.stdout.write(usage);
  else await runTray({ signal: interruption.signal, language, executable: await daemonProgram(), warn: report });
} catch (error) {
  const known = asKnown(error);
  report(known);
  process.exitCode = known.exitCode;
}

function understood(): { readonly help: boolean; readonly language: Language | undefined } {
  try {
    const options = { help: { type: 'boolean', short: 'h' }, language: { type: 'string' } } as const;
    const { help = false, language } = parseArgs({ options }).values;
    if (language === undefined || isLanguage(language)) return { help, language };
    throw new VoiceInputError('ERR_USAGE', `Unknown language "${language}"; use en or ru.`, {
      hint: usage.split('\n')[0]!,
    });
  } catch (error) {
    if (isVoiceInputError(error)) throw error;
    throw new VoiceInputError('ERR_USAGE', (error as Error).message, { hint: usage.split('\n')[0]!, cause: error });
  }
}

/** Where no daemon has left its discovery file yet, the command of the shell. */
async function daemonProgram(): Promise<readonly string[] | undefined> {
  const isKnown = await readDaemonInfo(runtimeFolder()).then(
    () => true,
    () => false,
  );
  return isKnown ? undefined : ['voiceinput', 'serve'];
}

function report({ message, hint, code }: VoiceInputError): void {
  process.stderr.write(`${message} ${hint} [${code}]\n`);
}
