// How the runner is loaded, and that its first real clip finds it warm.

import { SAMPLE_RATE_HZ, type PluginContext, type Runner } from '@voiceinput/plugin-api';
import { padded } from './decode/audio.ts';
import { openWhisper, type Whisper } from './decode/whisper.ts';
import { preparedModel } from './import/prepared-model.ts';
import { DEFAULT_MODEL, type WhisperOptions } from './options.ts';
import { Pace } from './pace.ts';
import { read } from './read.ts';

const DEFAULT_BEAMS_WITHIN_MS = 800;

/** Opens a model that was imported, or fetched and then imported. */
export async function openRunner(
  options: WhisperOptions,
  context: PluginContext,
  signal: AbortSignal,
): Promise<Runner> {
  const { model: modelId = DEFAULT_MODEL, beams = 1, precision = 'int8', ...rest } = options;
  const { beamsWithinMs = DEFAULT_BEAMS_WITHIN_MS, ...session } = rest;
  const { folder: modelFolder } = await context.models.locate(modelId, signal);
  const { folder } = await context.prepare(() => preparedModel(modelFolder, { precision }, signal));
  const whisper = await openWhisper(folder, session);
  try {
    signal.throwIfAborted();
    const pace = new Pace(await warmUp(whisper, beams));
    return {
      model: modelId,
      async run(clip, hint, abort) {
        const asked = { clip, hint, beams };
        const request = { ...asked, beams: pace.beamsFor(asked, beamsWithinMs) };
        const startedAtMs = performance.now();
        const transcript = await read(whisper, request, abort);
        if (request.beams > 1) pace.took(performance.now() - startedAtMs, transcript.tokens?.length ?? 0);
        return transcript;
      },
      close: () => whisper.model.close(),
    };
  } catch (error) {
    await whisper.model.close();
    throw error;
  }
}

const PASSES = 4;

/** Runs everything once. Gives what a pass with so many texts takes, in milliseconds. */
async function warmUp({ model, description }: Whisper, beams: number): Promise<number> {
  const { start, noTimestamps } = description.tokens;
  const steps = await model.decoder.begin(
    await model.encode(padded(new Float32Array(SAMPLE_RATE_HZ), description.context)),
  );
  await steps.read([start, noTimestamps]);
  const texts = Array.from({ length: beams }, () => noTimestamps);
  await steps.branch(
    texts.map(() => 0),
    texts,
  );
  const startedAtMs = performance.now();
  for (let pass = 0; pass < PASSES; pass++) {
    await steps.branch(
      texts.map((_, index) => index),
      texts,
    );
  }
  return (performance.now() - startedAtMs) / PASSES;
}
