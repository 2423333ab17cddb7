// How a runner's transcript becomes the text that is delivered; a failing post-processor costs its change, never the words.

import type { Postprocessor, PostprocessContext, Transcript, VoiceInputError } from '@voiceinput/plugin-api';
import { printable } from '@voiceinput/plugin-api';
import { transcriptFrom } from '../host/answers.ts';
import { asPluginError, callPlugin } from '../host/call.ts';
import { alignWords } from '../reconcile/words.ts';
import type { OpenPart } from './ports.ts';

const DEADLINE_MS = 5_000;
/** A language model may take its time where nobody waits for the text. */
const POLISH_DEADLINE_MS = 60_000;

export interface PostprocessPort {
  readonly postprocessors: readonly OpenPart<'postprocessor', Postprocessor>[];
  /** Whether the transcript is one segment's or the whole session's. */
  readonly scope: 'segment' | 'session';
  warn(error: VoiceInputError): void;
}

/**
 * The transcript after all post-processors of its scope and stage. Its text is printable, without spaces around; its words
 * have the times of those that were heard in their place. What a post-processor leaves out of language and words stays.
 * Rejects only on abort.
 */
export async function postprocess(
  heard: Transcript,
  context: PostprocessContext,
  { postprocessors, scope, warn }: PostprocessPort,
  signal: AbortSignal,
): Promise<Transcript> {
  let transcript: Transcript = { ...heard, text: scope === 'segment' ? printable(heard.text).trim() : heard.text };
  const deadlineMs = context.stage === 'polished' ? POLISH_DEADLINE_MS : DEADLINE_MS;
  for (const { plugin, part } of postprocessors) {
    const { capabilities, id: pluginId } = plugin;
    if (transcript.text === '' || capabilities.scope !== scope || !capabilities.stages.includes(context.stage))
      continue;
    try {
      const before = transcript;
      const call = { pluginId, method: 'process', deadlineMs, signal };
      // A copy: what it changes there before it fails changes nothing here.
      const processed = await callPlugin(call, async (callSignal) =>
        transcriptFrom(await part.process(structuredClone(before), context, callSignal)),
      );
      transcript = { ...knowledgeOf(before), ...processed, text: printableLines(processed.text) };
    } catch (error) {
      signal.throwIfAborted();
      warn(asPluginError(error, pluginId, 'process'));
    }
  }
  const { words } = transcript;
  return words === undefined ? transcript : { ...transcript, words: alignWords(transcript.text, words) };
}

function knowledgeOf({ language, languageProbability, words }: Transcript): Partial<Transcript> {
  return {
    ...(language !== undefined && { language }),
    ...(languageProbability !== undefined && { languageProbability }),
    ...(words && { words }),
  };
}

/** A line break may be what the user's own replacement asks for; no runner can bring one. */
function printableLines(text: string): string {
  return text
    .split('\n')
    .map(printable)
    .join('\n')
    .replace(/^ +| +$/g, '');
}
