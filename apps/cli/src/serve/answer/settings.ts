// What clients can change until the daemon ends: how dictations are read, and what they listen to.

import type { Status } from '@voiceinput/client';
import { refuseUnheard } from '@voiceinput/engine/configure';
import type { PartChoice } from '@voiceinput/engine';
import { nearestOf, quoted, VoiceInputError } from '@voiceinput/plugin-api';
import { firstWanted, wantedDevices } from '../../settings/device.ts';
import { beginUserFile } from '../../settings/user-file.ts';
import type { Engines } from '../open/engines.ts';
import type { SettingsInForce } from '../open/settings-in-force.ts';
import type { Broadcast } from './broadcast.ts';
import type { Choose } from './choose.ts';
import type { Handlers } from './handlers.ts';

/** What a client asked for is done even when the client has gone. */
const { signal: always } = new AbortController();

export interface SettingsPort {
  readonly inForce: SettingsInForce;
  readonly engines: Engines;
  readonly broadcast: Pick<Broadcast, 'emit'>;
  readonly choose: Choose;
  status(): Promise<Status>;
  /** Called when later dictations listen to another source. */
  sourceChanged(): void;
}

/** Answers `set` and `settings/begin`. */
export function settingsHandlers(port: SettingsPort) {
  const { inForce, engines, broadcast, choose, status, sourceChanged } = port;
  return {
    'settings/begin': async () => ({ file: (await beginUserFile()).file }),
    async set({ hybrid, profile, source: wanted }) {
      // What is not there is refused before anything changes.
      const source = wanted && choose('source', wanted);
      if (source !== undefined) await refuseMissing(source, engines);
      const named = profile === undefined ? engines.now.profile : inForce.profileNamed(profile);
      const next = hybrid === undefined ? named : { ...named, hybrid };
      refuseUnheard(
        next,
        inForce.base.plugins.map(({ plugin }) => plugin),
        'The request',
      );
      if (source !== undefined) {
        inForce.listenTo(source);
        sourceChanged();
      }
      engines.use(next);
      broadcast.emit({ type: 'settings', profile: next.name, hybrid: next.hybrid });
      return status();
    },
  } satisfies Handlers;
}

/** Where devices cannot be listed, the next dictation says what is wrong. Rejects with `ERR_MICROPHONE_MISSING`. */
async function refuseMissing(source: PartChoice, engines: Engines): Promise<void> {
  const wanted = wantedDevices(source.options);
  if (wanted.length === 0) return;
  const devices = await engines.now.engine.devices(source, always).catch(() => []);
  if (devices.length === 0 || firstWanted(wanted, devices) !== undefined) return;
  const meant = nearestOf(
    wanted[0]!.toLowerCase(),
    devices.flatMap(({ id, name }) => [id.toLowerCase(), name.toLowerCase()]),
  );
  const likely = devices.find(({ id, name }) => [id.toLowerCase(), name.toLowerCase()].includes(meant ?? ''));
  const names = devices.map(({ id, name }) => (id === name ? quoted(id) : `${quoted(id)} (${name})`));
  throw new VoiceInputError(
    'ERR_MICROPHONE_MISSING',
    `Unknown microphone: ${wanted.map((one) => quoted(one)).join(' or ')}. Available: ${names.join(', ')}.`,
    likely === undefined ? {} : { hint: `Did you mean ${quoted(likely.id)}?` },
  );
}
