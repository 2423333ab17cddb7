// How a runner's transcript becomes the text that is delivered; a failing post-processor costs its change, never the words.

import type { Postprocessor, PostprocessContext, Transcript, VoiceInputError } from '@voiceinput/plugin-api';
import { printable } from '@voiceinput/plugin-api';
import { asPluginError, callPlugin } from '../host/call.ts';
import type { Opened } from './ports.ts';

const DEADLINE_MS = 5_000;

export interface PostprocessPort {
  readonly postprocessors: readonly Opened<'postprocessor', Postprocessor>[];
  /** Whether the transcript is one segment's or the whole session's. */
  readonly scope: 'segment' | 'session';
  warn(error: VoiceInputError): void;
}

/** The text after all post-processors of its scope and stage; printable, without spaces around. Rejects only on abort. */
export async function postprocess(
  heard: Transcript,
  context: PostprocessContext,
  { postprocessors, scope, warn }: PostprocessPort,
  signal: AbortSignal,
): Promise<string> {
  let transcript: Transcript = { ...heard, text: scope === 'segment' ? printable(heard.text).trim() : heard.text };
  for (const { plugin, part } of postprocessors) {
    const { capabilities, id: pluginId } = plugin;
    if (transcript.text === '' || capabilities.scope !== scope || !capabilities.stages.includes(context.stage))
      continue;
    const call = { pluginId, method: 'process', deadlineMs: DEADLINE_MS, signal };
    try {
      const before = transcript;
      const processed = await callPlugin(call, (callSignal) => part.process(before, context, callSignal));
      transcript = { ...processed, text: printableLines(processed.text) };
    } catch (error) {
      signal.throwIfAborted();
      warn(asPluginError(error, pluginId, 'process'));
    }
  }
  return transcript.text;
}

/** A line break may be what the user's own replacement asks for; no runner can bring one. */
function printableLines(text: string): string {
  return text
    .split('\n')
    .map(printable)
    .join('\n')
    .replace(/^ +| +$/g, '');
}
