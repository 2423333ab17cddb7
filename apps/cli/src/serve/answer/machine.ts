// What clients can learn of this machine, its models and plugins, and do with them.

import type { Finding, Model, Status } from '@voiceinput/client';
import { bytesOf } from '@voiceinput/models';
import type { Models, ModelStatus } from '@voiceinput/models';
import { examine } from '../../examine/examine.ts';
import type { Examined } from '../../examine/examine.ts';
import { offered, optionsOf } from '../../settings/commands.ts';
import type { Engines } from '../open/engines.ts';
import type { SettingsInForce } from '../open/settings-in-force.ts';
import type { Handlers } from './handlers.ts';

/** What a client asked for is done even when the client has gone. */
const { signal: always } = new AbortController();

export interface MachinePort {
  readonly inForce: Pick<SettingsInForce, 'base' | 'configured' | 'dictation'>;
  readonly engines: Engines;
  readonly models: Models;
  key(): Status['key'];
  /** What does not work as it should. */
  troubles(): NonNullable<Status['troubles']>;
}

/** Answers requests about microphones, models, plugin commands and what works here. */
export function machineHandlers(port: MachinePort) {
  const { inForce, engines, models } = port;
  const chosen = (plugin: string) =>
    optionsOf(plugin, { profile: engines.now.profile, dictation: inForce.dictation() });
  return {
    async microphones() {
      return { devices: [...(await engines.now.engine.devices(inForce.dictation().source, always))] };
    },
    async look() {
      const place = await engines.now.engine.look(inForce.dictation().sink, always);
      return place === undefined ? {} : { place };
    },
    'models/list': async () => ({ models: (await models.list(always)).map(modelOf) }),
    async 'models/pull'({ id }) {
      await models.pull(id, {}, always);
      return {};
    },
    'commands/list': async () => ({ commands: offered(inForce.base.plugins) }),
    'commands/run': ({ plugin, id, arguments: args = {} }) =>
      engines.now.engine.perform(chosen(plugin), { command: id, arguments: args }, always),
    async doctor() {
      const findings: Finding[] = [];
      for await (const finding of examine(examinedBy(port), always)) findings.push(finding);
      const troubled = port.troubles().map(troubleFound);
      return { findings: [...findings, ...troubled] };
    },
  } satisfies Handlers;
}

function troubleFound({ code, message, hint: fix }: NonNullable<Status['troubles']>[number]): Finding {
  return { what: 'daemon', state: 'limited', detail: `${message} [${code}]`, fix };
}

function modelOf({ entry, state }: ModelStatus): Model {
  const { id, title, kind, languages, license } = entry;
  return { id, title, kind, languages: [...languages], license, bytes: bytesOf(entry), state };
}

function examinedBy({ engines, inForce, models, key }: MachinePort): Examined {
  return {
    settings: {
      ...inForce.base,
      profile: engines.now.profile,
      dictation: inForce.configured(),
    },
    models,
    key: async () => key(),
    open: () => engines.now.engine.ready(always),
    devices: () => engines.now.engine.devices(inForce.dictation().source, always),
  };
}
