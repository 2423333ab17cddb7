// Decides what `voiceinput transcribe` does with its files: one after the other, a broken one never stops the rest.

import type { Engine, PartChoice } from '@voiceinput/engine';
import type { EngineEvent, SessionResult } from '@voiceinput/plugin-api';
import { samplesToMs, VoiceInputError } from '@voiceinput/plugin-api';
import { clock } from '../show/bar.ts';
import { createReporter } from '../show/reporter.ts';
import type { Reporter } from '../show/reporter.ts';
import { settle } from '../settings/settle.ts';
import type { SettingsRequest } from '../settings/settle.ts';
import { openModels, withEngine } from './work.ts';

export type Format = 'text' | 'json' | 'srt' | 'vtt';

export interface TranscribeOptions extends SettingsRequest {
  readonly format: Format;
  readonly realtime: boolean;
  readonly raw: boolean;
}

/** Gives the exit code: that of the first error, else 0. */
export async function transcribe(
  files: readonly string[],
  options: TranscribeOptions,
  signal: AbortSignal,
): Promise<number> {
  const reporter = createReporter({ json: options.format === 'json' });
  const settings = await settle(options, signal);
  let exitCode = 0;
  await withEngine(settings, openModels(reporter), async (engine) => {
    const stopWatching = watch(engine, reporter, options.format);
    for (const file of files) {
      const result = await engine.dictate(requestFor(file, options), signal);
      exitCode ||= tellOutcome(result, reporter, signal);
      if (signal.aborted || result.error?.code === 'ERR_OUTPUT_CLOSED') break;
    }
    stopWatching();
  });
  return exitCode;
}

function requestFor(file: string, { realtime, raw, format }: TranscribeOptions) {
  return { label: file, source: { use: 'source-file', options: { path: file, realtime, raw } }, sink: sinkFor(format) };
}

function sinkFor(format: Format): PartChoice {
  if (format === 'text') return { use: 'sink-terminal', options: {} };
  if (format === 'json') return { use: 'sink-json', options: {} };
  return { use: 'sink-subtitles', options: { format } };
}

function tellOutcome({ label, error }: SessionResult, reporter: Reporter, signal: AbortSignal): number {
  reporter.progress('');
  if (signal.aborted) return new VoiceInputError('ERR_ABORTED', '').exitCode;
  if (error === undefined) return 0;
  // Who closed the output does not want to hear more.
  if (error.code !== 'ERR_OUTPUT_CLOSED') reporter.error(error.toJSON(), label);
  return error.exitCode;
}

/** Shows warnings, and how far a long file is where nothing else on the terminal says so. */
function watch(engine: Engine, reporter: Reporter, format: Format): () => void {
  const textIsLive = format === 'text' && process.stdout.isTTY === true;
  let label = '';
  let startedAtMs = 0;
  return engine.watch((event: EngineEvent) => {
    if (event.type === 'session-started') [label, startedAtMs] = [event.label, event.atMs];
    if (event.type === 'warning') reporter.warning(event.error, label);
    if (event.type === 'progress' && !textIsLive && event.atMs - startedAtMs > 1000) {
      const heardMs = samplesToMs(event.sample);
      const speed = heardMs / (event.atMs - startedAtMs);
      reporter.progress(`${label}  ${clock(heardMs)} heard, ${speed.toFixed(1)} × as fast as speech`);
    }
  });
}
