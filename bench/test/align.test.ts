// Word errors: counted by hand, and as sclite counts them.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeUnless } from '@voiceinput/rig/unless';
import { describe, expect, it } from 'vitest';
import { countErrors, errorsOf, sumOf, wordErrorRate } from '../src/words/align.ts';
import type { ErrorCount } from '../src/words/align.ts';
import { randomFrom } from '../src/statistics/random.ts';

const split = (text: string): string[] => text.split(' ').filter((word) => word !== '');
const count = (reference: string, hypothesis: string): ErrorCount => countErrors(split(reference), split(hypothesis));

describe('counting word errors', () => {
  it.each([
    ['a b c', 'a b c', { words: 3, substitutions: 0, deletions: 0, insertions: 0 }],
    ['a b c', 'a x c', { words: 3, substitutions: 1, deletions: 0, insertions: 0 }],
    ['a b c', 'a c', { words: 3, substitutions: 0, deletions: 1, insertions: 0 }],
    ['a b c', 'a b x c', { words: 3, substitutions: 0, deletions: 0, insertions: 1 }],
    ['a b c', '', { words: 3, substitutions: 0, deletions: 3, insertions: 0 }],
    ['', 'a b', { words: 0, substitutions: 0, deletions: 0, insertions: 2 }],
    ['the cat sat on the mat', 'the cat sit on mat now', { words: 6, substitutions: 1, deletions: 1, insertions: 1 }],
  ])('"%s" heard as "%s"', (reference, hypothesis, expected) => {
    expect(count(reference, hypothesis)).toEqual(expected);
  });

  it('sums clips before it divides, so that long ones count more', () => {
    const sum = sumOf([count('a', 'x'), count('a b c', 'a b c')]);
    expect(errorsOf(sum)).toBe(1);
    expect(wordErrorRate(sum)).toBe(0.25);
  });
});

/** Debian's package sctk has it as `sctk sclite`, other builds as `sclite`. */
const sclite = [['sclite'], ['sctk', 'sclite']].find(([command, ...rest]) => {
  const { status, stdout, stderr } = spawnSync(command!, [...rest, '-h'], { encoding: 'utf8' });
  return status !== null && /sclite/.test(`${stdout}${stderr}`);
});

describeUnless(sclite === undefined ? 'Install sctk (apt-get).' : undefined)('beside sclite', () => {
  it('gives the same totals on texts with every kind of error', () => {
    const pairs = madeUpPairs(400);
    const ours = sumOf(pairs.map(([reference, hypothesis]) => countErrors(reference, hypothesis)));
    const theirs = scliteTotals(pairs);
    expect(errorsOf(ours)).toBe(theirs.errors);
    expect(ours).toEqual({
      words: theirs.words,
      substitutions: theirs.substitutions,
      deletions: theirs.deletions,
      insertions: theirs.insertions,
    });
  });
});

/** Sentences over few words, so that alignments are ambiguous, with a tenth to half of the words wrong. */
function madeUpPairs(howMany: number): [string[], string[]][] {
  const random = randomFrom(7);
  const vocabulary = split('the a to of and in it is that for on was with as');
  const word = (): string => vocabulary[Math.floor(random() * vocabulary.length)]!;
  return Array.from({ length: howMany }, () => {
    const reference = Array.from({ length: 1 + Math.floor(random() * 40) }, word);
    const wrong = 0.1 + random() * 0.4;
    const hypothesis = reference.flatMap((right) => {
      if (random() > wrong) return [right];
      const kind = Math.floor(random() * 3);
      return kind === 0 ? [] : kind === 1 ? [word()] : [right, word()];
    });
    return [reference, hypothesis];
  });
}

function scliteTotals(pairs: readonly (readonly [string[], string[]])[]) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-sclite-'));
  try {
    for (const [side, name] of ['ref.trn', 'hyp.trn'].entries()) {
      const lines = pairs.map((pair, index) => `${pair[side]!.join(' ')} (all_${index})\n`);
      writeFileSync(join(folder, name), lines.join(''));
    }
    const [command, ...rest] = sclite!;
    const options = ['-r', 'ref.trn', 'trn', '-h', 'hyp.trn', 'trn', '-i', 'rm', '-o', 'rsum', 'stdout'];
    const { stdout } = spawnSync(command!, [...rest, ...options], { cwd: folder, encoding: 'utf8' });
    const line = /\|\s*Sum\s*\|\s*(\d+)\s+(\d+)\s*\|\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s+(\d+)/.exec(stdout);
    const [, , words, , substitutions, deletions, insertions, errors] = (line ?? []).map(Number);
    return { words, substitutions, deletions, insertions, errors };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
