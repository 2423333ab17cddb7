// How questions are put on the terminal, and that whoever leaves one leaves all.

import { isCancel, multiselect, select, text } from '@clack/prompts';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { toldError } from '../messages/in-locale.ts';
import type { Sentences } from '../messages/messages.ts';

/** What every question needs. */
export interface Asking {
  readonly say: Sentences;
  readonly signal: AbortSignal;
}

export interface Choice<Value> {
  readonly value: Value;
  readonly label: string;
  readonly hint?: string;
}

/** How to choose is said once, in the user's language. */
const plain = { showInstructions: false };

/** What is thrown when the user leaves. */
export class Left extends Error {}

/** Rejects with `Left`, or with the signal's reason. */
export async function choose<Value>(
  message: string,
  options: readonly Choice<Value>[],
  { initial, signal }: { readonly initial?: Value; readonly signal: AbortSignal },
): Promise<Value> {
  const asked = { message, options: options as never, initialValue: initial as never, signal, ...plain };
  return answered<Value>(await select<Value>(asked), signal);
}

/** As `choose`; any number of them. */
export async function chooseSome<Value>(
  message: string,
  options: readonly Choice<Value>[],
  { initial, signal }: { readonly initial: readonly Value[]; readonly signal: AbortSignal },
): Promise<readonly Value[]> {
  const asked = {
    message,
    options: options as never,
    initialValues: [...initial] as never,
    required: false,
    signal,
    ...plain,
  };
  return answered<Value[]>(await multiselect<Value>(asked), signal);
}

/** As `choose`. `refuse` gives what is wrong with a text. */
export async function write(
  message: string,
  { initial, refuse, signal }: { initial: string; refuse(text: string): string | undefined; signal: AbortSignal },
): Promise<string> {
  const validate = (value = ''): string | undefined => refuse(value);
  return answered<string>(await text({ message, initialValue: initial, validate, signal }), signal);
}

function answered<Value>(answer: Value | symbol, signal: AbortSignal): Value {
  signal.throwIfAborted();
  if (isCancel(answer)) throw new Left();
  return answer as Value;
}

/** What a user is told of a failure: what, and what to do. */
export function whyOf(error: unknown): string {
  if (!(error instanceof VoiceInputError)) return String(error);
  const { message, hint } = toldError(error.toJSON());
  return `${message} ${hint}`;
}
