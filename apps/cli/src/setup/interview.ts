// What is asked, in which order; nothing is changed meanwhile.

import { intro, log, note, outro } from '@clack/prompts';
import { bytesOf, openModelStore } from '@voiceinput/models';
import { serviceStatuses } from '../service/login.ts';
import { languageCodeFor } from '../messages/messages.ts';
import { spokenIn } from '../settings/lanes.ts';
import { megabytes } from '../show/bar.ts';
import { asTyped } from '../show/command-name.ts';
import type { Reporter } from '../show/reporter.ts';
import { changesFor } from './answers.ts';
import type { SetupAnswers } from './answers.ts';
import { choose, chooseSome, Left } from './ask.ts';
import type { Asking } from './ask.ts';
import { missingModels, presentSettings, settingsWith } from './carry-out.ts';
import type { Loaded } from './carry-out.ts';
import { askKey } from './key-question.ts';
import { askMicrophone } from './microphone-question.ts';
import { canTry, offerTrial } from './trial.ts';

/** Those that most users speak; any other is set with `voiceinput languages`. */
const OFFERED = ['en', 'ru', 'de', 'es', 'fr', 'it', 'pt', 'pl', 'uk', 'tr', 'nl', 'zh', 'ja'];
const BITS_PER_BYTE = 8;
const LINE_BITS_PER_MINUTE = 20_000_000 * 60;

export interface Interviewed {
  readonly answers: SetupAnswers;
  /** A dictation was offered already. */
  readonly wasTried: boolean;
}

/** Absent when the user left, or has changed nothing; that is told. */
export async function interview(version: string, asking: Asking, reporter: Reporter): Promise<Interviewed | undefined> {
  const { say, signal } = asking;
  intro(say.setupTitle(version));
  log.message(say.setupHow);
  try {
    const present = await presentSettings(signal);
    let answers: SetupAnswers = await askLanguages(present, asking);
    answers = { ...answers, ...(await askModels(answers, present, { asking, reporter })) };
    answers = { ...answers, ...(await askMicrophone(present, asking)) };
    answers = { ...answers, ...(await askKey(present, asking)) };
    const loaded = await settingsWith(answers, present, signal);
    const wasTried = await canTry(loaded, signal);
    if (wasTried) await offerTrial(loaded, asking);
    answers = { ...answers, ...(await askLogin(asking)) };
    if (!(await isAgreed(answers, present, asking))) return undefined;
    return { answers, wasTried };
  } catch (error) {
    if (!(error instanceof Left)) throw error;
    outro(asTyped(say.setupLeft));
    return undefined;
  }
}

async function askLanguages(present: Loaded, { say, signal }: Asking): Promise<SetupAnswers> {
  const spoken = spokenIn(present);
  const own = languageCodeFor();
  const offered = [...new Set([...spoken, own, ...OFFERED])];
  const initial = spoken.length > 0 ? spoken : [...new Set([own, 'en'])];
  const options = offered.map((code) => ({ value: code, label: nameOf(code), hint: code }));
  const languages = await chooseSome(say.askLanguages, options, { initial, signal });
  return languages.length === 0 ? {} : { languages };
}

/** As its speakers call it. */
function nameOf(code: string): string {
  const name = new Intl.DisplayNames([code], { type: 'language' }).of(code) ?? code;
  return name.charAt(0).toLocaleUpperCase(code) + name.slice(1);
}

async function askModels(
  answers: SetupAnswers,
  present: Loaded,
  { asking: { say, signal }, reporter }: { readonly asking: Asking; readonly reporter: Reporter },
): Promise<SetupAnswers> {
  const loaded = await settingsWith(answers, present, signal);
  const missing = await missingModels(loaded, reporter, signal);
  if (missing.length === 0) log.success(say.modelsHere);
  if (missing.length === 0) return {};
  const store = openModelStore({ plugins: loaded.plugins, offline: true });
  const states = await Promise.all(missing.map((id) => store.status(id, signal)));
  const detectors = states.filter(({ entry }) => entry.kind === 'vad').map(({ entry }) => entry.id);
  const options = states.map(({ entry }) => {
    const bytes = bytesOf(entry);
    const minutes = Math.round((bytes * BITS_PER_BYTE) / LINE_BITS_PER_MINUTE);
    const size = say.modelSize(Math.round(Number(megabytes(bytes))).toString(), minutes);
    return { value: entry.id, label: `${entry.id}: ${size}` };
  });
  // Small, and needed by all: nobody is asked about it.
  const offered = options.filter(({ value }) => missing.length === detectors.length || !detectors.includes(value));
  const models = await chooseSome(say.askModels, offered, { initial: missing, signal });
  return { models: models.length === 0 ? [] : [...new Set([...detectors, ...models])] };
}

async function askLogin({ say, signal }: Asking): Promise<SetupAnswers> {
  const isThere = (await serviceStatuses()).some(({ installed }) => installed);
  const atLogin = await choose<boolean | undefined>(
    say.askLogin,
    [
      { value: true, label: say.yes, hint: say.loginWith },
      ...(isThere ? [{ value: false, label: say.no }] : []),
      { value: undefined, label: isThere ? say.leaveAsIs : say.no },
    ],
    { signal, ...(isThere && { initial: undefined }) },
  );
  return atLogin === undefined ? {} : { atLogin };
}

/** Whether what is to be changed shall be. */
async function isAgreed(answers: SetupAnswers, present: Loaded, { say, signal }: Asking): Promise<boolean> {
  const { models = [], atLogin } = answers;
  if (changesFor(answers, present).length === 0 && models.length === 0 && atLogin === undefined) {
    outro(say.setupNothing);
    return false;
  }
  note(linesOf(answers, { say }).join('\n'), say.summary);
  const isWanted = await choose(
    say.askWrite,
    [
      { value: true, label: say.writeYes },
      { value: false, label: say.writeNo },
    ],
    { signal },
  );
  if (!isWanted) throw new Left();
  return true;
}

function linesOf(
  { languages, models = [], microphone, key, mode, atLogin }: SetupAnswers,
  { say }: Pick<Asking, 'say'>,
) {
  const modes = { hold: say.modeHold, toggle: say.modeToggle, 'hands-free': say.modeHandsFree };
  return [
    ...(languages ? [say.sayLanguages(languages.map(nameOf).join(', '))] : []),
    ...(models.length > 0 ? [say.sayModels(models.join(', '))] : []),
    ...(microphone === undefined ? [] : [say.sayMicrophone(microphone || say.microphoneStandard)]),
    ...(key === undefined ? [] : [say.sayKey(key || say.noKey)]),
    ...(mode === undefined ? [] : [say.sayMode(modes[mode])]),
    ...(atLogin === undefined ? [] : [say.sayLogin(atLogin ? say.yes : say.no)]),
  ];
}
