// What a newcomer sees first: a bundled sample, dictated as if it were spoken now, in each language that is spoken and heard.

import { fileURLToPath } from 'node:url';
import { hears } from '@voiceinput/engine';
import type { Engine } from '@voiceinput/engine';
import type { SessionResult } from '@voiceinput/plugin-api';
import { asTyped } from '../show/command-name.ts';
import { figures, whyUnmended } from '../show/figures.ts';
import { createReporter, paint } from '../show/reporter.ts';
import stageLines from '../show/stage-lines.ts';
import { recommendationOf } from '../settings/lanes.ts';
import { settle } from '../settings/settle.ts';
import type { Settings } from '../settings/settle.ts';
import { openModels, withEngine } from './work.ts';
import { inLocale } from '../messages/in-locale.ts';

interface Sample {
  readonly language: string;
  readonly name: string;
}

const ROW_CHARACTERS = 24;
const ENGLISH: Sample = { language: 'en', name: 'sample.flac' };
const RUSSIAN: Sample = { language: 'ru', name: 'sample-ru.flac' };

/** Gives the exit code. */
export async function demo(signal: AbortSignal): Promise<number> {
  const reporter = createReporter({ json: false });
  const settings = await settle({}, signal);
  const plugins = [...settings.plugins, { plugin: stageLines, url: import.meta.url, origin: 'the demo' }];
  return withEngine({ ...settings, plugins }, openModels(reporter, plugins), async (engine) => {
    await engine.ready(signal);
    const { missing = [] } = recommendationOf(settings) ?? {};
    for (const sample of samplesFor(settings)) {
      say(`\n${dim(inLocale`● A bundled sample, dictated as if it were spoken now:`)}\n`);
      const result = await dictateSample(engine, sample, signal);
      if (result.error !== undefined) reporter.error(result.error.toJSON());
      if (result.error !== undefined || signal.aborted) return result.error?.exitCode ?? 130;
      say(`\n${dim(figures(result))}\n`);
      const why = whyUnmended(result, missing);
      if (why !== undefined) say(`${asTyped(why)}\n`);
    }
    say(`${row(inLocale`Into any application`)}${asTyped('voiceinput serve')}`);
    say(`${row(inLocale`a file of your own`)}${asTyped(`voiceinput transcribe ${inLocale`FILE`}`)}`);
    say(`${row(inLocale`as it would be spoken`)}${asTyped(`voiceinput transcribe ${inLocale`FILE`} --realtime`)}`);
    say(`${row(inLocale`what works here`)}${asTyped('voiceinput doctor')}`);
    say(`${row(inLocale`what else there is`)}${asTyped('voiceinput --help')}\n`);
    return 0;
  });
}

/** Those in the languages that the user speaks, or else the draft's runner hears; where there is none, the English one. */
function samplesFor({ profile, plugins }: Settings): readonly Sample[] {
  const { language, languages = language === undefined ? [] : [language], fast } = profile;
  const { capabilities = {} } = plugins.find(({ plugin }) => plugin.id === fast.use)?.plugin ?? {};
  const heard = languages.length === 0 && 'languages' in capabilities ? capabilities.languages : languages;
  const samples = [ENGLISH, RUSSIAN].filter((sample) => hears(heard, sample.language));
  return samples.length > 0 ? samples : [ENGLISH];
}

function dictateSample(engine: Engine, { name }: Sample, signal: AbortSignal): Promise<SessionResult> {
  const path = fileURLToPath(new URL(`../../sample/${name}`, import.meta.url));
  const source = { use: 'source-file', options: { path, realtime: true } };
  const sink = { use: process.stdout.isTTY ? 'sink-terminal' : 'sink-stage-lines', options: {} };
  return engine.dictate({ label: name, source, sink }, signal);
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const bold = (text: string): string => paint('bold', text, process.stdout);
const row = (text: string): string => bold(text.padEnd(ROW_CHARACTERS));
const dim = (text: string): string => paint('dim', text, process.stdout);
