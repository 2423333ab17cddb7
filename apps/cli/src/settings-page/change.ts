// How the page changes settings: as `voiceinput config set` does, but what would run a program is confirmed outside of the page.

import { parse } from 'jsonc-parser';
import { printable, VoiceInputError } from '@voiceinput/plugin-api';
import { checkUserText } from '../settings/change.ts';
import { userFileWith, writeUserFile } from '../settings/user-file.ts';
import { inLocale } from '../messages/in-locale.ts';
import { failureOf } from './failure.ts';
import type { ChangeRequest, Failure } from './page/shapes.ts';
import { programsIn } from './programs.ts';

/** Asks whoever started the page, where that can be asked; `false` is a no. */
export type Confirm = (question: string, signal: AbortSignal) => Promise<boolean>;

/**
 * Writes them into the user's file and gives a warning, if there is one. Rejects with `ERR_CONFIG_…` or `ERR_PLUGIN_…` for
 * what the daemon would refuse, `ERR_NOT_CONFIRMED`, or `ERR_STORAGE`; nothing is changed then.
 */
export async function changeSettings(
  { changes }: ChangeRequest,
  confirm: Confirm,
  signal: AbortSignal,
): Promise<Failure | undefined> {
  refuseInherited(changes);
  const before = await userFileWith([]);
  const after = await userFileWith(changes.map(({ path, value }) => [[...path], value] as const));
  // Before anything is loaded that the change names.
  await confirmed(before, after, confirm, signal);
  const missing = await checkUserText(after, signal);
  if ((await userFileWith([])) !== before)
    throw new VoiceInputError('ERR_CONFIG_INVALID', 'The configuration file was changed by somebody else meanwhile.', {
      hint: 'Look at the page again, and repeat the change.',
    });
  await writeUserFile(after);
  return missing && failureOf(missing);
}

/** A parser takes this key for what an object inherits: what stands below it would count, and no schema would see it. */
function refuseInherited(changes: ChangeRequest['changes']): void {
  if (JSON.stringify(changes).includes('"__proto__"'))
    throw new VoiceInputError('ERR_CONFIG_UNKNOWN_KEY', '"__proto__" is not a known key.');
}

async function confirmed(before: string, after: string, confirm: Confirm, signal: AbortSignal): Promise<void> {
  const known = await programsIn(parse(before));
  const added = [...(await programsIn(parse(after)))].filter((program) => !known.has(program));
  if (added.length === 0) return;
  const what = printable(added.join('; '));
  if (await confirm(inLocale`The settings page wants VoiceInput to run this: ${what}. Allow it?`, signal)) return;
  throw new VoiceInputError('ERR_NOT_CONFIRMED', `This makes VoiceInput run a program, and was not confirmed: ${what}`);
}
