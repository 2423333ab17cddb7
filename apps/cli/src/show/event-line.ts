// What of the daemon's events is told to people, in which words.

import type { DaemonEvent, Recording } from '@voiceinput/client';
import type { ErrorReport, EventBody, LanguageKnowledge } from '@voiceinput/plugin-api';
import { samplesToMs } from '@voiceinput/plugin-api';
import { editsText, endText } from './outcome.ts';
import { inLocale, told as sentence, toldError } from '../messages/in-locale.ts';

/** What the daemon tells besides its engine's events. */
type OwnEvent =
  | { readonly type: 'ready' }
  | { readonly type: 'state'; readonly recording?: Recording }
  | { readonly type: 'settings'; readonly profile: string; readonly hybrid: boolean }
  | { readonly type: 'troubles'; readonly troubles: readonly ErrorReport[] }
  | { readonly type: 'history'; readonly sessionId: string; readonly outcome: string }
  | { readonly type: 'history-changed' }
  | { readonly type: 'drafted'; readonly sessionId: string }
  | { readonly type: 'recovered'; readonly sessionId: string; readonly outcome: string }
  | { readonly type: 'model'; readonly id: string; readonly doneBytes: number; readonly totalBytes: number }
  | { readonly type: 'model-ended'; readonly id: string };

type Told = EventBody | OwnEvent;

const PADDED_STAGE = 'refined'.length;
/** As many of an id's last characters as tell dictations of an hour apart. */
const ID_CHARACTERS = 4;

/** `06:15:02.417  4f2a  draft    Please close the door.`: local time, end of the dictation's id. Absent for what is for programs only. */
export function eventLine(event: DaemonEvent): string | undefined {
  const told = event as unknown as Told;
  const words = wordsOf(told);
  if (words === undefined) return undefined;
  const session = 'sessionId' in told && told.sessionId !== undefined ? told.sessionId.slice(-ID_CHARACTERS) : '';
  return `${timeOfDay(new Date(event.at))}  ${session.padEnd(ID_CHARACTERS)}  ${words}`;
}

function wordsOf(told: Told): string | undefined {
  switch (told.type) {
    case 'level':
    case 'progress':
    case 'run-started':
    case 'run-ended':
    case 'model':
    // Dictations and their words are told themselves.
    case 'history':
    case 'history-changed':
    case 'drafted':
      return undefined;
    case 'ready':
      return inLocale`Ready`;
    case 'state':
      return told.recording === undefined
        ? inLocale`Not recording`
        : inLocale`Recording (${sentence(told.recording.mode)})`;
    case 'settings':
      return inLocale`Settings: profile ${told.profile}, hybrid ${sentence(told.hybrid ? 'on' : 'off')}`;
    case 'troubles':
      return told.troubles.length === 0
        ? inLocale`No trouble any more`
        : inLocale`Trouble: ${told.troubles.map((trouble) => toldError(trouble).message).join(' ')}`;
    case 'recovered':
      return inLocale`Recovered ${told.sessionId}: ${endText(told.outcome)}`;
    case 'model-ended':
      return inLocale`Finished downloading ${told.id}`;
    case 'session-started':
      return inLocale`Session started: ${told.sessionId} (${told.label})`;
    case 'audio-started':
      return inLocale`Listening`;
    case 'speech-started':
      return inLocale`Speech from ${seconds(told.startSample)}`;
    case 'segment-closed':
      return inLocale`Speech from ${seconds(told.startSample)} to ${seconds(told.endSample)}`;
    case 'released':
      return inLocale`Released at ${seconds(told.sample)}`;
    case 'text':
      return [`${sentence(told.stage).padEnd(PADDED_STAGE)} `, told.text ?? '', doubtText(told)].join(' ').trimEnd();
    case 'edit':
      return inLocale`Text ${editsText([told.outcome])}`;
    case 'session-ended':
      return inLocale`Session ended: ${endText(told.outcome)}${told.error === undefined ? '' : `: ${toldError(told.error).message}`}`;
    case 'warning':
      return inLocale`Warning: ${toldError(told.error).message}`;
    case 'log':
      return `${told.from}: ${sentence(told.message)}`;
    case 'lane-ready':
      return inLocale`The ${sentence(told.lane)} lane is ready`;
    case 'lane-unloaded':
      return inLocale`The ${sentence(told.lane)} lane is unloaded`;
    case 'lane-died':
      return inLocale`The ${sentence(told.lane)} lane exited unexpectedly: ${toldError(told.error).message}`;
    default:
      return newer(told);
  }
}

function doubtText({ doubtful, language }: LanguageKnowledge): string {
  if (doubtful === undefined) return '';
  return inLocale`(doubtful: ${language === undefined ? inLocale`in another language` : inLocale`may be in the language ${language}`})`;
}

/** Of a type that this version does not know. */
const newer = ({ type }: { readonly type: string }): string => type;

function timeOfDay(time: Date): string {
  const parts = [time.getHours(), time.getMinutes(), time.getSeconds()].map((part) => String(part).padStart(2, '0'));
  return `${parts.join(':')}.${String(time.getMilliseconds()).padStart(3, '0')}`;
}

const seconds = (sample: number): string => inLocale`${(samplesToMs(sample) / 1000).toFixed(1)} s`;
