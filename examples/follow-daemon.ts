// How a program shows what the daemon does, for as long as it runs: node --import jiti/register follow-daemon.ts

import { emptyView, follow, startDaemon, viewAfter, viewOfStatus } from '@voiceinput/client';

const ending = new AbortController();
process.once('SIGTERM', () => ending.abort()).once('SIGINT', () => ending.abort());
(await startDaemon({ client: 'an example' }, ending.signal)).close();

// #region follow
let view = emptyView;
const show = (): void => {
  process.stdout.write(`${view.connected ? view.phase : 'away'} ${view.refined || view.partial}\n`);
};
await follow(
  {
    client: 'an example',
    text: true,
    connected(_client, status) {
      view = viewOfStatus(status, view);
      show();
    },
    lost() {
      view = { ...view, connected: false };
      show();
    },
    heard(event) {
      const before = view;
      view = viewAfter(view, event);
      if (view.phase !== before.phase || view.refined !== before.refined) show();
    },
  },
  ending.signal,
);
// #endregion
