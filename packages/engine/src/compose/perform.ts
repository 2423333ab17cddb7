// How a plugin does what it offers: by a lasting part that is open already, else by one that is opened for it.

import type { CommandAnswer, Plugin } from '@voiceinput/plugin-api';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { validate } from '../configure/validate.ts';
import { commandAnswerFrom } from '../host/answers.ts';
import { callPlugin } from '../host/call.ts';
import { closeInTime } from '../own/ownership.ts';
import { isLasting } from '../session/ports.ts';
import type { OpenPart } from '../session/ports.ts';

const PERFORM_DEADLINE_MS = 60_000;

export interface PerformRequest {
  /** One of the plugin's own. */
  readonly command: string;
  /** Checked against the command's schema, whose defaults are filled in. */
  readonly arguments: Readonly<Record<string, unknown>>;
}

interface Performer {
  perform?(command: string, args: Readonly<Record<string, unknown>>, signal: AbortSignal): Promise<CommandAnswer>;
  close(): Promise<void>;
}

/** Throws `ERR_COMMAND_UNKNOWN`, `ERR_CONFIG_UNKNOWN_KEY` or `ERR_CONFIG_INVALID`. */
export function checkRequest({ id, commands = [] }: Plugin, request: PerformRequest): PerformRequest {
  const declared = commands.find((command) => command.id === request.command);
  if (declared === undefined) {
    const known = commands.map((command) => command.id).join(', ');
    throw new VoiceInputError(
      'ERR_COMMAND_UNKNOWN',
      `${id} has no command "${request.command}"; it has: ${known || 'none'}.`,
    );
  }
  const complete = structuredClone(request.arguments);
  validate(complete, declared.arguments, { origin: `${id} ${declared.id}` });
  return { command: declared.id, arguments: complete };
}

/** Closes the part when it was opened for this. Rejects with what the plugin threw. */
export async function perform(
  { plugin, part }: OpenPart<'source' | 'vad' | 'judge' | 'postprocessor' | 'sink', Performer>,
  request: PerformRequest,
  signal: AbortSignal,
): Promise<CommandAnswer> {
  const call = { pluginId: plugin.id, method: 'perform', deadlineMs: PERFORM_DEADLINE_MS, signal };
  try {
    return await callPlugin(call, async (callSignal) => {
      if (part.perform === undefined)
        throw new VoiceInputError(
          'ERR_PLUGIN_MANIFEST',
          `${plugin.id} declares commands, but its part has no perform().`,
        );
      return commandAnswerFrom(await part.perform(request.command, request.arguments, callSignal));
    });
  } finally {
    if (!isLasting({ plugin })) await closeInTime(plugin.id, () => part.close());
  }
}
