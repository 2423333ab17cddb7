// A Whisper that is open: its graphs, its tokens and what is known of it.

import { join } from 'node:path';
import { cachedDecoder, loadRuntime, openSessions, releaseAll, speechModel } from '@voiceinput/onnx';
import type { CacheNames, SessionOptions, SpeechModel } from '@voiceinput/onnx';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { readDescription, type Description } from '../description/description.ts';
import { openTokenizer, type Tokenizer } from '../tokens/tokenizer.ts';

export interface Whisper {
  readonly model: SpeechModel;
  readonly tokenizer: Tokenizer;
  readonly description: Description;
}

/** The names of the graphs that src/graphs writes. */
const names: CacheNames = { tokens: 'tokens', presentOf: (input) => input.replace(/^past_/, 'present_') };

/** Opens a prepared folder. Rejects with `ERR_MODEL_FILES` where it is none, or with `ERR_RUNTIME`. */
export async function openWhisper(folder: string, options: SessionOptions): Promise<Whisper> {
  const description = await readDescription(folder);
  if (!description) {
    throw new VoiceInputError('ERR_MODEL_FILES', `${folder} contains no Whisper model prepared by this version.`);
  }
  const tokenizer = await openTokenizer(folder);
  const { Tensor } = await loadRuntime();
  const [encoder, step] = await openSessions([join(folder, 'encoder.onnx'), join(folder, 'decoder.onnx')], options);
  try {
    const decoder = await cachedDecoder(step!, { multiToken: true, broadcastsEncoder: true, names });
    const frontend = (samples: Float32Array) => ({ audio: new Tensor('float32', samples, [1, samples.length]) });
    return { model: speechModel({ frontend, encoder: encoder!, decoder }), tokenizer, description };
  } catch (error) {
    await releaseAll([() => encoder!.release(), () => step!.release()]);
    throw error;
  }
}
