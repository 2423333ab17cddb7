// How loud a microphone hears it is, as it goes on.

import { openSharedParts } from '@voiceinput/engine';
import type { PartChoice } from '@voiceinput/engine';
import { openModelStore } from '@voiceinput/models';
import type { Device } from '@voiceinput/plugin-api';
import type { Loaded } from './carry-out.ts';

/** Below is the noise of a quiet room, above nobody speaks. In decibels below the loudest sample that there can be. */
const QUIET_DB = -60;
const LOUD_DB = -10;

/** 0…1: how loud these samples are to an ear. */
export function loudnessOf(samples: Float32Array): number {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length);
  const decibels = 10 * Math.log10(power || Number.MIN_VALUE);
  return Math.min(1, Math.max(0, (decibels - QUIET_DB) / (LOUD_DB - QUIET_DB)));
}

export interface LevelMeter {
  /** The microphones that can be chosen. */
  devices(source: PartChoice, signal: AbortSignal): Promise<readonly Device[]>;
  /** Calls `heard` with 0…1 as it goes on, until abort. Rejects when the microphone gives nothing. */
  listen(source: PartChoice, heard: (loudness: number) => void, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** Opens nothing yet. `close` it. */
export function openLevelMeter({ plugins }: Pick<Loaded, 'plugins'>): LevelMeter {
  const parts = openSharedParts({
    plugins,
    models: openModelStore({ plugins, offline: true }),
    heard: () => undefined,
  });
  return {
    devices: (source, signal) => parts.devices(source, signal),
    async listen(source, heard, signal) {
      const { part } = await parts.openSource(source, signal);
      try {
        for await (const { samples } of part.frames(signal)) heard(loudnessOf(samples));
      } catch (error) {
        if (!signal.aborted) throw error;
      }
      // One that stays open would be in the way of the next one.
      await parts.keepOnly({ use: source.use, options: {} });
    },
    close: () => parts.close(),
  };
}
