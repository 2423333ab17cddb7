// How the daemon's lists look in the menu: profiles, microphones, models, what plugins offer.

import type { Model, Status } from '@voiceinput/client';
import { printable } from '@voiceinput/plugin-api';
import type { Messages } from '../messages/messages.ts';
import type { Known } from '../state/known.ts';
import { choice, radio, submenu, words } from './item.ts';
import type { Act, MenuItem } from './item.ts';

const MEGABYTE = 1_000_000;
/** A panel builds the menu anew for each step. */
const STEP_PERCENT = 5;

export function profiles({ status, view }: Known, messages: Messages): readonly MenuItem[] {
  const { profiles: names = [] } = status ?? {};
  const items = names.map((profile) =>
    radio(profile, profile === view.profile, { method: 'set', params: { profile } }),
  );
  return items.length === 0 ? [] : [submenu(messages.profile(view.profile), items)];
}

/** None for a source that has no devices. */
export function microphones({ devices, status }: Known, messages: Messages): readonly MenuItem[] {
  if (status === undefined || devices.length === 0) return [];
  const { source } = status;
  const { device: chosen, ...others } = source.options;
  const [wanted] = Array.isArray(chosen) ? (chosen as readonly unknown[]) : [chosen];
  const listenTo = (options: Status['source']['options']): Act => ({
    method: 'set',
    params: { source: { use: source.use, options } },
  });
  return [
    submenu(messages.microphone, [
      radio(messages.standardMicrophone, wanted === undefined, listenTo(others)),
      ...devices.map(({ id, name }) =>
        radio(printable(name), wanted === id || wanted === name, listenTo({ ...others, device: id })),
      ),
    ]),
  ];
}

export function models({ models: all, fetching }: Known, messages: Messages): readonly MenuItem[] {
  if (all.length === 0) return [];
  return [
    submenu(
      messages.models,
      all.map((model) => ofModel(model, fetching[model.id], messages)),
    ),
  ];
}

function ofModel({ id, title, state, bytes }: Model, done: number | undefined, messages: Messages): MenuItem {
  const percent = Math.floor(((done ?? 0) * 100) / STEP_PERCENT) * STEP_PERCENT;
  if (done !== undefined) return words(messages.modelFetching(title, percent));
  if (state === 'ready') return words(messages.modelReady(title));
  const size = messages.megabytes(Math.ceil(bytes / MEGABYTE));
  const label = state === 'absent' ? messages.modelFetch(title, size) : messages.modelMend(title);
  return choice(label, { method: 'models/pull', params: { id } });
}

/** Those that can be run as they are: a menu cannot ask for arguments. */
export function commands({ commands: all }: Known, messages: Messages): readonly MenuItem[] {
  const items = all
    .filter(
      ({ arguments: schema }) => ((schema as { readonly required?: readonly string[] }).required ?? []).length === 0,
    )
    .map(({ plugin, id, title }) => choice(title, { method: 'commands/run', params: { plugin, id, arguments: {} } }));
  return items.length === 0 ? [] : [submenu(messages.commands, items)];
}
