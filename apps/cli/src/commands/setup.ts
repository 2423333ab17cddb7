// What `voiceinput setup` does: asks on a terminal, or takes what options say; then all of it comes true at once.

import { existsSync } from 'node:fs';
import type { Mode } from '@voiceinput/client';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { isPortable } from '../built-in/platform.ts';
import { languageCodeFor, sentencesFor } from '../messages/messages.ts';
import { userConfigurationFile, userDataFolder } from '../settings/folders.ts';
import { spokenIn } from '../settings/lanes.ts';
import type { SetupAnswers } from '../setup/answers.ts';
import { carryOut, missingModels, presentSettings, settingsWith } from '../setup/carry-out.ts';
import type { CarriedOut } from '../setup/carry-out.ts';
import { asTyped } from '../show/command-name.ts';
import { howToDictate } from '../show/key.ts';
import { createReporter } from '../show/reporter.ts';
import type { Reporter } from '../show/reporter.ts';
import { print } from '../show/table.ts';
import { languageCode } from './languages.ts';

export interface SetupOptions {
  readonly json: boolean;
  readonly version: string;
  /** Takes what is suggested for whatever is not said. */
  readonly yes: boolean;
  readonly languages?: readonly string[] | undefined;
  readonly microphone?: string | undefined;
  readonly key?: string | undefined;
  readonly mode?: Mode | undefined;
  readonly models?: readonly string[] | undefined;
  readonly atLogin?: boolean | undefined;
}

const RECOMMENDED = 'recommended';

const isTerminal = (): boolean => process.stdin.isTTY && process.stdout.isTTY;

/** Rejects as `carryOut` does; with `ERR_USAGE` where nothing is said and nobody can be asked. */
export async function setup(options: SetupOptions, signal: AbortSignal): Promise<number> {
  const { json, yes, version } = options;
  const reporter = createReporter({ json });
  const given = await givenIn(options);
  if (Object.keys(given).length > 0 || options.models !== undefined || yes) {
    const answers = yes
      ? await suggested(given, reporter, signal)
      : await withModels(given, options, { reporter, signal });
    return told(await carryOut(answers, reporter, signal), { json, reporter, signal });
  }
  if (!isTerminal() || json) {
    throw new VoiceInputError('ERR_USAGE', 'Nobody can be asked here: this is no terminal.', {
      hint: 'Say what to set, such as: voiceinput setup --languages ru en --yes',
    });
  }
  await askAndDo(version, reporter, signal);
  return 0;
}

/** Gives what came of it. Absent when the user left. */
async function askAndDo(version: string, reporter: Reporter, signal: AbortSignal): Promise<CarriedOut | undefined> {
  const { interview } = await import('../setup/interview.ts');
  const say = sentencesFor();
  const asking = { say, signal };
  const interviewed = await interview(version, asking, reporter);
  if (interviewed === undefined) return undefined;
  const done = await carryOut(interviewed.answers, reporter, signal);
  await told(done, { json: false, reporter, signal });
  const loaded = await presentSettings(signal);
  const { Left } = await import('../setup/ask.ts');
  const { canTry, offerTrial } = await import('../setup/trial.ts');
  if (interviewed.wasTried || !(await canTry(loaded, signal))) return done;
  await offerTrial(loaded, asking).catch((error: unknown) => {
    if (!(error instanceof Left)) throw error;
  });
  return done;
}

/** Throws `ERR_USAGE` or `ERR_DESKTOP` for what cannot be set. */
async function givenIn({ languages, microphone, key, mode, models, atLogin }: SetupOptions): Promise<SetupAnswers> {
  const wantedKey = key === 'none' ? '' : key;
  // On other systems keys have the same names.
  if (wantedKey && !isPortable) (await import('@voiceinput/desktop')).refuseUnknownKey(wantedKey);
  return {
    ...(languages && { languages: languages.includes('any') ? [] : languages.map(languageCode) }),
    ...(microphone !== undefined && { microphone: microphone === 'default' ? '' : microphone }),
    ...(wantedKey !== undefined && { key: wantedKey }),
    ...(mode && { mode }),
    ...(models && !models.includes(RECOMMENDED) && { models: models.includes('none') ? [] : models }),
    ...(atLogin !== undefined && { atLogin }),
  };
}

/** `recommended` are those that the settings need. */
async function withModels(
  given: SetupAnswers,
  { models = [] }: Pick<SetupOptions, 'models'>,
  { reporter, signal }: { readonly reporter: Reporter; readonly signal: AbortSignal },
): Promise<SetupAnswers> {
  if (!models.includes(RECOMMENDED)) return given;
  const loaded = await settingsWith(given, await presentSettings(signal), signal);
  return { ...given, models: await missingModels(loaded, reporter, signal) };
}

/** The languages of the locale where none are set, the models that they need, and a start at login. */
async function suggested(given: SetupAnswers, reporter: Reporter, signal: AbortSignal): Promise<SetupAnswers> {
  const present = await presentSettings(signal);
  const own = [...new Set([languageCodeFor(), 'en'])];
  const { languages = spokenIn(present).length === 0 ? own : undefined } = given;
  const answers = { ...given, ...(languages && { languages }) };
  const models = given.models ?? (await missingModels(await settingsWith(answers, present, signal), reporter, signal));
  return { atLogin: true, ...answers, models };
}

async function told(
  { file, changed, models, atLogin, failure }: CarriedOut,
  { json, reporter, signal }: { readonly json: boolean; readonly reporter: Reporter; readonly signal: AbortSignal },
): Promise<number> {
  const say = sentencesFor();
  const loaded = await presentSettings(signal);
  const { key, mode } = loaded.dictation;
  const lines = [
    ...(changed ? [say.wrote(file)] : []),
    ...(atLogin === true ? [say.atLoginNow] : []),
    ...(atLogin === false ? [say.notAtLogin] : []),
    say.readyToUse(howToDictate(key, mode)),
    ...(atLogin === true ? [] : [say.startWith]),
  ];
  print(json, { file, changed, languages: spokenIn(loaded), key, mode, models, atLogin }, asTyped(lines.join('\n')));
  const missing = await missingModels(loaded, reporter, signal);
  if (missing.length > 0 && failure === undefined)
    reporter.note(say.stillToFetch(`voiceinput models pull ${missing.join(' ')}`));
  return failure?.exitCode ?? 0;
}

/** Asks whoever starts the first daemon on a terminal. Gives whether a daemon runs now, by what was set up. */
export async function offerSetup(version: string, reporter: Reporter, signal: AbortSignal): Promise<boolean> {
  const isFirst = !existsSync(userConfigurationFile()) && !existsSync(userDataFolder());
  if (!isTerminal() || !isFirst) return false;
  const { choose, Left } = await import('../setup/ask.ts');
  const say = sentencesFor();
  const options = [
    { value: true, label: say.setupOfferYes },
    { value: false, label: say.setupOfferNo },
  ];
  try {
    const isWanted = await choose(say.setupOffer, options, { signal });
    return isWanted && (await askAndDo(version, reporter, signal))?.atLogin === true;
  } catch (error) {
    if (!(error instanceof Left)) throw error;
    throw new VoiceInputError('ERR_ABORTED', 'Cancelled.', { cause: error });
  }
}
