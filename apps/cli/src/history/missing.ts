// Why a remembered dictation has no words or no audio any more, and what can be done instead.

import type { HistoryEntry } from '@voiceinput/client';
import type { HistorySettings } from '@voiceinput/engine';
import { VoiceInputError } from '@voiceinput/plugin-api';

const OTHERS = 'For another one, give its ID (voiceinput history).';

/** `ERR_HISTORY_UNKNOWN` for an entry without words. */
export function withoutWords(entry: HistoryEntry): VoiceInputError {
  if (entry.text === undefined && whyNothing(entry) === undefined)
    return unknown(
      `The text of ${entry.id} was not saved.`,
      `Texts are saved when dictation.history.keepText is on. ${OTHERS}`,
    );
  return unknown(whyNothing(entry) ?? `Nothing was recognised in ${entry.id}.`, OTHERS);
}

/** `ERR_HISTORY_UNKNOWN` for an entry without audio. */
export function withoutAudio(entry: HistoryEntry, { keepAudio }: HistorySettings): VoiceInputError {
  const why = whyNothing(entry);
  if (why !== undefined && (entry.outcome !== 'no-speech' || entry.audioMs === 0)) return unknown(why, OTHERS);
  return keepAudio
    ? unknown(
        `The recording of ${entry.id} has been deleted.`,
        'dictation.history.audioHours sets how long recordings are kept.',
      )
    : unknown(
        `The recording of ${entry.id} was not saved.`,
        'Recordings are saved when dictation.history.keepAudio is on.',
      );
}

/** Why there was nothing to keep. Absent when there was. */
function whyNothing({ id, outcome, secret, audioMs, error }: HistoryEntry): string | undefined {
  if (outcome === 'cancelled') return `The dictation ${id} was cancelled: neither its text nor its audio was saved.`;
  if (secret === true)
    return `The dictation ${id} went into a password field: neither its text nor its audio was saved.`;
  if (outcome === 'no-speech') return `No speech was found in ${id}.`;
  if (outcome === 'failed' && audioMs === 0) return `Nothing was recorded for ${id}: ${error?.message ?? 'it failed.'}`;
  return undefined;
}

function unknown(message: string, hint: string): VoiceInputError {
  return new VoiceInputError('ERR_HISTORY_UNKNOWN', message, { hint });
}
