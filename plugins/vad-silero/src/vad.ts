// How the model is loaded, once for all streams.

import { loadRuntime, openSession } from '@voiceinput/onnx';
import { VoiceInputError, type PluginContext, type Vad } from '@voiceinput/plugin-api';
import { DEFAULT_MODEL, type VadOptions } from './options.ts';
import { SileroStream } from './stream.ts';

export async function openVad(options: VadOptions, context: PluginContext, signal: AbortSignal): Promise<Vad> {
  const { model = DEFAULT_MODEL } = options;
  const { files } = await context.models.locate(model, signal);
  if (files['model'] === undefined) {
    throw new VoiceInputError(
      'ERR_MODEL_FILES',
      `The model ${model} has no file “model”, only ${Object.keys(files).join(', ')}`,
    );
  }
  const runtime = await loadRuntime();
  const session = await openSession(files['model'], { threads: 1 });
  if (signal.aborted) {
    await session.release();
    throw signal.reason;
  }
  return {
    async listen(abort) {
      abort.throwIfAborted();
      return new SileroStream(session, runtime);
    },
    close: () => session.release(),
  };
}
