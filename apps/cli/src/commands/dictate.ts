// What `voiceinput dictate` shows: that it listens, the draft, then the better text.

import { once } from 'node:events';
import type { Client, DaemonEvent, HistoryEntry, Mode, Told } from '@voiceinput/client';
import { errorTable, VoiceInputError } from '@voiceinput/plugin-api';
import type { ErrorReport } from '@voiceinput/plugin-api';
import { sentencesFor } from '../messages/messages.ts';
import { howToDictate } from '../show/key.ts';
import { createReporter, paint } from '../show/reporter.ts';
import type { Reporter } from '../show/reporter.ts';
import { print } from '../show/table.ts';
import { hasOwnFocus } from './own-window.ts';
import { bringUpDaemon, sinkNamed, withDaemon } from './daemon.ts';
import { inLocale, told, toldError } from '../messages/in-locale.ts';

export interface DictateOptions {
  readonly json: boolean;
  readonly mode: Mode;
  /** A sink by the word after `sink-`. Absent: the configured one. */
  readonly sink: string | undefined;
}

/** Gives the exit code. Rejects with what the dictation failed with; what was heard until then is shown. */
export function dictate(options: DictateOptions, signal: AbortSignal): Promise<number> {
  const reporter = createReporter(options);
  return withDaemon(bringUpDaemon(reporter, signal), async (client) => {
    await ready(client, reporter, signal);
    signal.throwIfAborted();
    const { mode, ...rest } = options;
    if (mode !== 'hold' && rest.sink === undefined && (await hasOwnFocus(signal))) {
      // It would be typed over what is shown here, and then stand at the prompt of the shell.
      reporter.note(sentencesFor().ownFocus);
      return dictateOnce(client, { ...rest, mode, sink: 'nowhere' }, signal);
    }
    return mode === 'hold' ? followKey(client, rest, signal) : dictateOnce(client, { ...rest, mode }, signal);
  });
}

async function ready(client: Client, reporter: Reporter, signal: AbortSignal): Promise<void> {
  const warm = new Promise<void>((resolve) => client.onEvent(({ type }) => type === 'ready' && resolve()));
  await client.call('watch', {});
  const { state } = await client.call('status', {});
  if (signal.aborted || state !== 'opening') return;
  reporter.progress(inLocale`Loading the model …`);
  await Promise.race([warm, once(signal, 'abort'), client.ended]);
  reporter.progress('');
}

async function dictateOnce(
  client: Client,
  { json, mode, sink }: DictateOptions & { readonly mode: OnceMode },
  signal: AbortSignal,
): Promise<number> {
  const reporter = createReporter({ json });
  const { sessionId } = await client.call('start', { mode, ...sinkNamed(sink) });
  // What cannot be asked any more, for the daemon has gone, is told by the result.
  const cancel = (): void => void client.call('cancel', {}).catch(() => undefined);
  signal.addEventListener('abort', cancel, { once: true });
  // It may have been asked for while the recording began.
  if (signal.aborted) cancel();
  client.onEvent((event) => {
    if (event['sessionId'] !== sessionId) return;
    if (event.type === 'warning') reporter.warning(event['error'] as ErrorReport);
    reporter.progress(progressText(event, told(endings[mode])));
  });
  await client.call('watch', { text: true });
  const enter = (): void => void client.call('stop', {}).catch(() => undefined);
  process.stdin.once('data', enter);
  try {
    const entry = await client.call('result', { sessionId });
    reporter.progress('');
    show(entry, json);
    if (signal.aborted) return errorTable.ERR_ABORTED.exitCode;
    const failure = failureOf(entry);
    if (failure !== undefined) throw failure;
    return 0;
  } finally {
    signal.removeEventListener('abort', cancel);
    process.stdin.off('data', enter).pause();
  }
}

/** Shows every dictation that the key begins, until the user ends it. */
async function followKey(client: Client, { json }: Pick<DictateOptions, 'json'>, signal: AbortSignal): Promise<number> {
  const reporter = createReporter({ json });
  const { key, mode } = await client.call('status', {});
  if (key.trouble !== undefined) noteTrouble(reporter, toldError(key.trouble));
  else reporter.note(inLocale`The key: ${howToDictate(key.name, mode)}. Ctrl-C closes this view, not the daemon.`);
  client.onEvent((event) => {
    reporter.progress(progressText(event, told(endingsByKey[mode])));
    const id = event['sessionId'];
    if (event.type !== 'history' || typeof id !== 'string') return;
    client.call('result', { sessionId: id }).then(
      (entry) => {
        reporter.progress('');
        show(entry, json);
        const failure = failureOf(entry);
        if (failure !== undefined) reporter.error(failure.toJSON());
      },
      (error: VoiceInputError) => reporter.error(error.toJSON()),
    );
  });
  await client.call('watch', { text: true });
  await Promise.race([once(signal, 'abort'), client.ended]);
  if (!signal.aborted) throw await client.ended;
  return errorTable.ERR_ABORTED.exitCode;
}

function progressText({ type, stage, text }: DaemonEvent, ending: string): string {
  if (type === 'session-started') return inLocale`Opening the microphone …`;
  if (type === 'audio-started') return inLocale`● Listening. ${ending}`;
  if (type === 'released') return inLocale`Transcribing …`;
  if (type === 'text' && typeof text === 'string') return `${told(String(stage))}: ${text}`;
  return '';
}

type OnceMode = Exclude<Mode, 'hold'>;

const endings: Record<OnceMode, string> = {
  toggle: 'Press Enter to stop, Ctrl-C to cancel.',
  'hands-free': 'Stops after a silence or on Enter; Ctrl-C cancels.',
};

const endingsByKey: Record<Mode, string> = {
  hold: 'Release the key to stop, Escape to cancel.',
  toggle: 'Press the key to stop, Escape to cancel.',
  'hands-free': 'Stops after a silence or on the key; Escape cancels.',
};

function failureOf({ outcome, error }: HistoryEntry): VoiceInputError | undefined {
  if (outcome !== 'failed') return undefined;
  if (error === undefined) return new VoiceInputError('ERR_INTERNAL', 'The dictation failed for an unknown reason.');
  return VoiceInputError.fromReport(error as ErrorReport);
}

/** Why it failed is told apart from the words. */
function show(entry: HistoryEntry, json: boolean): void {
  const { draft = '', text = '', outcome, mode, secret, draftMs, refinedMs } = entry;
  if (json) return print(true, entry, '');
  if (text === '') {
    if (outcome === 'failed') return;
    if (outcome === 'cancelled') return print(false, entry, inLocale`Cancelled.`);
    const isSecret = secret === true && outcome === 'done';
    return print(
      false,
      entry,
      isSecret ? inLocale`It went into a password field, so it is not shown.` : inLocale`No speech found.`,
    );
  }
  if (draft !== text) process.stdout.write(`${paint('dim', inLocale`draft  `, process.stdout)}  `);
  if (draft !== text) print(false, entry, draft);
  print(false, entry, text);
  const ms = (value: number | undefined): string => (value === undefined ? '–' : inLocale`${Math.round(value)} ms`);
  // Where a silence ends it nobody waits: texts stand before.
  if (process.stdout.isTTY && mode !== 'hands-free')
    print(false, entry, inLocale`release→draft ${ms(draftMs)} · release→refined ${ms(refinedMs)}`);
}

function noteTrouble(reporter: Reporter, { message, hint }: Told): void {
  reporter.note(`${message}\n  ${hint}`);
}
