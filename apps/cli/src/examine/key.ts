// What is found out about the key that is held: from the daemon that has it, else by trying it.

import type { Finding, Status } from '@voiceinput/client';
import type { DictationSettings } from '@voiceinput/engine';
import { isVoiceInputError } from '@voiceinput/plugin-api';
import type { VoiceInputError } from '@voiceinput/plugin-api';
import { openDesktop } from '../serve/keys/desktop.ts';
import type { DesktopWanted } from '../serve/keys/desktop.ts';
import { isSway } from '../serve/keys/on-sway.ts';
import type { Settings } from '../settings/settle.ts';
import { needsOf } from '../settings/sink-needs.ts';

export type Key = Status['key'];

/** `known`: what the daemon says of it; absent when none runs. */
export async function examineKey(
  { dictation, plugins }: Pick<Settings, 'dictation' | 'plugins'>,
  known: Key | undefined,
  signal: AbortSignal,
): Promise<Finding> {
  const { key: name } = dictation;
  if (name === '') return { what: 'key', state: 'works', detail: 'none is set; voiceinput toggle works' };
  const trouble =
    known === undefined
      ? await tried({ ...dictation, needs: needsOf(dictation.sink, plugins) }, signal)
      : known.trouble;
  if (trouble === undefined) return { what: 'key', state: 'works', detail: known?.name ?? name };
  return { what: 'key', state: 'limited', detail: `${trouble.message} [${trouble.code}]`, fix: trouble.hint };
}

async function tried(
  wanted: DesktopWanted & Pick<DictationSettings, 'key'>,
  signal: AbortSignal,
): Promise<VoiceInputError | undefined> {
  const { isWayland, missingPortal } = await import('@voiceinput/desktop');
  if (isWayland() && isSway()) return boundOnSway();
  if (isWayland()) return missingPortal();
  try {
    const desktop = await openDesktop(wanted, signal);
    try {
      const trigger = await desktop.watchKey(wanted.key, deaf);
      const { trouble } = trigger;
      await trigger.close();
      return trouble;
    } finally {
      await desktop.close();
    }
  } catch (error) {
    if (isVoiceInputError(error)) return error;
    throw error;
  }
}

/** Why no key of sway's configuration is heard. */
async function boundOnSway(): Promise<VoiceInputError | undefined> {
  const { watchSwayKeys } = await import('@voiceinput/desktop/wayland');
  try {
    const keys = await watchSwayKeys({ did: ignore, troubled: ignore });
    await keys.close();
    return keys.trouble;
  } catch (error) {
    if (isVoiceInputError(error)) return error;
    throw error;
  }
}

const ignore = (): void => undefined;
const deaf = { pressed: ignore, released: ignore, usedAsModifier: ignore, escaped: ignore };
