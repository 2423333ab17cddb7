// What the daemon tells of its machine, models and plugins, and does with them for its clients.

import type { Finding, Model } from '@voiceinput/client';
import { bytesOf } from '@voiceinput/models';
import type { ModelStatus } from '@voiceinput/models';
import { examine } from '../examine/examine.ts';
import type { Examined } from '../examine/examine.ts';
import { offered, optionsOf } from '../settings/commands.ts';
import type { Handlers, House } from './house.ts';

/** What a client asked for is done even when the client has gone. */
const { signal: always } = new AbortController();

export function machineHandlers(house: House) {
  const { engines } = house;
  const chosen = (plugin: string) => optionsOf(plugin, { profile: engines.now.profile, dictation: house.settings() });
  return {
    async microphones() {
      return { devices: [...(await engines.now.engine.devices(house.settings().source, always))] };
    },
    'models/list': async () => ({ models: (await house.models.list(always)).map(modelOf) }),
    async 'models/pull'({ id }) {
      await house.models.pull(id, {}, always);
      return {};
    },
    'commands/list': async () => ({ commands: offered(house.base.plugins) }),
    'commands/run': ({ plugin, id, arguments: args = {} }) =>
      engines.now.engine.perform(chosen(plugin), { command: id, arguments: args }, always),
    async doctor() {
      const findings: Finding[] = [];
      for await (const finding of examine(examinedBy(house), always)) findings.push(finding);
      return { findings };
    },
  } satisfies Handlers;
}

function modelOf({ entry, state }: ModelStatus): Model {
  const { id, title, kind, languages, license } = entry;
  return { id, title, kind, languages: [...languages], license, bytes: bytesOf(entry), state };
}

function examinedBy({ base, engines, settings, key, models }: House): Examined {
  return {
    settings: { ...base, profile: engines.now.profile, dictation: { ...base.dictation, source: settings().source } },
    models,
    key: async () => key(),
    open: () => engines.now.engine.ready(always),
    devices: () => engines.now.engine.devices(settings().source, always),
  };
}
