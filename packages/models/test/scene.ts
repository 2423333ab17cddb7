// The surroundings of a test: a registry, an npm configuration and a cache of its own.

import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openModelStore, type BringingPlugin, type Models, type ModelStoreOptions } from '@voiceinput/models';
import type { ErrorReport, LocatedModel, ModelEntry } from '@voiceinput/plugin-api';
import { expect, onTestFinished, vi } from 'vitest';
import { makeModel, type MadeModel } from './made-model.ts';
import { openRegistry, type Registry } from './registry.ts';

export interface Scene {
  readonly model: MadeModel;
  readonly registry: Registry;
  readonly folder: string;
  readonly cache: string;
  open(options?: Partial<ModelStoreOptions>): Models;
  /** Writes the user's `.npmrc`, below the registry's address. */
  npmrc(...lines: string[]): Promise<void>;
  /** What later processes know. */
  bring(plugin: BringingPlugin): Promise<void>;
  /** A process of its own that locates the model; `wrap` may put a shell around it. */
  start(options?: { preload?: string; wrap?: (command: string) => [string, string[]] }): Child;
  /** What fetching has left beside the models. */
  leftovers(): Promise<string[]>;
  /** The one broken-off transfer that waits there. */
  partial(): Promise<{ path: string; bytes: number }>;
}

export interface Child {
  readonly process: ChildProcess;
  /** Resolves when a line of its output begins so; rejects when it ends before. */
  line(beginning: string): Promise<string>;
  readonly ended: Promise<{ signal: NodeJS.Signals | null; error?: ErrorReport }>;
}

/** A plugin that brings these models. */
export const bringing = (models: readonly ModelEntry[]): BringingPlugin => ({
  plugin: { id: 'runner-made', kind: 'runner', models },
});

/** Everything is removed at the end of the test. Of several scenes, the configuration of the last one made counts. */
export async function makeScene(given: { models?: readonly MadeModel[]; publicAddress?: string } = {}): Promise<Scene> {
  const models = given.models ?? [makeModel()];
  const folder = await mkdtemp(join(tmpdir(), 'voiceinput-models-'));
  const cache = join(folder, 'cache');
  const registry = await openRegistry(models, given.publicAddress);
  const plugins = [bringing(models.map(({ entry }) => entry))];
  onTestFinished(async () => {
    await registry.close();
    await rm(folder, { recursive: true, force: true });
  });

  hideNpmConfiguration(folder);
  const npmrc = (...lines: string[]) =>
    writeFile(
      join(folder, 'user.npmrc'),
      [`registry=${registry.address}`, 'fetch-retry-mintimeout=1', ...lines].join('\n'),
    );
  await npmrc();
  await writeFile(join(folder, 'package.json'), '{}');
  await writeFile(join(folder, 'plugins.json'), JSON.stringify(plugins));

  return {
    model: models[0]!,
    registry,
    folder,
    cache,
    npmrc,
    bring: (plugin) => writeFile(join(folder, 'plugins.json'), JSON.stringify([plugin])),
    open: (options = {}) => openModelStore({ folder: cache, plugins, ...options }),
    start: ({ preload, wrap } = {}) => startChild(folder, preload, wrap),
    async leftovers() {
      const names = await readdir(join(cache, 'models', '.incoming'));
      return names.sort();
    },
    async partial() {
      const folder = join(cache, 'models', '.incoming');
      const names = (await readdir(folder)).filter((name) => name.endsWith('.part'));
      expect(names).toHaveLength(1);
      const path = join(folder, names[0]!);
      return { path, bytes: (await stat(path)).size };
    },
  };
}

/** What the person who runs the tests has set must not matter. */
function hideNpmConfiguration(folder: string): void {
  for (const key of Object.keys(process.env)) {
    if (/^npm_config_|^(https?_|no_)?proxy$/i.test(key)) vi.stubEnv(key, undefined);
  }
  vi.stubEnv('npm_config_userconfig', join(folder, 'user.npmrc'));
  vi.stubEnv('npm_config_globalconfig', join(folder, 'global.npmrc'));
  onTestFinished(() => void vi.unstubAllEnvs());
}

function startChild(folder: string, preload = '', wrap?: (command: string) => [string, string[]]): Child {
  const script = fileURLToPath(new URL('locate.mjs', import.meta.url));
  const args = [...(preload ? ['--import', preload] : []), script, folder];
  const [command, wrapped] = wrap
    ? wrap([process.execPath, ...args].map((word) => `'${word}'`).join(' '))
    : [process.execPath, args];
  const child = spawn(command, wrapped, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  const watchers = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    for (const watch of watchers) watch();
  });
  const ended = new Promise<{ signal: NodeJS.Signals | null; error?: ErrorReport }>((resolve) => {
    child.on('close', (_code, signal) => {
      const error = /^error (.*)$/m.exec(output)?.[1];
      resolve(error === undefined ? { signal } : { signal, error: JSON.parse(error) as ErrorReport });
    });
  });
  const line = (beginning: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const watch = (): void => {
        const found = output.split('\n').find((candidate) => candidate.startsWith(beginning));
        if (found !== undefined) resolve(found);
      };
      watchers.add(watch);
      watch();
      void ended.then(() => reject(new Error(`ended without "${beginning}": ${output}`)));
    });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return { process: child, line, ended };
}

/** Fails unless the files of `located` are the model's. */
export async function expectWhole(located: LocatedModel, model: MadeModel): Promise<void> {
  for (const [name, content] of Object.entries(model.contents)) {
    expect((await readFile(located.files[name]!)).equals(content)).toBe(true);
  }
}
