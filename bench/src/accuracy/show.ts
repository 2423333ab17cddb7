// How an accuracy run reads on the screen.

import type { Decision } from '@voiceinput/plugin-api';
import { machineLine } from '../show/machine.ts';
import { percent, say, signedPercent, table } from '../show/table.ts';
import { errorsOf, wordErrorRate } from '../words/align.ts';
import type { ErrorCount } from '../words/align.ts';
import type { Speed } from './accuracy.ts';
import type { PeerErrors } from './peers.ts';
import type { CountedReading } from './reading.ts';
import type { CommandSummary, NoiseSummary, StageErrors } from './summary.ts';

interface Accuracy {
  readonly total: StageErrors;
  readonly groups: readonly StageErrors[];
  readonly conditions: readonly StageErrors[];
  readonly commands: CommandSummary;
  readonly noise: NoiseSummary;
  readonly decisions: Readonly<Record<Decision, number>>;
  readonly speed: { readonly hybrid: Speed; readonly fastOnly: Speed };
  readonly peers: readonly PeerErrors[];
  readonly missing: readonly string[];
  readonly cutShort: readonly string[];
  readonly complaints: readonly string[];
}

export function showAccuracy(accuracy: Accuracy): void {
  const { total, groups, conditions, commands, noise, decisions, speed, peers, missing, cutShort, complaints } =
    accuracy;
  say(machineLine());
  say('\nWord error rate; draft → refined with the 95 % interval of the change over clips (paired bootstrap)\n');
  const head = ['', 'clips', 'words', 'draft', 'refined', 'change', '95 %'];
  say(table(head, [rateRow(total), ...groups.map(rateRow)]));
  if (conditions.length > 0) say(`\n${table(['by condition', ...head.slice(1)], conditions.map(rateRow))}`);

  say('\nErrors by kind\n');
  say(
    table(
      ['', 'substituted', 'inserted', 'deleted', 'errors'],
      [kindRow('draft', total.draft), kindRow('refined', total.refined)],
    ),
  );

  const segments = Object.values(decisions).reduce((sum, count) => sum + count, 0);
  const decided = Object.entries(decisions).map(([name, count]) => `${name} ${percent(count / segments)}`);
  say(`\nRefine stage, ${segments} decisions: ${decided.join(', ')} (confirmed: the second reading was skipped)`);
  if (commands.clips > 0)
    say(
      `Commands: ${commands.emptyDrafts} drafts and ${commands.emptyRefined} refined texts of ${commands.clips} are empty; ` +
        `values heard: ${commands.slotsInDraft} → ${commands.slotsInRefined} of ${commands.slots}`,
    );
  say(`Noise: ${noise.withoutText} of ${noise.clips} clips give no text`);
  for (const { id, text } of noise.invented) say(`  ${id}: ${text}`);
  say(`Seconds of audio per second: ${speedText(speed.hybrid)} hybrid, ${speedText(speed.fastOnly)} draft only`);
  if (peers.length > 0) say(`\nOthers on the same speech, seconds for all of it\n\n${peerTable(peers)}\n`);
  if (missing.length > 0) say(`No result for: ${missing.join(', ')}`);
  if (cutShort.length > 0) say(`Not read to the end, so the figures above are wrong: ${cutShort.join(', ')}`);
  for (const complaint of complaints) say(`voiceinput said: ${complaint}`);
}

const peerTable = (peers: readonly PeerErrors[]): string =>
  table(
    ['', 'wrong words', 'seconds'],
    peers.map(({ name, errors, wallMs }) => [name, percent(wordErrorRate(errors)), (wallMs / 1000).toFixed(1)]),
  );

function rateRow({ name, clips, draft, refined, change }: StageErrors): string[] {
  return [
    name,
    String(clips),
    String(draft.words),
    percent(wordErrorRate(draft)),
    percent(wordErrorRate(refined)),
    signedPercent(change.value),
    `${signedPercent(change.low)} … ${signedPercent(change.high)}`,
  ];
}

const kindRow = (name: string, count: ErrorCount): string[] => [
  name,
  ...[count.substitutions, count.insertions, count.deletions, errorsOf(count)].map(String),
];

const speedText = ({ audioSPerS }: Speed): string => audioSPerS.toFixed(1);

export function showWorst(readings: readonly CountedReading[]): void {
  if (readings.length > 0) say('\nMost errors in the refined text');
  for (const { clip, draft, refined, draftErrors, refinedErrors } of readings) {
    say(`\n${clip.id}  ${clip.group}, ${clip.condition}, ${clip.durationS.toFixed(1)} s, ${refinedErrors.words} words`);
    say(`  said     ${clip.text}`);
    say(`  draft    ${String(errorsOf(draftErrors)).padStart(3)} ${draft}`);
    say(`  refined  ${String(errorsOf(refinedErrors)).padStart(3)} ${refined}`);
  }
}
