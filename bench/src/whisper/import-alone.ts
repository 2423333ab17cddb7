// Imports weights in a process of its own, so that its memory is the import's alone: node import-alone.js WEIGHTS FOLDER.

import { openModelStore } from '@voiceinput/models';
import whisper from '@voiceinput/runner-whisper';
import { IMPORTED_AS, type ImportCost } from './imported.ts';

const [, , path = '', folder = ''] = process.argv;
const models = openModelStore({ folder, plugins: [{ plugin: whisper }] });
const [startedAtMs, used] = [performance.now(), process.cpuUsage()];
await models.importFrom({ path, name: IMPORTED_AS }, new AbortController().signal);
const { user, system } = process.cpuUsage(used);
const cost: ImportCost = {
  ms: performance.now() - startedAtMs,
  processorMs: (user + system) / 1000,
  // Linux and macOS alike, Node gives KiB.
  peakBytes: process.resourceUsage().maxRSS * 1024,
};
process.send?.(cost);
process.disconnect?.();
