// What the decoder's thread does: it decodes, mixes and resamples on demand.
// A thread of its own, so that a decoder which hangs, floods its memory or prints cannot harm its host.

import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { parentPort } from 'node:worker_threads';
import { isVoiceInputError } from '@voiceinput/plugin-api';
import { ByteReader } from '../byte-reader.ts';
import { asAudioError } from '../failure.ts';
import { finite } from '../pcm.ts';
import { atSpeechRate } from '../resample.ts';
import { joinedTo } from '../pieces.ts';
import { importAac } from './aac.ts';
import { decodeContainer } from './decode-container.ts';
import { decodeStream } from './decode.ts';
import { ForeignCoding } from './foreign-coding.ts';
import type { Answer, DecodeOrder, Demand } from './messages.ts';

const PIECE_SAMPLES = 8192;

// Decoders print their complaints, which come as errors as well.
globalThis.console = new Console(new Writable({ write: (_text, _encoding, done) => done() }));

const host = parentPort!;
let pieces: ReturnType<typeof joinedTo> | undefined;
let name = '';
let receive: (bytes: Uint8Array | undefined) => void = () => undefined;

host.on('message', (demand: Demand) => {
  if (demand.type === 'bytes') receive(demand.bytes);
  else if (demand.type === 'next') void answer();
  else {
    name = demand.order.name;
    pieces = joinedTo(PIECE_SAMPLES, atSpeechRate(finite(audio(demand.order), name)));
  }
});

async function answer(): Promise<void> {
  try {
    const { done, value } = await pieces!.next();
    if (done) tell({ type: 'end' });
    else tell({ type: 'audio', samples: value }, [value.buffer]);
  } catch (error) {
    if (error instanceof ForeignCoding) tellForeign(error);
    else tell({ type: 'failed', error: asAudioError(error, name).toJSON(), sound: isVoiceInputError(error) });
  }
}

function tellForeign({ title, otherwise, isReadable }: ForeignCoding): void {
  tell({ type: 'foreign', title, isReadable, ...(otherwise ? { otherwise: otherwise.toJSON() } : {}) });
}

async function* audio({ format, descriptor, anyway = false }: DecodeOrder): ReturnType<typeof decodeContainer> {
  if (format === 'container') return yield* decodeContainer({ descriptor: descriptor!, name, anyway });
  if (format === 'aac') await importAac(name);
  yield* decodeStream(format, new ByteReader(bytesFromHost()), name);
}

async function* bytesFromHost(): AsyncGenerator<Uint8Array> {
  for (;;) {
    const bytes = await new Promise<Uint8Array | undefined>((resolve) => {
      receive = resolve;
      tell({ type: 'feed' });
    });
    if (!bytes) return;
    yield bytes;
  }
}

function tell(message: Answer, transfer: ArrayBuffer[] = []): void {
  host.postMessage(message, transfer);
}
