// Decides how `voiceinput plugins run` lets a plugin do what it offers: with the settings that a daemon would use, without one.

import { VoiceInputError } from '@voiceinput/plugin-api';
import { createReporter } from '../show/reporter.ts';
import { print, table } from '../show/table.ts';
import { settle } from '../settings/settle.ts';
import type { SettingsRequest } from '../settings/settle.ts';
import { offered, optionsOf } from '../settings/commands.ts';
import { openModels, withEngine } from './work.ts';

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
      rows.length === 0 ? 'No plugin offers a command.' : table([['PLUGIN', 'COMMAND', 'ARGUMENTS', 'WHAT'], ...rows]),
    );
    return 0;
  }
  const answer = await withEngine(settings, openModels(createReporter({ json })), (engine) =>
    engine.perform(
      optionsOf(plugin, settings),
      { command, arguments: Object.fromEntries(set.map(argumentOf)) },
      signal,
    ),
  );
  print(json, answer, answer.text ?? 'Done.');
  return 0;
}

function propertiesOf(form: Readonly<Record<string, unknown>>): object {
  return (form['properties'] ?? {}) as object;
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
