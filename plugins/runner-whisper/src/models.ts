// Which models the runner brings: OpenAI's weights, pinned byte by byte, of which the importer makes graphs.

import type { ModelEntry, ModelFile } from '@voiceinput/plugin-api';

const MIT = { license: 'MIT', attribution: 'Copyright (c) 2022 OpenAI', imported: true } as const;

type Sum = readonly [bytes: number, sha256: string];

const file = (path: string, [bytes, sha256]: Sum): ModelFile => ({ name: path, path, bytes, sha256 });

interface Published {
  readonly size: string;
  readonly title: string;
  readonly revision: string;
  readonly weights: Sum;
  readonly config: Sum;
  readonly tokenizer: Sum;
  /** As measured after a clip of 15 s (PSS). Absent: not measured. */
  readonly memoryBytes?: number;
  /** Absent where only one project was found that tells its checksum. */
  readonly generation?: Sum;
}

/** A folder of the hub as OpenAI published it: weights in float32, or float16 for turbo. */
const multilingual = ({
  size,
  title,
  revision,
  memoryBytes,
  weights,
  config,
  tokenizer,
  generation,
}: Published): ModelEntry => ({
  ...MIT,
  id: `whisper-${size}`,
  title: `Whisper ${title}, 99 languages`,
  languages: ['*'],
  ...(memoryBytes !== undefined && { memoryBytes }),
  homepage: `https://huggingface.co/openai/whisper-${size}`,
  sources: [`hf:openai/whisper-${size}@${revision}`],
  files: [
    file('config.json', config),
    file('tokenizer.json', tokenizer),
    ...(generation === undefined ? [] : [file('generation_config.json', generation)]),
    file('model.safetensors', weights),
  ],
});

/** English alone: one ggml file with weights in float16 and the vocabulary. */
const english = (size: string, sum: Sum): ModelEntry => ({
  ...MIT,
  id: `whisper-${size}-en`,
  title: `Whisper ${size}, English`,
  languages: ['en'],
  homepage: 'https://huggingface.co/ggerganov/whisper.cpp',
  sources: ['hf:ggerganov/whisper.cpp@5359861c739e955e79d9a303bcbc70fb988958b1'],
  files: [file(`ggml-${size}.en.bin`, sum)],
});

const TOKENIZER: Sum = [2_480_466, '27fc476bfe7f17299480be2273fc0608e4d5a99aba2ab5dec5374b4482d1a566'];

/** Every checksum is written down by two independent projects at least. */
export const models: readonly ModelEntry[] = [
  multilingual({
    size: 'tiny',
    title: 'tiny',
    revision: '169d4a4341b33bc18d8881c4b69c2e104e1cc0af',
    weights: [151_061_672, '7ebd0e69e78190ffe1438491fa05cc1f5c1aa3a4c4db3bc1723adbb551ea2395'],
    config: [1983, 'ffdccec4f3211f4c63310f2b7098f309fe70f3952cedc5e4d11e43f5b2379b98'],
    tokenizer: TOKENIZER,
    generation: [3747, 'a5d5325911f16e74001a72fa13d6e208eee51548f994646de1f4b4cc8b35b512'],
  }),
  multilingual({
    size: 'base',
    title: 'base',
    revision: 'e37978b90ca9030d5170a5c07aadb050351a65bb',
    memoryBytes: 299_000_000,
    weights: [290_403_936, '07cadb9f25677c8d50df603e66a98fbd842cce45047139baeb16e6219a1e807b'],
    config: [1983, 'a153c53883a6799b6f056b4a8d1a515c9926d03994682ba88a7616618d7da0c1'],
    tokenizer: TOKENIZER,
    generation: [3807, '444b3f636d2fff89dd9ecf549e2a085b61f7ff0fa0246d4628bac6a3b8cc9ba4'],
  }),
  multilingual({
    size: 'small',
    title: 'small',
    revision: '973afd24965f72e36ca33b3055d56a652f456b4d',
    weights: [966_995_080, '1d7734884874f1a1513ed9aa760a4f8e97aaa02fd6d93a3a85d27b2ae9ca596b'],
    config: [1967, 'e6a2b489da1b5aed65a8eb8d1e7466fa867ad5643a8bc138ba708bd56b2875c4'],
    tokenizer: TOKENIZER,
    generation: [3868, '71565b8ef50d0bf7a1193ed4bbed195b94e70c18894d81bba2f1233dcec3ab53'],
  }),
  multilingual({
    size: 'medium',
    title: 'medium',
    revision: 'abdf7c39ab9d0397620ccaea8974cc764cd0953e',
    weights: [3_055_544_304, '62f73550fa6db24b0c6f6c5962bd0dae80fa644e93cde9cd9c3792971b47fd28'],
    config: [1991, '18706810eb740d1dc54d1db181358d5f8578600d0f449e51dfd4798c0223a1f5'],
    tokenizer: TOKENIZER,
  }),
  multilingual({
    size: 'large-v3-turbo',
    title: 'large-v3-turbo',
    revision: '41f01f3fe87f28c78e2fbf8b568835947dd65ed9',
    weights: [1_617_824_864, '542566a422ae4f3fd23f1ba11add198fca01bbf82e66e6a2857b3f608b1eb9d1'],
    config: [1256, 'c5b526b3e3cd64cd8940dabb45e8ba726629e22d8ed389c29b552f9140daf04a'],
    tokenizer: [2_710_337, '297b13372ac43916285644fb9687add3cc62ee2a1adb60da3dc25cc94c1871fd'],
    generation: [3772, 'cce11bfe3aaa6ae9e072ea2637caaec8795e68d9b67e655a5af16ee509681a4c'],
  }),
  english('tiny', [77_704_715, '921e4cf8686fdd993dcd081a5da5b6c365bfde1162e72b08d75ac75289920b1f']),
  english('base', [147_964_211, 'a03779c86df3323075f5e796cb2ce5029f00ec8869eee3fdfb897afe36c6d002']),
  english('small', [487_614_201, 'c6138d6d58ecc8322097e0f987c32f1be8bb0a18532a3f88f734d1bbf9c41e5d']),
];
