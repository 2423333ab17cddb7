// How `voiceinput doctor` shows what was found.

import type { Finding } from '@voiceinput/client';
import { openModelStore } from '@voiceinput/models';
import type { VoiceInputError } from '@voiceinput/plugin-api';
import { isVoiceInputError, printable } from '@voiceinput/plugin-api';
import { examine } from '../examine/examine.ts';
import type { Key } from '../examine/key.ts';
import { asTyped } from '../show/command-name.ts';
import { createReporter, paint } from '../show/reporter.ts';
import { settle } from '../settings/settle.ts';
import type { SettingsRequest } from '../settings/settle.ts';
import { print } from '../show/table.ts';
import { reachDaemon, withDaemon } from './daemon.ts';
import { withEngine } from './work.ts';
import { inLocale, told } from '../messages/in-locale.ts';

/** Gives the exit code: 7 when anything is broken. */
export async function doctor(
  { json, ...request }: SettingsRequest & { readonly json: boolean },
  signal: AbortSignal,
): Promise<number> {
  const reporter = createReporter({ json });
  const settings = await settle(request, signal).catch((error: unknown) => error as Error);
  const plugins = settings instanceof Error ? [] : settings.plugins;
  const models = openModelStore({ plugins, offline: true });
  const examined = {
    settings,
    models,
    key: async () => {
      const key = await keyOfDaemon(signal);
      // What another file says is not what the daemon has, unless it has the same key.
      const isAsked = request.config === undefined || settings instanceof Error || key?.name === settings.dictation.key;
      return isAsked ? key : undefined;
    },
    daemonTrouble: () => troubleWithDaemon(signal),
    open: async () =>
      settings instanceof Error ? undefined : withEngine(settings, models, (opened) => opened.ready(signal)),
    devices: async () =>
      settings instanceof Error
        ? []
        : withEngine(settings, models, (opened) => opened.devices(settings.dictation.source, signal)),
  };
  const findings: Finding[] = [];
  for await (const finding of examine(examined, signal)) {
    reporter.progress('');
    signal.throwIfAborted();
    findings.push(finding);
    if (!json) process.stdout.write(`${line(finding)}\n`);
    reporter.progress(inLocale`Examining …`);
  }
  reporter.progress('');
  if (json) print(true, findings, '');
  else reporter.note(summary(findings));
  return findings.some(({ state }) => state === 'broken') ? 7 : 0;
}

/** Nobody can speak into a microphone that is not there. */
const NEEDED: ReadonlySet<string> = new Set(['microphone']);

function summary(findings: readonly Finding[]): string {
  const count = (wanted: Finding['state']): number => findings.filter(({ state }) => state === wanted).length;
  if (count('broken') > 0) return inLocale`${problems(count('broken'))} found.`;
  const cannotDictate = findings.filter(({ what, state }) => state === 'limited' && NEEDED.has(what));
  if (cannotDictate.length > 0)
    return inLocale`Audio files can be transcribed; for dictation, see ${cannotDictate.map(({ what }) => told(what)).join(', ')}.`;
  if (count('limited') > 0) return inLocale`Dictation works; ${problems(count('limited'))} with optional parts.`;
  return inLocale`Everything works.`;
}

const problems = (count: number): string => (count === 1 ? inLocale`1 problem` : inLocale`${count} problems`);

/** Absent when no daemon runs, or one that does not know this client. */
async function keyOfDaemon(signal: AbortSignal): Promise<Key | undefined> {
  try {
    return await withDaemon(reachDaemon(signal), async (client) => (await client.call('status', {})).key);
  } catch (error) {
    if (isVoiceInputError(error)) return undefined;
    throw error;
  }
}

async function troubleWithDaemon(signal: AbortSignal): Promise<VoiceInputError | undefined> {
  try {
    (await reachDaemon(signal)).close();
    return undefined;
  } catch (error) {
    if (!isVoiceInputError(error)) throw error;
    return error.code === 'ERR_DAEMON_MISSING' ? undefined : error;
  }
}

const signs = { works: ['green', '✓'], limited: ['yellow', '–'], broken: ['red', '✗'] } as const;

function line({ what, state, detail, fix }: Finding): string {
  const [color, sign] = signs[state];
  const remedy = fix === undefined ? '' : `\n    ${paint('dim', `→ ${printable(asTyped(told(fix)))}`, process.stdout)}`;
  return `${paint(color, sign, process.stdout)} ${told(what).padEnd(14)} ${printable(told(detail))}${remedy}`;
}
