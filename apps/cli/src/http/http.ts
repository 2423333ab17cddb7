// How the daemon answers HTTP: over the engine in force, after dictation, until the daemon ends.

import { runtimeFolder } from '@voiceinput/client';
import type { Descriptor } from '@voiceinput/engine';
import { profileNames, unlessAborted } from '@voiceinput/engine';
import type { DaemonServices } from './daemon.ts';
import type { Choice, ChoicePort } from './choice.ts';
import { choose } from './choice.ts';
import { affordableConnections } from './descriptors.ts';
import { standardLimits } from './limits.ts';
import { createSlots } from './slots.ts';
import { createReading } from './reading.ts';
import { Refusal } from './refusal.ts';
import type { RoutesPort } from './routes.ts';
import { openServer } from './server.ts';
import { createToken } from './token.ts';

export interface HttpAddress {
  /** What clients of OpenAI call the base URL. */
  readonly url: string;
  readonly tokenFile: string;
}

export interface Http {
  /** What the engines must have to read for it. */
  readonly plugins: readonly Descriptor[];
  /** Listens until `close`; when `quitting` is aborted, everybody is told so. Rejects with `ERR_PORT` or `ERR_CONFIG_INVALID`. */
  open(services: DaemonServices, port: number, quitting: AbortSignal): Promise<OpenHttp>;
}

export interface OpenHttp extends HttpAddress {
  close(): Promise<void>;
}

export function prepareHttp(): Http {
  const reading = createReading();
  return {
    plugins: reading.plugins,
    async open(services, port, quitting) {
      const token = createToken(runtimeFolder());
      const closing = new AbortController();
      const stopped = { status: 503, headers: { Connection: 'close' } };
      const end = (): void => closing.abort(new Refusal('ERR_DAEMON_LOST', 'The daemon is stopping.', stopped));
      quitting.addEventListener('abort', end, { once: true });
      const { slots, retryAfterSeconds } = standardLimits;
      const server = await openServer(port, {
        limits: { ...standardLimits, connections: await affordableConnections(standardLimits.connections) },
        slots: createSlots(slots, retryAfterSeconds),
        runtimeFolder: runtimeFolder(),
        closing: closing.signal,
        token,
        startedAt: services.startedAt,
        isReady: services.isReady,
        profileNames: () => profileNames(services.base.configuration),
        choose: (request) => choose(request, choicePort(services)),
        read: readerOf(services, reading),
      });
      await token.write();
      return {
        url: `http://127.0.0.1:${server.port}/v1`,
        tokenFile: token.file,
        async close() {
          end();
          await server.close();
          await token.remove();
        },
      };
    },
  };
}

function choicePort({ engines, base, inForce }: DaemonServices): ChoicePort {
  return {
    inForce: engines.now.profile,
    names: profileNames(base.configuration),
    plugins: base.plugins,
    named: inForce.profileNamed,
  };
}

function readerOf(services: DaemonServices, reading: ReturnType<typeof createReading>): RoutesPort['read'] {
  const { engines, dictations } = services;

  async function quiet(signal: AbortSignal): Promise<void> {
    while (!signal.aborted && (dictations.recording !== undefined || dictations.transcribing.length > 0)) {
      // It rejects on abort only, and then there is nothing to wait for.
      await unlessAborted(dictations.quiet(), signal).catch(() => undefined);
    }
  }

  return ({ other }: Choice, request, signal) =>
    other === undefined
      ? reading.read(engines.now.engine, { ...request, quiet }, signal)
      : engines.with(other, (engine) => reading.read(engine, { ...request, quiet }, signal));
}
