// How a configuration file is read, and that one which nobody chose cannot load code.

import { readFile } from 'node:fs/promises';
import type { Plugin } from '@voiceinput/plugin-api';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { parse as parseJson, printParseErrorCode, visit } from 'jsonc-parser';
import type { ParseError } from 'jsonc-parser';
import type { Configuration } from './configuration.ts';
import { doubledKeys } from './doubled.ts';
import { configurationSchema } from './schema.ts';
import { withNewNames } from './renamed.ts';
import { validate } from './validate.ts';

interface ConfigurationFile {
  readonly trusted: boolean;
  readonly text?: string;
  readonly onNote?: (sentence: string) => void;
}

/**
 * Reads JSON, comments allowed, from `path`, or `text` as if it stood there. `trusted` says whether the user chose the file: only then it may name plugins.
 * Keys that were renamed get their new names; `onNote` is called with a sentence about each, and about each key that stands twice.
 * What else it may hold is known once its plugins are loaded: see `checkConfiguration`.
 *
 * Rejects with `ERR_CONFIG_NOT_FOUND`, `ERR_CONFIG_SYNTAX`, `ERR_CONFIG_UNTRUSTED` or `ERR_CONFIG_INVALID`.
 */
export async function readConfiguration(
  path: string,
  { trusted, text, onNote = () => undefined }: ConfigurationFile,
  signal: AbortSignal,
): Promise<Configuration> {
  const json = text ?? (await readText(path, signal));
  refuseInherited(json, path);
  const note = (sentence: string): void => onNote(`${path}: ${sentence}`);
  const configuration = withNewNames(parse(json, path), note);
  doubledKeys(json).forEach(note);
  validate(
    configuration,
    { type: 'object', properties: { plugins: { type: 'array', items: { type: 'string', minLength: 1 } } } },
    { origin: path },
  );
  const { plugins = [] } = configuration as Configuration;
  if (!trusted && plugins.length > 0) {
    throw new VoiceInputError(
      'ERR_CONFIG_UNTRUSTED',
      `${path} was found in the current folder and names the plugin ${JSON.stringify(plugins[0])}; code is loaded only from your own configuration.`,
      {
        hint: `If you trust it, give it explicitly: --config ${path}`,
      },
    );
  }
  return configuration as Configuration;
}

/** Checks all of a configuration against the plugins there are. Throws `ERR_CONFIG_UNKNOWN_KEY` or `ERR_CONFIG_INVALID`. */
export function checkConfiguration(configuration: Configuration, plugins: readonly Plugin[], origin: string): void {
  validate(structuredClone(configuration), configurationSchema(plugins), { origin });
}

async function readText(path: string, signal: AbortSignal): Promise<string> {
  try {
    return await readFile(path, { encoding: 'utf8', signal });
  } catch (error) {
    signal.throwIfAborted();
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT')
      throw new VoiceInputError('ERR_CONFIG_NOT_FOUND', `Configuration file not found: ${path}`, { cause: error });
    throw new VoiceInputError(
      'ERR_CONFIG_INVALID',
      `The configuration ${path} cannot be read: ${(error as Error).message}`,
      { cause: error },
    );
  }
}

function parse(text: string, path: string): unknown {
  const errors: ParseError[] = [];
  const value: unknown = parseJson(text.replace(/^\uFEFF/, ''), errors);
  const [first] = errors;
  if (first === undefined) return value;
  const before = text.slice(0, first.offset).split('\n');
  const place = `line ${before.length}, column ${before.at(-1)!.length + 1}`;
  throw new VoiceInputError(
    'ERR_CONFIG_SYNTAX',
    `${path} is not valid JSON at ${place}: ${text.trim() === '' ? EMPTY : mistakeOf(first)}.`,
  );
}

/** The parser takes this key for what an object inherits: what stands below it would count, and no schema would see it. */
function refuseInherited(text: string, path: string): void {
  visit(text, {
    onObjectProperty(key) {
      if (key === '__proto__')
        throw new VoiceInputError('ERR_CONFIG_UNKNOWN_KEY', `${path}: "__proto__" is not a known key.`, {
          hint: 'Remove it.',
        });
    },
  });
}

const EMPTY = 'the file is empty; write at least {}';

function mistakeOf({ error }: ParseError): string {
  return mistakes[printParseErrorCode(error)] ?? 'it cannot be understood';
}

/** By the parser's name, in words. */
const mistakes: Readonly<Record<string, string>> = {
  InvalidSymbol: 'a word without double quotes that is not true, false or null',
  InvalidNumberFormat: 'not a number',
  PropertyNameExpected: 'expected a key in double quotes; no comma is allowed after the last entry',
  ValueExpected: 'expected a value; no comma is allowed after the last entry',
  ColonExpected: 'expected a colon between key and value',
  CommaExpected: 'expected a comma before the next entry',
  CloseBraceExpected: 'expected "}": a "{" is not closed',
  CloseBracketExpected: 'expected "]": a "[" is not closed',
  EndOfFileExpected: 'expected nothing more after the end of the configuration',
  InvalidCommentToken: 'a comment is not allowed here',
  UnexpectedEndOfComment: 'a comment is not closed with */',
  UnexpectedEndOfString: 'a text is not closed with double quotes on the same line',
  UnexpectedEndOfNumber: 'a number is incomplete',
  InvalidUnicode: '\\u is not followed by four hexadecimal digits',
  InvalidEscapeCharacter: 'expected one of these after a backslash: " \\ / b f n r t u',
  InvalidCharacter: 'a text contains a control character; write a tab as \\t',
};
