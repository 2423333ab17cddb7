// Who reads what, and under which name each figure stands.

import type { Contender } from './contenders/contender.ts';
import type { Order, Reading } from './contenders/protocol.ts';

type OurName = 'engine' | 'lane';
type PeerName = 'publishedLoop' | 'transformers';
type ContenderName = OurName | PeerName;
export type Contenders = Readonly<Record<OurName, Contender> & Partial<Record<PeerName, Contender>>>;

/** A clip in the forms in which contenders take it. */
export interface Presented {
  readonly path: string;
  /** A file that is cut where the clip's last speech ends. */
  readonly cutPath: string;
  /** The same, then a little of the clip's own background. */
  readonly settledPath: string;
  readonly whole: Float32Array;
  /** From the first to the last speech that the engine found. */
  readonly trimmed: Float32Array;
}

export interface Task {
  readonly name: string;
  readonly contender: ContenderName;
  readonly order: (clip: Presented) => Order;
  /** Rows of the table by the contender's own names of what it measured. */
  readonly rows: Readonly<Record<string, string>>;
}

export const rows = {
  draft: 'VoiceInput: file → draft',
  refined: 'VoiceInput: file → refined',
  settledDraft: 'VoiceInput, realtime, 400 ms of background: release → draft',
  settledRefined: 'VoiceInput, realtime, 400 ms of background: release → refined',
  cutDraft: 'VoiceInput, realtime, cut at the last speech: release → draft',
  cutRefined: 'VoiceInput, realtime, cut at the last speech: release → refined',
  lane: 'VoiceInput: lane alone, trimmed clip',
  loopWhole: 'published loop, whole clip',
  loopTrimmed: 'published loop, trimmed clip',
  transformersWhole: '@huggingface/transformers, whole clip',
  transformersTrimmed: '@huggingface/transformers, trimmed clip',
} as const;

const whole = ({ whole: samples }: Presented): Order => ({ samples });
const trimmed = ({ trimmed: samples }: Presented): Order => ({ samples });

export function tasks({ realtime }: { readonly realtime: boolean }): Task[] {
  const live: Task[] = [
    {
      name: 'settled',
      contender: 'engine',
      order: ({ settledPath: path }) => ({ path, realtime: true }),
      rows: { draft: rows.settledDraft, refined: rows.settledRefined },
    },
    {
      name: 'cut',
      contender: 'engine',
      order: ({ cutPath: path }) => ({ path, realtime: true }),
      rows: { draft: rows.cutDraft, refined: rows.cutRefined },
    },
  ];
  return [
    {
      name: 'file',
      contender: 'engine',
      order: ({ path }) => ({ path, realtime: false }),
      rows: { draft: rows.draft, refined: rows.refined },
    },
    ...(realtime ? live : []),
    { name: 'lane', contender: 'lane', order: trimmed, rows: { text: rows.lane } },
    { name: 'loop-whole', contender: 'publishedLoop', order: whole, rows: { text: rows.loopWhole } },
    { name: 'loop-trimmed', contender: 'publishedLoop', order: trimmed, rows: { text: rows.loopTrimmed } },
    { name: 'transformers-whole', contender: 'transformers', order: whole, rows: { text: rows.transformersWhole } },
    {
      name: 'transformers-trimmed',
      contender: 'transformers',
      order: trimmed,
      rows: { text: rows.transformersTrimmed },
    },
  ];
}

/** Ours beside a peer on the same samples; the ratio is ours ÷ peer. */
export const comparisons: readonly { readonly ours: string; readonly peer: string }[] = [
  { ours: rows.draft, peer: rows.transformersWhole },
  { ours: rows.draft, peer: rows.loopWhole },
  { ours: rows.cutDraft, peer: rows.transformersWhole },
  { ours: rows.cutDraft, peer: rows.loopWhole },
  { ours: rows.lane, peer: rows.transformersTrimmed },
  { ours: rows.lane, peer: rows.loopTrimmed },
];

export interface Took {
  readonly row: string;
  readonly clip: string;
  readonly ms: number;
}

/** One reading's figures by the table's names. */
export function tookOf(task: Task, clip: string, { ms }: Reading): Took[] {
  return Object.entries(task.rows).flatMap(([key, row]) => {
    const value = ms[key];
    return value === undefined ? [] : [{ row, clip, ms: value }];
  });
}
