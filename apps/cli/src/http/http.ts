// How the daemon answers HTTP: over the engine in force, after dictation, until the daemon ends.

import { removeSocket, runtimeFolder, socketFile } from '@voiceinput/client';
import type { Descriptor } from '@voiceinput/engine';
import { profileNames } from '@voiceinput/engine';
import { unlessAborted } from '@voiceinput/plugin-api';
import type { DaemonServices } from './daemon.ts';
import type { Choice, ChoicePort } from './choice.ts';
import { choose } from './choice.ts';
import { affordableConnections } from './descriptors.ts';
import { standardLimits } from './limits.ts';
import { createSlots } from './slots.ts';
import { createReading } from './reading.ts';
import { Refusal } from './refusal.ts';
import type { RoutesPort } from './routes.ts';
import { createHttpServer } from './server.ts';
import { createToken } from './token.ts';

const SOCKET = 'http.sock';

export interface HttpAddress {
  /** What clients of OpenAI call the base URL. */
  readonly url: string;
  readonly tokenFile: string;
}

export interface Http {
  /** What the engines must have to read for it. */
  readonly plugins: readonly Descriptor[];
  /**
   * Answers at a socket of this user until `close`; when `quitting` is aborted, everybody is told so. Rejects with
   * `ERR_CONFIG_INVALID` for a token that is not fit, and with the system's error where no socket can be made.
   */
  open(services: DaemonServices, quitting: AbortSignal): Promise<OpenHttp>;
}

export interface OpenHttp {
  /** Absent on Windows. */
  readonly socket?: string;
  /** Answers at a port of this machine too. Rejects with `ERR_PORT`, and with the system's error when the token cannot be written. */
  openPort(port: number): Promise<HttpAddress>;
  close(): Promise<void>;
}

export function prepareHttp(): Http {
  const reading = createReading();
  return {
    plugins: reading.plugins,
    async open(services, quitting) {
      const folder = runtimeFolder();
      const token = createToken(folder);
      const closing = new AbortController();
      const stopped = { status: 503, headers: { Connection: 'close' } };
      const end = (): void => closing.abort(new Refusal('ERR_DAEMON_LOST', 'The daemon is stopping.', stopped));
      quitting.addEventListener('abort', end, { once: true });
      const { slots, retryAfterSeconds } = standardLimits;
      const server = createHttpServer({
        limits: { ...standardLimits, connections: await affordableConnections(standardLimits.connections) },
        slots: createSlots(slots, retryAfterSeconds),
        runtimeFolder: folder,
        closing: closing.signal,
        token,
        startedAt: services.startedAt,
        isReady: services.isReady,
        profileNames: () => profileNames(services.inForce.base.configuration),
        choose: (request) => choose(request, choicePort(services)),
        read: readerOf(services, reading),
      });
      const socket = process.platform === 'win32' ? undefined : await socketFile(folder, SOCKET);
      if (socket !== undefined) await server.listenAtSocket(socket);
      let found: number | undefined;
      return {
        ...(socket !== undefined && { socket }),
        async openPort(port) {
          found ??= await server.listenAtPort(port);
          // Not before: somebody else may have listened there, who would have been sent the token.
          await token.write();
          return { url: `http://127.0.0.1:${found}/v1`, tokenFile: token.file };
        },
        async close() {
          end();
          await server.close();
          if (socket !== undefined) await removeSocket(socket);
          await token.remove();
        },
      };
    },
  };
}

function choicePort({ engines, inForce }: DaemonServices): ChoicePort {
  return {
    inForce: engines.now.profile,
    names: profileNames(inForce.base.configuration),
    plugins: inForce.base.plugins,
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
