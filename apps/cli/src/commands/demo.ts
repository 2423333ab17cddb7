// Decides what a newcomer sees first: the bundled sample, dictated as if it were spoken now.

import { fileURLToPath } from 'node:url';
import { paint, createReporter } from '../show/reporter.ts';
import { figures } from '../show/figures.ts';
import { settle } from '../settings/settle.ts';
import { openModels, withEngine } from './work.ts';

const SAMPLE = fileURLToPath(new URL('../../sample/sample.flac', import.meta.url));

/** Gives the exit code. */
export async function demo(signal: AbortSignal): Promise<number> {
  const reporter = createReporter({ json: false });
  const settings = await settle({}, signal);
  return withEngine(settings, openModels(reporter), async (engine) => {
    await engine.ready(signal);
    const bold = (text: string): string => paint('bold', text, process.stdout);
    const dim = (text: string): string => paint('dim', text, process.stdout);
    process.stdout.write(`\n${dim('● listening to the bundled sample, as if it were spoken now')}\n\n`);
    const result = await engine.dictate(
      {
        label: 'sample.flac',
        source: { use: 'source-file', options: { path: SAMPLE, realtime: true } },
        sink: { use: 'sink-terminal', options: { stages: true } },
      },
      signal,
    );
    if (result.error !== undefined) {
      reporter.error(result.error.toJSON());
      return result.error.exitCode;
    }
    if (signal.aborted) return 130;
    process.stdout.write(`\n${dim(figures(result))}\n\n`);
    process.stdout.write(`${bold('Try a file of your own:')}  npx pnpm voiceinput transcribe FILE\n`);
    process.stdout.write(`${bold('As it would be spoken:')}   npx pnpm voiceinput transcribe FILE --realtime\n`);
    process.stdout.write(`${bold('What else there is:')}      npx pnpm voiceinput --help\n\n`);
    return 0;
  });
}
