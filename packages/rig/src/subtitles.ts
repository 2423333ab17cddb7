// What is wrong with subtitles, by the rules of style guides. Reads SubRip, and knows nothing of how they are made.

export interface Complaint {
  readonly rule: 'form' | 'lines' | 'order' | 'gap' | 'short' | 'fast' | 'long' | 'flicker' | 'torn';
  readonly cue: number;
  readonly about: string;
  /** Whether neighbours leave no room to do better. */
  readonly unavoidable: boolean;
}

const CUE = /^(\d+)\n(\d\d+):(\d\d):(\d\d),(\d{3}) --> (\d\d+):(\d\d):(\d\d),(\d{3})\n([^]+)$/u;
const LEANING = /(^|\s)(an?|the|of|to|from|with|into|my|your|his|its|our|their)$/i;

interface Cue {
  readonly startMs: number;
  readonly endMs: number;
  readonly lines: readonly string[];
}

/** All complaints about `srt`. */
export function lintSubtitles(srt: string): Complaint[] {
  const blocks = srt === '' ? [] : srt.trimEnd().split('\n\n');
  const complaints: Complaint[] = [];
  const cues = blocks.map((block, index): Cue => {
    const [, number, ...rest] = CUE.exec(block) ?? [];
    if (Number(number) !== index + 1)
      complaints.push({ rule: 'form', cue: index + 1, about: block, unavoidable: false });
    const [h = 0, m = 0, s = 0, ms = 0, H = 0, M = 0, S = 0, MS = 0] = rest.slice(0, 8).map(Number);
    const startMs = ((h * 60 + m) * 60 + s) * 1_000 + ms;
    return { startMs, endMs: ((H * 60 + M) * 60 + S) * 1_000 + MS, lines: rest[8]?.split('\n') ?? [] };
  });
  for (const index of cues.keys()) {
    for (const [rule, about, unavoidable = false] of complaintsAbout(cues, index))
      complaints.push({ rule, cue: index + 1, about: `${about}: ${JSON.stringify(cues[index]!.lines)}`, unavoidable });
  }
  return complaints;
}

type Found = readonly [rule: Complaint['rule'], about: string, unavoidable?: boolean];

function* complaintsAbout(cues: readonly Cue[], index: number): Generator<Found> {
  const { startMs, endMs, lines } = cues[index]!;
  const next = cues[index + 1];
  if (lines.length > 2) yield ['lines', `${lines.length} lines`];
  for (const line of lines) if (line.length > 42) yield ['lines', `${line.length} characters in a line`];
  if (endMs <= startMs) yield ['order', 'ends before it begins'];
  const gapMs = (next?.startMs ?? Infinity) - endMs;
  if (gapMs < 0) yield ['order', `overlaps the next by ${-gapMs} ms`];
  else if (gapMs < 80) yield ['gap', `${gapMs} ms before the next`];
  else if (gapMs > 80 && gapMs < 500 && endMs + gapMs - 80 - startMs <= 7_000)
    yield ['flicker', `${gapMs} ms before the next`];
  const lengthMs = endMs - startMs;
  const room = gapMs > 80;
  const characters = lines.join(' ').length;
  if (lengthMs < 1_000) yield ['short', `stands for ${lengthMs} ms`, !room];
  if (characters / (lengthMs / 1_000) > 21 && lengthMs < 7_000)
    yield ['fast', `${Math.round(characters / (lengthMs / 1_000))} characters a second`, !room];
  if (lengthMs > 7_000) yield ['long', `stands for ${lengthMs} ms`, characters <= 42 && !lines.join(' ').includes(' ')];
  const isCutShort = next && gapMs < 300;
  if (isCutShort && LEANING.test(lines.at(-1)!)) yield ['torn', 'ends with a word that belongs to the next'];
}
