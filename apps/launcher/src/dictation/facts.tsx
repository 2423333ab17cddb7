// Which facts stand beside a dictation that is under way.

import { Color, Detail } from '@raycast/api';
import type { Phase, View } from '@voiceinput/client';
import { meter } from '../show/meter.ts';

const { Label, TagList } = Detail.Metadata;

const colors: Readonly<Record<Phase, Color>> = {
  idle: Color.SecondaryText,
  listening: Color.Red,
  draft: Color.Yellow,
  refining: Color.Orange,
  refined: Color.Green,
  offered: Color.Blue,
  'no-speech': Color.SecondaryText,
  error: Color.Magenta,
};

export function LiveFacts({ view: { phase, level, profile, hybrid } }: { readonly view: View }) {
  return (
    <Detail.Metadata>
      <TagList title="Stage">
        <TagList.Item text={phase} color={colors[phase]} />
      </TagList>
      {phase === 'listening' && <Label title="Level" text={meter(level)} />}
      <Label title="Profile" text={profile} />
      <Label title="Hybrid" text={hybrid ? 'on' : 'off'} />
    </Detail.Metadata>
  );
}
