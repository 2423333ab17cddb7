// How `voiceinput doctor --window` says how far texts are mended in the window that has the focus.

import { setTimeout as pause } from 'node:timers/promises';
import { openSharedParts } from '@voiceinput/engine';
import { openModelStore } from '@voiceinput/models';
import type { FocusedPlace } from '@voiceinput/plugin-api';
import { printable } from '@voiceinput/plugin-api';
import { createReporter } from '../show/reporter.ts';
import { loadSettings } from '../settings/settle.ts';
import type { SettingsRequest } from '../settings/settle.ts';
import { print } from '../show/table.ts';
import { findDaemon, withDaemon } from './daemon.ts';
import { inLocale, told as translated } from '../messages/in-locale.ts';

/** Whoever asked in a terminal has the focus there: so long there is time to go to the window. */
const GO_MS = 3_000;

/** Prints what the sink of dictations would do there: the daemon's, or one of its own where none runs. */
export async function lookAtWindow(
  { json, ...request }: SettingsRequest & { readonly json: boolean },
  signal: AbortSignal,
): Promise<number> {
  const reporter = createReporter({ json });
  reporter.note(inLocale`Go to the window: it is looked at in ${GO_MS / 1_000} seconds.`);
  await pause(GO_MS, undefined, { signal });
  const place = await placeWithFocus(request, signal);
  print(
    json,
    place ?? {},
    place === undefined ? inLocale`No window has the focus, or the sink does not say.` : told(place),
  );
  return 0;
}

const told = ({ app, tier, reason }: FocusedPlace): string =>
  `${printable(app) || inLocale`an unnamed window`}: ${tier}. ${printable(translated(reason))}`;

/** What has the focus now. Absent when nothing has, or the sink does not say. */
export async function placeWithFocus(request: SettingsRequest, signal: AbortSignal): Promise<FocusedPlace | undefined> {
  const daemon = await findDaemon(signal);
  if (daemon !== undefined) return withDaemon(daemon, async (client) => (await client.call('look', {})).place);
  const { plugins, dictation } = await loadSettings(request, signal);
  const models = openModelStore({ plugins, offline: true });
  const parts = openSharedParts({ plugins, models, heard: () => undefined });
  try {
    return await parts.look(dictation.sink, signal);
  } finally {
    await parts.close();
  }
}
