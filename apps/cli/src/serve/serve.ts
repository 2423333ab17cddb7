// How the daemon begins, what it is made of and in which order it ends.

import { runtimeFolder, writeDaemonInfo } from '@voiceinput/client';
import type { HistoryEntry } from '@voiceinput/client';
import type { DictationSettings, Ownership } from '@voiceinput/engine';
import { createOwnership } from '@voiceinput/engine';
import { VoiceInputError } from '@voiceinput/plugin-api';
import type { HttpAddress } from '../http/http.ts';
import { removeToken } from '../http/token.ts';
import { clearUploads } from '../http/uploads.ts';
import { daemonCommand } from '../settings/main-file.ts';
import { settle } from '../settings/settle.ts';
import type { Settings, SettingsRequest } from '../settings/settle.ts';
import { createAnswers } from './answer/answers.ts';
import type { AnswersPort } from './answer/answers.ts';
import { listenForClients } from './answer/listen.ts';
import { openListeners } from './dictate/listeners.ts';
import { paste, undo } from './dictate/written.ts';
import { openDesktopParts } from './keys/desktop-parts.ts';
import type { DesktopParts } from './keys/desktop-parts.ts';
import { openCore } from './open/core.ts';
import type { Core, CorePort } from './open/core.ts';
import { openHttp } from './open/http.ts';
import type { HttpWanted } from './open/http.ts';
import { orphans, recover } from './open/recover.ts';
import { sweepRegularly } from './open/sweep.ts';
import { failed, unclosed } from './open/trouble.ts';
import { createTroubles } from './open/troubles.ts';

export interface ServeOptions extends SettingsRequest, Pick<CorePort, 'models'> {
  readonly version: string;
  /** Answers HTTP too. */
  readonly http?: HttpWanted | undefined;
  /** Told when clients can connect, and when the lanes are warm. */
  listening(socket: string): void;
  ready(mode: DictationSettings['mode'], key: DesktopParts['key']): void;
  /** Told of each dictation whose daemon ended before it was read, when it has been read now. */
  recovered(entry: HistoryEntry): void;
  warn(error: VoiceInputError): void;
}

/** Runs the daemon until `signal` or a client ends it. Rejects with `ERR_DAEMON_RUNNING` when there is one already. */
export async function serve(options: ServeOptions, signal: AbortSignal): Promise<void> {
  const base = await settle({ ...options, hereToo: false }, signal);
  const ownership = createOwnership();
  try {
    await run({ ...options, base, ownership }, signal);
  } finally {
    await ownership.closeAll().catch((error: unknown) => options.warn(unclosed('The daemon', error)));
  }
}

interface Running extends ServeOptions {
  readonly base: Settings;
  /** Closes what was opened, the newest first. */
  readonly ownership: Ownership;
}

async function run(options: Running, signal: AbortSignal): Promise<void> {
  const { version, base, ownership, listening, ready, warn } = options;
  const quitting = new AbortController();
  const ending = AbortSignal.any([signal, quitting.signal]);
  const troubles = createTroubles(warn);
  /** Until it is known, there is none. */
  let displayTrouble = (): VoiceInputError | undefined => undefined;
  let isReady = false;
  let httpAddress: HttpAddress | undefined;

  // Loaded only where it is wanted.
  const http = options.http && (await import('../http/http.ts')).prepareHttp();
  const plugins = http?.plugins ?? [];
  const core = await openCore({ ...options, plugins, displayTrouble: () => displayTrouble() }, signal);
  if (core.history.trouble !== undefined) troubles.begin('history', core.history.trouble);
  const lost = await orphans(core.history);
  const desktop = await openDesktop(core, options, signal);
  displayTrouble = () => desktop.displayTrouble;
  if (core.inForce.lacksDesktop() && desktop.displayTrouble !== undefined) warn(historyOnly(desktop.displayTrouble));

  const answers: AnswersPort = {
    ...core,
    version,
    base,
    startedAt: new Date(),
    isReady: () => isReady,
    key: () => desktop.key,
    http: () => httpAddress,
    troubles: () => [...troubles.now],
    copy: (text) => desktop.copy(text),
    sourceChanged: () => closeOtherSources(core, warn),
    quit: () => quitting.abort(),
  };
  const info = await writeDaemonInfo(runtimeFolder(), daemonCommand);
  const clients = await listenForClients(info, { version, welcome: createAnswers(answers), refused: warn });
  ownership.own('the connections', () => clients.close());
  listening(info.socket);
  await clearUploads(runtimeFolder());
  await removeToken(runtimeFolder());
  if (http !== undefined && options.http !== undefined) {
    const { port, opened } = options.http;
    const open = () => http.open(answers, port, ending);
    const told = (address: HttpAddress): void => opened((httpAddress = address));
    ownership.own('HTTP', await openHttp({ open, troubles, opened: told }, ending));
  }

  if (!(await warmedUp(core, { ending, quitting: quitting.signal }))) return;
  isReady = true;
  core.broadcast.emit({ type: 'ready' });
  ready(core.inForce.dictation().mode, desktop.key);
  const recovering = recover(lost, { ...core, recovered: options.recovered }, ending);
  core.finishLast(recovering.catch((error: unknown) => warn(failed('A recording cannot be recovered', error))));
  ownership.own('the sweep', sweepRegularly(core.history, warn));

  await aborted(ending);
  core.dictations.stop();
  await core.dictations.finished();
}

/** Key, clipboard, sounds and hooks. Without a desktop everything else works. */
async function openDesktop(
  { broadcast, dictations, engines, history, inForce }: Core,
  { ownership, warn }: Running,
  signal: AbortSignal,
): Promise<DesktopParts> {
  const port = { dictations, broadcast, settings: inForce.configured, warn };
  const listeners = await openListeners(port);
  ownership.own('sounds and hooks', () => listeners.close());
  const written = { history, dictations, engines, settings: inForce.dictation };
  const acts = { undo: () => undo(written), paste: () => paste(written, {}) };
  const parts = await openDesktopParts({ ...port, ...acts }, signal);
  ownership.own('key and clipboard', () => parts.close());
  return parts;
}

/** One that stays open for its pre-roll would go on listening. What is being said into it is heard to its end. */
function closeOtherSources({ dictations, shared, inForce }: Core, warn: ServeOptions['warn']): void {
  void dictations
    .quiet()
    .then(() => shared.keepOnly(inForce.dictation().source))
    .catch((error: unknown) => warn(unclosed('The previous microphone', error)));
}

/** Whether the lanes are ready; not when a client ends the daemon before: what was recorded then is read by the next one. */
async function warmedUp(
  { engines }: Core,
  { ending, quitting }: { readonly ending: AbortSignal; readonly quitting: AbortSignal },
): Promise<boolean> {
  try {
    await engines.ready(ending);
    return true;
  } catch (error) {
    if (quitting.aborted) return false;
    throw error;
  }
}

function historyOnly({ code, message, hint }: VoiceInputError): VoiceInputError {
  return new VoiceInputError(code, `${message} Dictations are saved to the history only.`, { hint });
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
