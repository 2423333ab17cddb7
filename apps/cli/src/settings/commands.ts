// Which commands the loaded plugins offer, and with which options they run.

import type { RemoteCommand } from '@voiceinput/client';
import type { DictationSettings, PartChoice, Profile } from '@voiceinput/engine';
import type { Settings } from './settle.ts';

export function offered(plugins: Settings['plugins']): RemoteCommand[] {
  return plugins.flatMap(({ plugin: { id: plugin, commands = [] } }) =>
    commands.map(({ id, title, arguments: form }) => ({ plugin, id, title, arguments: { ...form } })),
  );
}

/** A plugin with the options that are in force for it. */
export function optionsOf(
  use: string,
  { profile, dictation }: { readonly profile: Profile; readonly dictation: DictationSettings },
): PartChoice {
  const choices = [
    profile.vad,
    ...(profile.judge ? [profile.judge] : []),
    ...profile.post,
    dictation.source,
    dictation.sink,
  ];
  return choices.find((choice) => choice.use === use) ?? { use, options: {} };
}
