// What tests find on the machine: a folder of their own, the models, the project's audio.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { never } from '@voiceinput/testkit';
import { afterAll, beforeAll } from 'vitest';
import { openModelStore } from '@voiceinput/models';
import moonshine from '@voiceinput/runner-moonshine';
import silero from '@voiceinput/vad-silero';

/** An audio file of the project. */
export const fixture = (name: string): string => resolve(import.meta.dirname, '../../../../fixtures', name);
/** What is bundled with the command line. */
export const bundled = (name: string): string => resolve(import.meta.dirname, '../../sample', name);

/** A new folder that is gone after the tests of the file. */
export function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'voiceinput-cli-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}

/** The models that VoiceInput uses when nothing is configured. */
export const builtInModels = openModelStore({ plugins: [{ plugin: silero }, { plugin: moonshine }] });
export const builtInIds = [silero, moonshine].flatMap(({ models = [] }) => models.map(({ id }) => id));

/** The first test run on a machine fetches the models; later ones need no network. */
export function withModels(): void {
  beforeAll(async () => {
    for (const id of builtInIds) await builtInModels.locate(id, never);
  });
}

/** An address where nothing answers: the discard port of this machine. */
export const NO_NETWORK = {
  npm_config_registry: 'http://127.0.0.1:9/',
  npm_config_fetch_retries: '0',
} as const;
