// How `voiceinput plugins run` lets a plugin do what it offers: with the settings that a daemon would use, without one.

import type { RemoteCommand } from '@voiceinput/client';
import { validate } from '@voiceinput/engine/configure';
import { isVoiceInputError, VoiceInputError } from '@voiceinput/plugin-api';
import { createReporter } from '../show/reporter.ts';
import { print, table } from '../show/table.ts';
import { settle } from '../settings/settle.ts';
import type { SettingsRequest } from '../settings/settle.ts';
import { offered, optionsOf } from '../settings/commands.ts';
import { openModels, withEngine } from './work.ts';
import { inLocale } from '../messages/in-locale.ts';

export interface PluginCommandOptions extends SettingsRequest {
  /** Absent: what there is is listed. */
  readonly plugin: string | undefined;
  readonly command: string | undefined;
  /** `name=value`. */
  readonly set: readonly string[];
  readonly json: boolean;
}

export async function runPluginCommand(
  { plugin, command, set, json, ...request }: PluginCommandOptions,
  signal: AbortSignal,
): Promise<number> {
  const settings = await settle(request, signal);
  if (plugin === undefined || command === undefined) {
    const commands = offered(settings.plugins).filter((one) => plugin === undefined || one.plugin === plugin);
    const rows = commands.map((one) => [
      one.plugin,
      one.id,
      Object.keys(propertiesOf(one.arguments)).join(', '),
      one.title,
    ]);
    print(
      json,
      commands,
      rows.length === 0
        ? inLocale`No plugin has commands.`
        : table([[inLocale`PLUGIN`, inLocale`COMMAND`, inLocale`ARGUMENTS`, inLocale`WHAT`], ...rows]),
    );
    return 0;
  }
  const args = Object.fromEntries(set.map(argumentOf));
  refuseUnfit(
    args,
    offered(settings.plugins).find((one) => one.plugin === plugin && one.id === command),
  );
  const answer = await withEngine(settings, openModels(createReporter({ json }), settings.plugins), (engine) =>
    engine.perform(optionsOf(plugin, settings), { command, arguments: args }, signal),
  );
  print(json, answer, answer.text ?? inLocale`Done.`);
  return 0;
}

function propertiesOf(form: Readonly<Record<string, unknown>>): object {
  return (form['properties'] ?? {}) as object;
}

/** Where they come from `--set`, its user is told so. Throws `ERR_USAGE`; what is not offered is refused by the engine. */
function refuseUnfit(args: object, command: RemoteCommand | undefined): void {
  if (command === undefined) return;
  const { plugin, id, arguments: form } = command;
  try {
    validate(structuredClone(args), form, { origin: `${plugin} ${id}` });
  } catch (error) {
    if (!isVoiceInputError(error)) throw error;
    const all = Object.keys(propertiesOf(form)).map((name) => `${name}=…`);
    const given = all.length === 0 ? '' : ` --set ${all.join(' ')}`;
    throw new VoiceInputError('ERR_USAGE', error.message, {
      hint: `Usage: voiceinput plugins run ${plugin} ${id}${given}`,
      cause: error,
    });
  }
}

/** Throws `ERR_USAGE`. */
function argumentOf(pair: string): [string, unknown] {
  const end = pair.indexOf('=');
  if (end < 1) throw new VoiceInputError('ERR_USAGE', `--set is "${pair}", expected name=value.`);
  const [name, value] = [pair.slice(0, end), pair.slice(end + 1)];
  try {
    return [name, JSON.parse(value)];
  } catch {
    // What is no JSON is text.
    return [name, value];
  }
}
