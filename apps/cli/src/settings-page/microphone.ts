// How the page lists microphones and shows how loud one is: it is opened as a dictation would, and nothing is kept.

import { createLevel, openSharedParts } from '@voiceinput/engine';
import { openModelStore } from '@voiceinput/models';
import type { Device } from '@voiceinput/plugin-api';
import { loadSettings } from '../settings/settle.ts';
import { line } from './news.ts';

/** Whoever forgets a test does not leave the microphone open. */
const LONGEST_TEST_MS = 30_000;

/** Those of the source that dictations use. */
export async function microphones(signal: AbortSignal): Promise<readonly Device[]> {
  const { parts, source } = await openParts(signal);
  try {
    return await parts.devices(source, signal);
  } finally {
    await parts.close();
  }
}

/** Levels (0…1), ten a second, as JSON lines, until the reader goes or half a minute is over. Rejects when it does not open. */
export async function testMicrophone(signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
  const { parts, source } = await openParts(signal);
  const stop = new AbortController();
  const ending = AbortSignal.any([signal, stop.signal, AbortSignal.timeout(LONGEST_TEST_MS)]);
  const opened = await parts.openSource(source, ending).catch(async (error: unknown) => {
    await parts.close();
    throw error;
  });
  const levelOf = createLevel();
  async function* levels(): AsyncGenerator<Uint8Array> {
    try {
      for await (const { samples } of opened.part.frames(ending)) {
        const level = levelOf(samples);
        if (level !== undefined) yield line({ level });
      }
    } finally {
      await parts.close();
    }
  }
  const stream = levels();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await stream.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value);
    },
    cancel: () => stop.abort(),
  });
}

async function openParts(signal: AbortSignal) {
  const { plugins, dictation } = await loadSettings({ includeWorkingDirectory: false }, signal);
  const models = openModelStore({ plugins, offline: true });
  return { source: dictation.source, parts: openSharedParts({ plugins, models, heard: () => undefined }) };
}
