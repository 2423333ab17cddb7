// Clips that a runner hears while they are spoken: who pushes what, and that each is closed.

import type { Clip, ClipStream, Hint, Runner, Transcript } from '@voiceinput/plugin-api';
import { VoiceInputError } from '@voiceinput/plugin-api';

export interface StreamedClip {
  /** Names the clip that is being spoken. */
  readonly streamId: string;
  /** All of it until now. */
  readonly clip: Clip;
  readonly hint: Hint;
}

export interface Streams {
  /** Lets the runner hear what it has not heard of the clip yet; opens a stream where there is none. Rejects as the runner does. */
  read(asked: StreamedClip, signal: AbortSignal): Promise<Transcript>;
  /** Says that nothing more of this clip will be asked. */
  end(streamId: string): Promise<void>;
  /** Ends all. */
  close(): Promise<void>;
}

interface OpenClip {
  readonly stream: ClipStream;
  heardSamples: number;
  /** Whether it is closed as soon as it has answered. */
  isOver: boolean;
  isBusy: boolean;
}

/** Those of one runner. */
export function createStreams(runner: Pick<Runner, 'stream'>): Streams {
  const clips = new Map<string, OpenClip>();

  async function end(streamId: string): Promise<void> {
    const one = clips.get(streamId);
    if (one === undefined) return;
    one.isOver = true;
    if (one.isBusy) return;
    clips.delete(streamId);
    await one.stream.close();
  }

  async function openClip({ streamId, clip, hint }: StreamedClip, signal: AbortSignal): Promise<OpenClip> {
    if (runner.stream === undefined)
      throw new VoiceInputError('ERR_PLUGIN_MANIFEST', 'The runner declares streaming, but has no stream().');
    const stream = await runner.stream(clip.startSample, hint, signal);
    const one: OpenClip = { stream, heardSamples: 0, isOver: false, isBusy: false };
    clips.set(streamId, one);
    return one;
  }

  return {
    async read(asked, signal) {
      const { streamId, clip } = asked;
      const one = clips.get(streamId) ?? (await openClip(asked, signal));
      one.isBusy = true;
      try {
        const transcript = await one.stream.push(clip.samples.subarray(one.heardSamples), signal);
        one.heardSamples = Math.max(one.heardSamples, clip.samples.length);
        return transcript;
      } catch (error) {
        // What it has heard is not known: the next reading begins anew.
        one.isOver = true;
        throw error;
      } finally {
        one.isBusy = false;
        if (one.isOver) await end(streamId);
      }
    },
    end,
    async close() {
      await Promise.all([...clips.keys()].map(end));
    },
  };
}
