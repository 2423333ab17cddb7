// What of the daemon's events is told to people, in which words.

import type { DaemonEvent, Recording } from '@voiceinput/client';
import type { ErrorReport, EventBody, LanguageKnowledge } from '@voiceinput/plugin-api';
import { samplesToMs } from '@voiceinput/plugin-api';
import { editsText, endText } from './outcome.ts';

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
      return 'Ready';
    case 'state':
      return told.recording === undefined ? 'Not recording' : `Recording (${told.recording.mode})`;
    case 'settings':
      return `Settings: profile ${told.profile}, hybrid ${told.hybrid ? 'on' : 'off'}`;
    case 'troubles':
      return told.troubles.length === 0
        ? 'No trouble any more'
        : `Trouble: ${told.troubles.map(({ message }) => message).join(' ')}`;
    case 'recovered':
      return `Recovered ${told.sessionId}: ${endText(told.outcome)}`;
    case 'model-ended':
      return `Finished downloading ${told.id}`;
    case 'session-started':
      return `Session started: ${told.sessionId} (${told.label})`;
    case 'audio-started':
      return 'Listening';
    case 'speech-started':
      return `Speech from ${seconds(told.startSample)}`;
    case 'segment-closed':
      return `Speech from ${seconds(told.startSample)} to ${seconds(told.endSample)}`;
    case 'released':
      return `Released at ${seconds(told.sample)}`;
    case 'text':
      return [`${told.stage.padEnd(PADDED_STAGE)} `, told.text ?? '', doubtText(told)].join(' ').trimEnd();
    case 'edit':
      return `Text ${editsText([told.outcome])}`;
    case 'session-ended':
      return `Session ended: ${endText(told.outcome)}${told.error === undefined ? '' : `: ${told.error.message}`}`;
    case 'warning':
      return `Warning: ${told.error.message}`;
    case 'log':
      return `${told.from}: ${told.message}`;
    case 'lane-ready':
      return `The ${told.lane} lane is ready`;
    case 'lane-unloaded':
      return `The ${told.lane} lane is unloaded`;
    case 'lane-died':
      return `The ${told.lane} lane exited unexpectedly: ${told.error.message}`;
    default:
      return newer(told);
  }
}

function doubtText({ doubtful, language }: LanguageKnowledge): string {
  if (doubtful === undefined) return '';
  return `(doubtful: ${language === undefined ? 'in another language' : `may be in the language ${language}`})`;
}

/** Of a type that this version does not know. */
const newer = ({ type }: { readonly type: string }): string => type;

function timeOfDay(time: Date): string {
  const parts = [time.getHours(), time.getMinutes(), time.getSeconds()].map((part) => String(part).padStart(2, '0'));
  return `${parts.join(':')}.${String(time.getMilliseconds()).padStart(3, '0')}`;
}

const seconds = (sample: number): string => `${(samplesToMs(sample) / 1000).toFixed(1)} s`;
