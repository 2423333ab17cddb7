// Decides how a runner's transcript becomes the text that is delivered; a failing post-processor costs its change, never the words.

import type { Postprocessor, PostprocessContext, Transcript } from '@voiceinput/plugin-api';
import { printable } from '@voiceinput/plugin-api';
import type { VoiceInputError } from '@voiceinput/plugin-api';
import { asPluginError, callPlugin } from '../host/call.ts';
import type { Opened } from './ports.ts';

const DEADLINE_MS = 5_000;

export interface PostprocessPort {
  readonly postprocessors: readonly Opened<'postprocessor', Postprocessor>[];
  warn(error: VoiceInputError): void;
}

/** The segment's text after all post-processors of its stage, trimmed and printable. Rejects only on abort. */
export async function postprocess(
  heard: Transcript,
  context: PostprocessContext,
  port: PostprocessPort,
  signal: AbortSignal,
): Promise<string> {
  let transcript: Transcript = { ...heard, text: textOf(heard) };
  for (const { plugin, part } of port.postprocessors) {
    if (transcript.text === '') break;
    if (plugin.capabilities.scope !== 'segment' || !plugin.capabilities.stages.includes(context.stage)) continue;
    const call = { pluginId: plugin.id, method: 'process', deadlineMs: DEADLINE_MS, signal };
    try {
      const before = transcript;
      const processed = await callPlugin(call, (callSignal) => part.process(before, context, callSignal));
      transcript = { ...processed, text: textOf(processed) };
    } catch (error) {
      signal.throwIfAborted();
      port.warn(asPluginError(error, plugin.id, 'process'));
    }
  }
  return transcript.text;
}

function textOf({ text }: Transcript): string {
  return printable(text).trim();
}
