// How a configuration file is read, and that one which nobody chose cannot load code.

import { readFile } from 'node:fs/promises';
import type { Plugin } from '@voiceinput/plugin-api';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { parse as parseJson, printParseErrorCode } from 'jsonc-parser';
import type { ParseError } from 'jsonc-parser';
import type { Configuration } from './configuration.ts';
import { configurationSchema } from './schema.ts';
import { withNewNames } from './renamed.ts';
import { validate } from './validate.ts';

/**
 * Reads JSON, comments allowed, from `path`. `trusted` says whether the user chose the file: only then it may name plugins.
 * Keys that were renamed get their new names, and `onRenamed` is called with a sentence about each.
 * What else it may hold is known once its plugins are loaded: see `checkConfiguration`.
 *
 * Rejects with `ERR_CONFIG_NOT_FOUND`, `ERR_CONFIG_SYNTAX`, `ERR_CONFIG_UNTRUSTED` or `ERR_CONFIG_INVALID`.
 */
export async function readConfiguration(
  path: string,
  { trusted, onRenamed = () => undefined }: { trusted: boolean; onRenamed?: (sentence: string) => void },
  signal: AbortSignal,
): Promise<Configuration> {
  const text = await readText(path, signal);
  const configuration = withNewNames(parse(text, path), (sentence) => onRenamed(`${path}: ${sentence}`));
  validate(
    configuration,
    { type: 'object', properties: { plugins: { type: 'array', items: { type: 'string', minLength: 1 } } } },
    { whence: path },
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
export function checkConfiguration(configuration: Configuration, plugins: readonly Plugin[], whence: string): void {
  validate(structuredClone(configuration), configurationSchema(plugins), { whence });
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
    `${path} is not valid JSON at ${place}: ${mistakes[printParseErrorCode(first.error)] ?? 'it is not understood'}.`,
  );
}

/** By the parser's name, in words. */
const mistakes: Readonly<Record<string, string>> = {
  InvalidSymbol: 'a word without double quotes that is not true, false or null',
  InvalidNumberFormat: 'not a number',
  PropertyNameExpected: 'expected a key in double quotes; after the last entry there is no comma',
  ValueExpected: 'expected a value; after the last entry there is no comma',
  ColonExpected: 'expected a colon between key and value',
  CommaExpected: 'expected a comma before the next entry',
  CloseBraceExpected: 'expected "}": one that was opened is not closed',
  CloseBracketExpected: 'expected "]": one that was opened is not closed',
  EndOfFileExpected: 'expected nothing more after the end of the configuration',
  InvalidCommentToken: 'a comment cannot stand here',
  UnexpectedEndOfComment: 'a comment is not closed with */',
  UnexpectedEndOfString: 'a text is not closed with double quotes on the same line',
  UnexpectedEndOfNumber: 'a number breaks off',
  InvalidUnicode: '\\u is not followed by four hexadecimal digits',
  InvalidEscapeCharacter: 'after a backslash comes one of " \\ / b f n r t u',
  InvalidCharacter: 'a control character stands in a text; write a tab as \\t',
};
