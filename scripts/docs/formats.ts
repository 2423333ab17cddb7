// The page that lists which files can be read: written from what the last look at all of them found.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FormatsRecord, PairOutcome } from '../../apps/cli/test/formats/record.ts';
import { root } from './files.ts';
import { code, tableOf } from './table.ts';

export function filesPage(): string {
  const { ffmpeg, when, pairs } = JSON.parse(readFileSync(join(root, 'docs/formats.json'), 'utf8')) as FormatsRecord;
  const containers = [...new Set(pairs.map(({ container }) => container))];
  const read = pairs.filter(({ outcome }) => outcome !== 'refused');
  const refused = pairs.filter(({ outcome }) => outcome === 'refused');
  return [
    '# Which files can be read',
    '',
    `A file is recognised by its content, never by its name. For these tables, one spoken sentence was written in every container with every coding that ffmpeg can write (${ffmpeg}, ${when}): of ${pairs.length} files ${read.length} were read, ${read.filter(({ alone }) => alone).length} of them without ffmpeg; ${refused.length} were refused with an explanation. \`pnpm prove\` repeats it, and \`npm test\` checks a sample.`,
    '',
    'Names are those of ffmpeg (`ffmpeg -muxers`, `-encoders`). “Hardly” means that so few bits per second are left for the voice that words may be lost.',
    '',
    tableOf(
      ['container', 'read without ffmpeg', 'read where ffmpeg is installed', 'hardly', 'refused'],
      containers.map((container) => {
        const all = pairs.filter((pair) => pair.container === container);
        const text = all.filter(({ outcome }) => outcome === 'text');
        return [
          code(container),
          codings(text.filter(({ alone }) => alone)),
          codings(text.filter(({ alone }) => !alone)),
          codings(all.filter(({ outcome }) => outcome === 'unclear')),
          codings(all.filter(({ outcome }) => outcome === 'refused')),
        ];
      }),
    ),
    '',
    '## What is said of those that are refused',
    '',
    tableOf(
      ['file', 'sentence'],
      refused.map((pair) => [
        `${code(pair.container)} ${codings([pair])}`,
        code((pair.says ?? '').replace(/\s+/g, ' ')),
      ]),
    ),
    '',
    'Samples without a header cannot be told from noise: 16 000 Hz, 16-bit, mono is read with `--raw`; convert others first. AAC counts as read without ffmpeg where its decoder is installed, which is not so by default: an AAC file gets the command that adds it ([source-file](../plugins/source-file/README.md)).',
    '',
  ].join('\n');
}

function codings(pairs: readonly PairOutcome[]): string {
  return pairs.map(({ coding }) => (coding === undefined ? 'its own' : code(coding))).join(', ');
}
