// How the runner is loaded, and that its first real clip finds it warm.

import { openExportedModel } from '@voiceinput/onnx';
import type { PluginContext, Runner } from '@voiceinput/plugin-api';
import { DEFAULT_MODEL, type RunnerOptions } from './options.ts';
import { read } from './read.ts';
import { END_TOKEN, PROMPT } from './vocabulary.ts';

const WARM_UP_SAMPLES = 16_000;

/** Loads the model, fetching and preparing it first when needed. */
export async function openRunner(options: RunnerOptions, context: PluginContext, signal: AbortSignal): Promise<Runner> {
  const { model: modelId = DEFAULT_MODEL, passes = 1, beams = 1, ...session } = options;
  const located = await context.models.locate(modelId, signal);
  const { prepare } = context;
  const marks = { prompt: PROMPT, endToken: END_TOKEN };
  const model = await openExportedModel(located, { ...session, ...marks, prepare }, signal);
  try {
    if (model.notPrepared !== undefined)
      context.log(`${modelId} runs as published, which is slower: ${model.notPrepared}`);
    const warmUp = { samples: new Float32Array(WARM_UP_SAMPLES), startSample: 0 };
    await read(model, { clip: warmUp, hint: {}, passes, beams }, signal);
  } catch (error) {
    await model.close();
    throw error;
  }
  return {
    model: modelId,
    run: (clip, hint, abort) => read(model, { clip, hint, passes, beams }, abort),
    close: () => model.close(),
  };
}
