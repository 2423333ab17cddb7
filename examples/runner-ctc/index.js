// Another family of models: CTC, with a frontend, a model and thresholds of its own. It hears vowels only.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { definePlugin } from '@voiceinput/plugin-api';

const MODEL = 'vowels-toy';

export default definePlugin({
  id: 'runner-ctc',
  kind: 'runner',
  api: 1,
  title: 'Hears vowels',
  // Its own scale: hardly any draft is so sure that it is not read again.
  capabilities: { languages: ['*'], maxClipMs: 30_000, proposals: false, skipRefineAboveLogProb: -0.001 },
  config: {
    type: 'object',
    additionalProperties: false,
    properties: {
      minFrames: { type: 'integer', minimum: 1, default: 3, description: 'How long a vowel has to be, in 20 ms.' },
    },
  },
  models: [
    {
      id: MODEL,
      title: 'Five vowels by their formants',
      languages: ['*'],
      license: 'MIT',
      attribution: 'Copyright (c) 2026 The authors of VoiceInput',
      homepage: 'https://example.org/vowels-toy',
      sources: [new URL('./model', import.meta.url).href],
      files: [
        {
          name: 'acoustic',
          path: 'vowels.onnx',
          sha256: '33019b6726ef855e02da4f86b4d2378edceaf757cf7f321e1f6a62434cee7600',
          bytes: 494,
        },
      ],
    },
  ],
  async create({ minFrames }, context, signal) {
    const { difference, loadRuntime, openSession, prepared, prepareGraph, ROUNDING_SHARE } =
      await import('@voiceinput/onnx');
    const { features, FEATURES, HOP_SAMPLES } = await import('./frontend.js');
    const { textOf } = await import('./text.js');
    const { folder, files, fingerprint } = await context.models.locate(MODEL, signal);
    const { Tensor } = await loadRuntime();

    async function listen(session, samples) {
      const { values, frames } = features(samples);
      const { log_probs } = await session.run({ features: new Tensor('float32', values, [1, frames, FEATURES]) });
      return { logProbs: log_probs.data, frames };
    }

    async function hum(graph) {
      const session = await openSession(graph);
      const { logProbs } = await listen(
        session,
        Float32Array.from({ length: 16_000 }, (_, at) => Math.sin(at / 9)),
      );
      await session.release();
      return logProbs;
    }

    // Made for this machine at the first start, compared with the published graph, and found again.
    const graphs = await prepared(
      join(folder, 'prepared'),
      {
        key: `${fingerprint}-1`,
        make: async (write, machine) => write('acoustic', await prepareGraph(await readFile(files.acoustic), machine)),
        async compare({ fileOf }) {
          const apart = difference(await hum(files.acoustic), await hum(fileOf('acoustic')));
          return { acoustic: { faithful: apart <= ROUNDING_SHARE, finding: `its output differs by ${apart}` } };
        },
      },
      signal,
    );
    const session = await openSession(graphs.report.acoustic.faithful ? graphs.fileOf('acoustic') : files.acoustic);
    return {
      model: MODEL,
      async run({ samples, startSample }, _hint, abort) {
        abort.throwIfAborted();
        if (samples.length < HOP_SAMPLES) return { text: '' };
        const { logProbs, frames } = await listen(session, samples);
        abort.throwIfAborted();
        return textOf(logProbs, { frames, startSample, minFrames });
      },
      close: () => session.release(),
    };
  },
});
