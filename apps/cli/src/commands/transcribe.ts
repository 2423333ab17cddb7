// What `voiceinput transcribe` does with its files: one after the other, a broken one never stops the rest.

import type { PartChoice } from '@voiceinput/engine';
import type { EngineEvent, ErrorReport, SessionResult } from '@voiceinput/plugin-api';
import { errorTable, PARTIAL_EXIT_CODE, printable, samplesToMs, VoiceInputError } from '@voiceinput/plugin-api';
import { clock } from '../show/bar.ts';
import { createReporter, paint } from '../show/reporter.ts';
import type { Reporter } from '../show/reporter.ts';
import { settle } from '../settings/settle.ts';
import type { SettingsRequest } from '../settings/settle.ts';
import { withReader } from './reader.ts';
import type { Reader } from './reader.ts';
import { inLocale, told } from '../messages/in-locale.ts';

export type Format = 'text' | 'json' | 'srt' | 'vtt';

export interface TranscribeOptions extends SettingsRequest {
  readonly format: Format;
  readonly realtime: boolean;
  readonly raw: boolean;
  /** The program's version; a daemon of another one is not asked. */
  readonly version: string;
}

/** Gives the exit code: that of the first error, else 0. Rejects with `ERR_USAGE` for files that cannot be read together. */
export async function transcribe(
  files: readonly string[],
  options: TranscribeOptions,
  signal: AbortSignal,
): Promise<number> {
  refuseSeveralSubtitles(files, options.format);
  refuseAddresses(files);
  const reporter = createReporter({ json: options.format === 'json' });
  const settings = await settle(options, signal);
  let exitCode = 0;
  const reading = async (engine: Reader): Promise<void> => {
    const stopWatching = watch(engine, reporter, options.format);
    for (const [index, file] of files.entries()) {
      if (options.format === 'text' && files.length > 1) writeHeading(file, index === 0);
      const result = await engine.dictate(requestFor(file, options), signal);
      const failure = tellOutcome(result, reporter, signal);
      exitCode ||= failure;
      if (signal.aborted || (result.error !== undefined && isHopeless(result.error))) break;
    }
    stopWatching();
  };
  await withReader({ settings, reporter, version: options.version, files }, reading, signal);
  return signal.aborted ? errorTable.ERR_ABORTED.exitCode : exitCode;
}

/** Whether the files behind would end in the same way: no model to hear with, nowhere to write to. */
function isHopeless({ exitCode }: VoiceInputError): boolean {
  return [errorTable.ERR_MODEL_OFFLINE, errorTable.ERR_OUTPUT, errorTable.ERR_OUTPUT_CLOSED].some(
    (hopeless) => hopeless.exitCode === exitCode,
  );
}

/** Players want one file of subtitles for one file of sound. */
function refuseSeveralSubtitles(files: readonly string[], format: Format): void {
  if (files.length === 1 || (format !== 'srt' && format !== 'vtt')) return;
  throw new VoiceInputError('ERR_USAGE', `Subtitle formats take one file (${files.length} given).`, {
    hint: `Run it once per file: voiceinput transcribe FILE --format ${format} > FILE.${format}`,
  });
}

/** What is no file is told before anything is read. */
function refuseAddresses(files: readonly string[]): void {
  if (files.filter((file) => file === '-').length > 1)
    throw new VoiceInputError('ERR_USAGE', 'Standard input can be read only once; "-" was given several times.');
  const address = files.find((file) => /^(https?|ftp|file):\/\//i.test(file));
  if (address === undefined) return;
  throw new VoiceInputError('ERR_USAGE', `"${printable(address)}" is an address; expected files.`, {
    hint: /^file:/i.test(address)
      ? 'Give the path instead.'
      : 'Download it first, or pass it on: curl -L ADDRESS | voiceinput transcribe -',
  });
}

/** As `head` and `tail` do. */
function writeHeading(file: string, first: boolean): void {
  process.stdout.write(`${first ? '' : '\n'}${paint('bold', `==> ${nameOf(file)} <==`, process.stdout)}\n`);
}

const nameOf = (file: string): string => (file === '-' ? inLocale`standard input` : printable(file));

function requestFor(file: string, { realtime, raw, format }: TranscribeOptions) {
  return { label: file, source: { use: 'source-file', options: { path: file, realtime, raw } }, sink: sinkFor(format) };
}

function sinkFor(format: Format): PartChoice {
  if (format === 'text') return { use: 'sink-terminal', options: {} };
  if (format === 'json') return { use: 'sink-json', options: {} };
  return { use: 'sink-subtitles', options: { format } };
}

function tellOutcome({ label, text, error }: SessionResult, reporter: Reporter, signal: AbortSignal): number {
  reporter.progress('');
  if (signal.aborted) return 0;
  if (error === undefined) {
    // Programs see that themselves; people wonder whether it worked.
    if (text === '' && process.stderr.isTTY) reporter.note(inLocale`No speech found in ${nameOf(label)}.`);
    return 0;
  }
  if (text !== '' && error.code.startsWith('ERR_AUDIO_')) {
    reporter.warning(error.toJSON(), label);
    return PARTIAL_EXIT_CODE;
  }
  // Who closed the output does not want to hear more.
  if (error.code !== 'ERR_OUTPUT_CLOSED') reporter.error(error.toJSON(), isHopeless(error) ? undefined : label);
  return error.exitCode;
}

/** Shows warnings, and how far a long file is where nothing else on the terminal says so. */
function watch(engine: Reader, reporter: Reporter, format: Format): () => void {
  const textIsLive = format === 'text' && process.stdout.isTTY;
  let label = '';
  let startedAtMs = 0;
  let warnings: ErrorReport[] = [];
  const tellWarnings = (): void => {
    for (const warning of warnings) reporter.warning(warning, label);
    warnings = [];
  };
  return engine.watch((event: EngineEvent) => {
    if (event.type === 'session-started') {
      [label, startedAtMs] = [event.label, event.atMs];
      reporter.progress('');
    }
    // Such as that a model is prepared, which takes some seconds before anything is heard.
    if (event.type === 'log' && (label === '' || !textIsLive))
      reporter.progress(`${event.from}: ${told(event.message)}`);
    if (event.type === 'warning') warnings.push(event.error);
    // Nothing else may be written to a terminal while the text on it is alive.
    if (!textIsLive || event.type === 'session-ended') tellWarnings();
    if (event.type === 'progress' && !textIsLive && event.atMs - startedAtMs > 1000) {
      const heardMs = samplesToMs(event.sample);
      const speed = heardMs / (event.atMs - startedAtMs);
      reporter.progress(inLocale`${clock(heardMs)} done, ${speed.toFixed(1)} × the speed of speech  ${label}`);
    }
  });
}
