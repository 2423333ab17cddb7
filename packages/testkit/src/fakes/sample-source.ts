// What a source without a microphone gives: samples in hand, or a score of sounds told as plain data.

import { definePlugin, msToSamples, samplesToMs } from '@voiceinput/plugin-api';
import type { Plugin, Source } from '@voiceinput/plugin-api';
import { chop } from '../audio/frames.ts';
import { concatenate, noise, silence, sine, speechLike } from '../audio/sound.ts';
import { pause } from './pause.ts';

export interface SourceScript {
  /** Sounds one after the other. */
  readonly score?: readonly { readonly sound: keyof typeof sounds; readonly ms: number }[];
  readonly frameMs?: number;
  /** Gives frames at the speed of speech. */
  readonly realtime?: boolean;
  /** Throws a plain error with this message after the last frame. */
  readonly fail?: string;
  /** Waits for the abort after the last frame, as a microphone does that gives nothing more. */
  readonly hang?: boolean;
}

const sounds = { silence, sine, noise, speech: speechLike };

/** A source that plays `samples`, or the score of its options when they are absent. */
export function sampleSource(samples?: Float32Array): Plugin<'source', SourceScript> {
  return definePlugin<'source', SourceScript>({
    id: 'source-samples',
    kind: 'source',
    api: 1,
    title: 'Plays samples in hand',
    capabilities: {},
    config: {
      type: 'object',
      additionalProperties: false,
      properties: {
        score: {
          type: 'array',
          items: {
            type: 'object',
            additionalProperties: false,
            required: ['sound', 'ms'],
            properties: { sound: { enum: Object.keys(sounds) }, ms: { type: 'number', minimum: 0 } },
          },
        },
        frameMs: { type: 'number', exclusiveMinimum: 0, default: 20 },
        realtime: { type: 'boolean', default: false },
        fail: { type: 'string' },
        hang: { type: 'boolean' },
      },
    },
    async create(script, _context, signal) {
      signal.throwIfAborted();
      return playerOf(samples ?? samplesOf(script.score ?? []), script);
    },
  });
}

export default sampleSource();

const samplesOf = (score: NonNullable<SourceScript['score']>): Float32Array =>
  concatenate(...score.map(({ sound, ms }) => sounds[sound](msToSamples(ms))));

function playerOf(samples: Float32Array, { frameMs = 20, realtime = false, fail, hang }: SourceScript): Source {
  return {
    realtime,
    async *frames(signal) {
      const startedMs = performance.now();
      for (const frame of chop(samples, [msToSamples(frameMs)])) {
        if (realtime) {
          const dueMs = startedMs + samplesToMs(frame.startSample + frame.samples.length);
          if (await interrupted(dueMs - performance.now(), signal)) return;
        }
        if (signal.aborted) return;
        yield frame;
      }
      if (hang && (await interrupted(Infinity, signal))) return;
      if (fail !== undefined) throw new Error(fail);
    },
    close: async () => undefined,
  };
}

/** Whether the abort came before `ms` were over: for a source that is an end like any other. */
const interrupted = (ms: number, signal: AbortSignal): Promise<boolean> =>
  pause(ms, signal).then(
    () => false,
    () => true,
  );
