// Whether a daemon that never got its port still ends.

import { VoiceInputError } from '@voiceinput/plugin-api';
import { expect, test } from 'vitest';
import { openHttp } from '../../../src/serve/open/http.ts';
import { createTroubles } from '../../../src/serve/open/troubles.ts';

test('closing does not wait for a port that stays taken, though nothing else ends the daemon', async () => {
  const told: string[] = [];
  const http = {
    openPort: () => Promise.reject(new VoiceInputError('ERR_PORT', 'Port 7345 is in use.')),
    close: async () => void told.push('closed'),
  };
  const troubles = createTroubles({ warn: ({ code }) => told.push(code), changed: () => undefined });
  const close = await openHttp({ http, port: 7345, troubles, opened: () => told.push('opened') });
  await close();
  expect(told).toEqual(['ERR_PORT', 'closed']);
});
