// What `voiceinput text` does: the text rules on lines of standard input, without any audio.

import { createInterface } from 'node:readline';
import type { TextRequest } from '@voiceinput/engine';
import { openTextRules } from '@voiceinput/engine';
import { fieldKinds, jsonLine, quoted, VoiceInputError } from '@voiceinput/plugin-api';
import * as z from 'zod/mini';
import { loadSettings, profileWithoutModels } from '../settings/settle.ts';
import type { SettingsRequest } from '../settings/settle.ts';
import { createReporter } from '../show/reporter.ts';
import { openModels } from './work.ts';

const lineSchema = z.strictObject({
  text: z.string(),
  language: z.optional(z.string()),
  before: z.optional(z.string()),
  after: z.optional(z.string()),
  field: z.optional(z.enum(fieldKinds)),
});

/** Prints `{text, steps}` for each line as it comes. Rejects with `ERR_USAGE` at the first line that is no request. */
export async function ruleText(request: SettingsRequest, signal: AbortSignal): Promise<number> {
  const reporter = createReporter({ json: true });
  const loaded = await loadSettings(request, signal);
  const { plugins } = loaded;
  const rules = openTextRules({
    profile: profileWithoutModels(loaded, request.profile),
    plugins,
    models: openModels(reporter, plugins),
    onWarning: (error) => reporter.note(error.message),
  });
  try {
    let number = 0;
    for await (const line of createInterface({ input: process.stdin, signal })) {
      number += 1;
      process.stdout.write(`${jsonLine(await rules.apply(requestIn(line, number), signal))}\n`);
    }
    signal.throwIfAborted();
    return 0;
  } finally {
    await rules.close();
  }
}

/** A line in braces is a request in JSON, any other is a text alone. Throws `ERR_USAGE`. */
function requestIn(line: string, number: number): TextRequest {
  if (!/^\s*\{.*\}\s*$/u.test(line)) return { text: line };
  const parsed = lineSchema.safeParse(jsonIn(line, number));
  if (parsed.success) return parsed.data as TextRequest;
  throw refused(number, reasonOf(parsed.error.issues[0]!, JSON.parse(line) as object));
}

/** What is wrong, with the name and the value. */
function reasonOf(issue: z.core.$ZodIssue, given: object): string {
  if (issue.code === 'unrecognized_keys') return `the key ${quoted(issue.keys[0]!)} is not known`;
  const [name] = issue.path as [string];
  const value: unknown = Reflect.get(given, name);
  if (value === undefined) return `the key ${quoted(name)} is missing`;
  return `the key ${quoted(name)} cannot have the value ${JSON.stringify(value)}`;
}

function jsonIn(line: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw refused(number, error instanceof Error ? error.message : String(error));
  }
}

function refused(number: number, why: string): VoiceInputError {
  return new VoiceInputError('ERR_USAGE', `Line ${number} is not a request: ${why}.`, {
    hint: `A request is {"text": …} with optional "language", "before", "after" and "field" (${fieldKinds.join(', ')}), or a plain line.`,
  });
}
