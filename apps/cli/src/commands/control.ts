// What the commands print that ask the daemon one thing: status, start, stop, toggle, cancel, undo, quit.

import type { Status } from '@voiceinput/client';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { wantedDevices } from '../settings/device.ts';
import { asTyped } from '../show/command-name.ts';
import { undoText } from '../show/outcome.ts';
import { createReporter } from '../show/reporter.ts';
import { print, table } from '../show/table.ts';
import { NOT_DONE, quitDaemon, reachDaemon, sinkNamed, startDaemon, withDaemon } from './daemon.ts';
import { inLocale, told, toldError } from '../messages/in-locale.ts';

interface Shown {
  readonly json: boolean;
}

export function showStatus({ json }: Shown, signal: AbortSignal): Promise<number> {
  return withDaemon(reachDaemon(signal), async (client) => {
    const status = await client.call('status', {});
    print(json, status, statusText(status));
    return 0;
  });
}

interface Wanted extends Shown {
  /** A sink by the word after `sink-`. Absent: the configured one. */
  readonly sink?: string;
  /** Absent: the one that is set. */
  readonly profile?: string;
}

export function startRecording(
  { json, handsFree, sink, profile }: Wanted & { readonly handsFree: boolean },
  signal: AbortSignal,
): Promise<number> {
  return withDaemon(startDaemon(createReporter({ json }), signal), async (client) => {
    const mode = handsFree ? 'hands-free' : 'toggle';
    const recording = await client.call('start', { mode, ...sinkNamed(sink), profile });
    const end = handsFree ? inLocale`stops after a silence` : inLocale`stop with: voiceinput stop`;
    print(json, recording, inLocale`Recording ${recording.sessionId}; ${end}`);
    return 0;
  });
}

export function toggleRecording({ json, sink, profile }: Wanted, signal: AbortSignal): Promise<number> {
  return withDaemon(startDaemon(createReporter({ json }), signal), async (client) => {
    const answer = await client.call('toggle', { ...sinkNamed(sink), profile });
    const text =
      answer.recording === undefined
        ? inLocale`Stopped ${answer.stopped}`
        : inLocale`Recording ${answer.recording.sessionId}`;
    print(json, answer, text);
    return 0;
  });
}

export function stopRecording({ json }: Shown, signal: AbortSignal): Promise<number> {
  return withDaemon(reachDaemon(signal), async (client) => {
    const answer = await client.call('stop', {});
    print(
      json,
      answer,
      answer.sessionId === undefined ? inLocale`Not recording.` : inLocale`Stopped ${answer.sessionId}`,
    );
    return 0;
  });
}

export function cancelRecording({ json }: Shown, signal: AbortSignal): Promise<number> {
  return withDaemon(reachDaemon(signal), async (client) => {
    const answer = await client.call('cancel', {});
    print(
      json,
      answer,
      answer.sessionId === undefined ? inLocale`Nothing to cancel.` : inLocale`Cancelled ${answer.sessionId}`,
    );
    return 0;
  });
}

/** Gives the exit code: that of the daemon's errors when nothing was taken back. */
export function undoDictation(
  { json, id }: Shown & { readonly id: string | undefined },
  signal: AbortSignal,
): Promise<number> {
  return withDaemon(reachDaemon(signal), async (client) => {
    const answer = await client.call('undo', id === undefined ? {} : { sessionId: id });
    print(json, answer, undoText(answer));
    return answer.edits.some(({ kind }) => kind === 'applied') ? 0 : NOT_DONE;
  });
}

interface Changes extends Shown {
  readonly hybrid: 'on' | 'off' | undefined;
  readonly profile: string | undefined;
  /** The device's id. */
  readonly microphone: string | undefined;
  /** Whether it was called `set`. */
  readonly isOldName: boolean;
}

const OLD_NAME = '`set` is now called: voiceinput set-for-now. For a lasting change: voiceinput config set PATH VALUE';

/** Throws `ERR_USAGE` when nothing is to be changed. */
export function changeSettings(
  { json, hybrid, profile, microphone, isOldName }: Changes,
  signal: AbortSignal,
): Promise<number> {
  if (isOldName) createReporter({ json }).note(asTyped(told(OLD_NAME)));
  if (hybrid === undefined && profile === undefined && microphone === undefined)
    throw new VoiceInputError('ERR_USAGE', 'Nothing to change.', {
      hint: 'Give --hybrid, --profile or --microphone.',
    });
  return withDaemon(reachDaemon(signal), async (client) => {
    const { source } = await client.call('status', {});
    const status = await client.call('set', {
      ...(hybrid !== undefined && { hybrid: hybrid === 'on' }),
      ...(profile !== undefined && { profile }),
      ...(microphone !== undefined && { source: { ...source, options: { ...source.options, device: microphone } } }),
    });
    print(json, status, statusText(status));
    return 0;
  });
}

export async function endDaemon({ json }: Shown, signal: AbortSignal): Promise<number> {
  await quitDaemon(signal);
  print(json, {}, inLocale`The daemon has stopped.`);
  return 0;
}

const MEBIBYTE = 1_048_576;

const laneText = ({ use, model }: NonNullable<Status['lanes']>['fast']): string =>
  model === undefined ? use : `${model} (${use})`;

function statusText(status: Status): string {
  const { state, recording, transcribing, profile, hybrid, key, mode, source, sink, processes, http, version, pid } =
    status;
  const { httpSocket, lanes, troubles = [] } = status;
  const memory = processes.map(
    ({ name, memoryBytes }) => `${name} ${memoryBytes === undefined ? '–' : Math.round(memoryBytes / MEBIBYTE)}`,
  );
  return table([
    [
      inLocale`state`,
      recording === undefined ? told(state) : `${told(state)} ${recording.sessionId} (${told(recording.mode)})`,
    ],
    ...(transcribing.length > 0 ? [[inLocale`transcribing`, transcribing.join(', ')]] : []),
    [inLocale`profile`, inLocale`${profile}, hybrid ${told(hybrid ? 'on' : 'off')}`],
    ...(lanes === undefined ? [] : [[inLocale`draft`, laneText(lanes.fast)]]),
    ...(lanes?.refine === undefined ? [] : [[inLocale`better text`, laneText(lanes.refine)]]),
    [
      inLocale`key`,
      key.trouble === undefined
        ? `${key.name || inLocale`none`} (${told(mode)})`
        : `${key.name}: ${toldError(key.trouble).message}`,
    ],
    ...(key.trouble === undefined ? [] : [['', asTyped(toldError(key.trouble).hint)]]),
    [inLocale`from`, [source.use, ...wantedDevices(source.options)].join(', ')],
    [inLocale`into`, sink.use],
    [inLocale`memory`, inLocale`${memory.join(', ')} MiB`],
    ...(http === undefined ? [] : [['http', inLocale`${http.url}, token in ${http.tokenFile}`]]),
    ...(httpSocket === undefined ? [] : [['http', inLocale`${httpSocket}, without a token`]]),
    ...troubles.map(toldError).flatMap(({ message, hint }) => [
      [inLocale`trouble`, message],
      ['', asTyped(hint)],
    ]),
    ['VoiceInput', inLocale`${version}, process ${pid}`],
  ]);
}
