// Which profile a request means by its model and language.

import type { Descriptor, Profile } from '@voiceinput/engine';
import { hears } from '@voiceinput/engine/configure';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { Refusal } from './refusal.ts';

/** What is in force, whatever it is. */
export const IN_FORCE = 'voiceinput';
/** What a runner says that hears every language. */
const ANY = '*';
/** Names that programs have built in; they mean what is in force too. Speakers are told apart by none of ours. */
const WELL_KNOWN =
  /^(?:whisper-1|whisper-large-v3(?:-turbo)?|(?:gpt-4o-|gpt-4o-mini-|gpt-)transcribe(?:-\d{4}-\d\d-\d\d)?)$/;

export interface ChoicePort {
  readonly inForce: Profile;
  readonly names: readonly string[];
  readonly plugins: readonly Descriptor[];
  named(name: string): Profile;
}

export interface Choice {
  /** Absent: the engine in force reads it. */
  readonly other?: Profile;
  /** What will be heard, in BCP 47. Absent when only the model can tell. */
  readonly language?: string;
}

/** Names of models, as `GET /v1/models` lists them. */
export const modelNames = (profileNames: readonly string[]): string[] => [...new Set([IN_FORCE, ...profileNames])];

/** Whether a request may name it, though it may be in no list. */
export const isModel = (name: string, profileNames: readonly string[]): boolean =>
  modelNames(profileNames).includes(name) || WELL_KNOWN.test(name);

/** Throws a refusal: 404 for an unknown model, 400 for a language that it does not hear. */
export function choose(request: { readonly model?: string; readonly language?: string }, port: ChoicePort): Choice {
  const profile = profileFor(request.model, port);
  const heard = languagesOf(profile, port.plugins);
  const only = heard.length === 1 && heard[0] !== ANY ? heard[0] : undefined;
  const language = request.language ?? profile.language ?? only;
  if (language === undefined) return asOther(profile, port);
  if (!hears(heard, language))
    throw new Refusal(
      'ERR_REQUEST_INVALID',
      `Unsupported value: 'language' does not support '${language}' with the model '${request.model ?? IN_FORCE}'. Supported: ${heard.join(', ')}.`,
      { status: 400, param: 'language' },
    );
  // A model of one language needs no word of it.
  const changed = request.language === undefined || only !== undefined ? profile : spoken(profile, language);
  return { ...asOther(changed, port), language };
}

function asOther(profile: Profile, { inForce }: ChoicePort): Choice {
  return profile === inForce ? {} : { other: profile };
}

function spoken(profile: Profile, language: string): Profile {
  return profile.language === language ? profile : { ...profile, language };
}

function profileFor(model: string | undefined, { inForce, names, named }: ChoicePort): Profile {
  if (model === undefined || model === IN_FORCE || model === inForce.name) return inForce;
  if (names.includes(model)) return named(model);
  if (WELL_KNOWN.test(model)) return inForce;
  throw unknownModel(model, names);
}

export function unknownModel(model: string, profileNames: readonly string[]): Refusal {
  return new Refusal(
    'ERR_MODEL_UNKNOWN',
    `The model '${model}' does not exist; there are: ${modelNames(profileNames).join(', ')}.`,
    { status: 404, param: 'model' },
  );
}

function languagesOf({ fast }: Profile, plugins: readonly Descriptor[]): readonly string[] {
  const isWanted = (one: Descriptor): one is Descriptor<'runner'> =>
    one.plugin.kind === 'runner' && one.plugin.id === fast.use;
  const runner = plugins.find(isWanted);
  if (runner === undefined) throw new VoiceInputError('ERR_PLUGIN_NOT_FOUND', `Unknown runner "${fast.use}".`);
  return runner.plugin.capabilities.languages;
}
