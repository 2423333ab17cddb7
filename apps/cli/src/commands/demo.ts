// What a newcomer sees first: the bundled sample, dictated as if it were spoken now.

import { fileURLToPath } from 'node:url';
import type { Engine } from '@voiceinput/engine';
import type { SessionResult } from '@voiceinput/plugin-api';
import { asTyped } from '../show/command-name.ts';
import { figures } from '../show/figures.ts';
import { createReporter, paint } from '../show/reporter.ts';
import stageLines from '../show/stage-lines.ts';
import { settle } from '../settings/settle.ts';
import { openModels, withEngine } from './work.ts';

const SAMPLE = fileURLToPath(new URL('../../sample/sample.flac', import.meta.url));

/** Gives the exit code. */
export async function demo(signal: AbortSignal): Promise<number> {
  const reporter = createReporter({ json: false });
  const settings = await settle({}, signal);
  const plugins = [...settings.plugins, { plugin: stageLines, url: import.meta.url, origin: 'the demo' }];
  return withEngine({ ...settings, plugins }, openModels(reporter, plugins), async (engine) => {
    await engine.ready(signal);
    say(`\n${dim('● The bundled sample, dictated as if it were spoken now:')}\n`);
    const result = await dictateSample(engine, signal);
    if (result.error !== undefined) reporter.error(result.error.toJSON());
    if (result.error !== undefined || signal.aborted) return result.error?.exitCode ?? 130;
    say(`\n${dim(figures(result))}\n`);
    say(`${bold('Into any application')}    ${asTyped('voiceinput serve')}`);
    say(`${bold('a file of your own')}      ${asTyped('voiceinput transcribe FILE')}`);
    say(`${bold('as it would be spoken')}   ${asTyped('voiceinput transcribe FILE --realtime')}`);
    say(`${bold('what works here')}         ${asTyped('voiceinput doctor')}`);
    say(`${bold('what else there is')}      ${asTyped('voiceinput --help')}\n`);
    return 0;
  });
}

function dictateSample(engine: Engine, signal: AbortSignal): Promise<SessionResult> {
  const source = { use: 'source-file', options: { path: SAMPLE, realtime: true } };
  const sink = { use: process.stdout.isTTY ? 'sink-terminal' : 'sink-stage-lines', options: {} };
  return engine.dictate({ label: 'sample.flac', source, sink }, signal);
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const bold = (text: string): string => paint('bold', text, process.stdout);
const dim = (text: string): string => paint('dim', text, process.stdout);
