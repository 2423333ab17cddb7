// What is known of the connection to the daemon.

import type { Client } from '@voiceinput/client';

export interface Link {
  /** Absent while there is no connection. */
  client: Client | undefined;
  /** The user ended the daemon: that it goes is no news. */
  isAskedToQuit: boolean;
}
