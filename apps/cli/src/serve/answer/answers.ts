// Everything that a client can ask, each group of answers over what it needs.

import type { Connection, Status } from '@voiceinput/client';
import type { Core } from '../open/core.ts';
import { createChoose } from './choose.ts';
import { answerRequests } from './handlers.ts';
import { historyHandlers } from './history.ts';
import { machineHandlers } from './machine.ts';
import { recordingHandlers } from './recording.ts';
import { settingsHandlers } from './settings.ts';
import { createStatus, lifeHandlers } from './status.ts';
import type { StatusPort } from './status.ts';

export interface AnswersPort
  extends Core, Pick<StatusPort, 'version' | 'startedAt' | 'isReady' | 'http' | 'httpSocket' | 'troubles'> {
  key(): Status['key'];
  /** Puts a text on the clipboard. */
  copy(text: string): Promise<void>;
  /** Called when later dictations listen to another source. */
  sourceChanged(): void;
  quit(): void;
}

/** What lets a known client ask. */
export function createAnswers(port: AnswersPort): (connection: Connection) => void {
  const { engines, inForce, remoteSinks } = port;
  const choose = createChoose({ inForce, profile: () => engines.now.profile });
  const status = createStatus(port);
  const handlers = {
    ...lifeHandlers({ ...port, status }),
    ...recordingHandlers({ ...port, choose, settings: inForce.dictation }),
    ...settingsHandlers({ ...port, choose, status }),
    ...historyHandlers(port),
    ...machineHandlers(port),
  };
  return (connection) => {
    answerRequests(connection, handlers);
    remoteSinks.serve(connection, () => engines.now.engine);
  };
}
