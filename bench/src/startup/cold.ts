// What is cold: files that the system has to read from the disk again (Linux), a model that was never used.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { cacheFolder } from '@voiceinput/models';

/** Whether the system can be told to forget files. */
export const canForget = process.platform === 'linux';

/** Makes the system forget the models and ONNX Runtime, as far as no other program has them open. */
export async function forgetFiles(): Promise<void> {
  for (const folder of [join(cacheFolder(), 'models'), runtimeFolder()])
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
      // coreutils, "dd invocation": advises the system to drop the whole file's cache.
      if (entry.isFile()) spawnSync('dd', [`if=${join(entry.parentPath, entry.name)}`, 'iflag=nocache', 'count=0']);
}

/** Copies the models to `folder` without what plugins derived from them at their first use. */
export async function copyUnused(folder: string): Promise<void> {
  const models = join(cacheFolder(), 'models');
  if (existsSync(models))
    await cp(models, join(folder, 'models'), { recursive: true, filter: (path) => !path.includes('prepared') });
}

function runtimeFolder(): string {
  const fromRunner = createRequire(import.meta.resolve('@voiceinput/runner-moonshine'));
  const fromOnnx = createRequire(fromRunner.resolve('@voiceinput/onnx'));
  return join(dirname(fromOnnx.resolve('onnxruntime-node/package.json')), 'bin');
}
