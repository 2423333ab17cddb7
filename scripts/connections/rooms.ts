// Which rooms may open a connection, to whom and why. The lint refuses every other one, and docs/PRIVACY.md is written from it.

export interface ConnectingRoom {
  /** A folder or a file, from the root. */
  readonly place: string;
  /** Modules that it may import for that, and the global `fetch` where it uses that. */
  readonly modules: readonly string[];
  /** How far it reaches: to programs of this machine only, or beyond. */
  readonly reaches: 'this machine' | 'the network';
  readonly does: string;
  /** What makes it do so. */
  readonly when: string;
}

export const connectingRooms: readonly ConnectingRoom[] = [
  {
    place: 'packages/models/src/fetch',
    modules: ['make-fetch-happen', 'npm-registry-fetch'],
    reaches: 'the network',
    does: 'fetches models from the addresses above, through your npm configuration’s proxy and certificates',
    when: 'a model is needed that is not in the cache, or `voiceinput models pull`',
  },
  {
    place: 'apps/cli/src/http',
    modules: ['node:http', '@hono/node-server'],
    reaches: 'this machine',
    does: 'listens at 127.0.0.1, ::1 and a socket file of yours for the [HTTP API](HTTP.md); connects to nobody',
    when: '`voiceinput serve --http`',
  },
  {
    place: 'apps/cli/src/settings-page/door.ts',
    modules: ['node:http', '@hono/node-server'],
    reaches: 'this machine',
    does: 'listens at a port of 127.0.0.1 for the one browser that it lets in, until the page is closed; connects to nobody',
    when: '`voiceinput settings`',
  },
  {
    place: 'apps/cli/src/settings-page/page/ask.ts',
    modules: ['fetch'],
    reaches: 'this machine',
    does: 'asks, in the browser, the settings page’s own listener; the page’s policy forbids the browser every other address',
    when: '`voiceinput settings`',
  },
  {
    place: 'apps/cli/src/serve/answer/listen.ts',
    modules: ['node:net'],
    reaches: 'this machine',
    does: 'listens at the daemon’s socket file, and asks there whether another daemon runs',
    when: '`voiceinput serve`',
  },
  {
    place: 'packages/client/src/discovery/own-socket.ts',
    modules: ['node:net'],
    reaches: 'this machine',
    does: 'connects to the daemon’s socket file',
    when: 'a command, the tray or the launcher asks the daemon',
  },
  {
    place: 'apps/tray/src/alone.ts',
    modules: ['node:net'],
    reaches: 'this machine',
    does: 'listens at a socket file, so that a user has one tray',
    when: '`voiceinput tray`',
  },
  {
    place: 'plugins/source-file/src/input.ts',
    modules: ['node:net'],
    reaches: 'this machine',
    does: 'reads standard input where that is a pipe or a socket; opens none',
    when: '`voiceinput transcribe -`',
  },
  {
    place: 'packages/desktop/src',
    modules: ['@particle/dbus-next', 'x11'],
    reaches: 'this machine',
    does: 'connects to your display and your session’s D-Bus, where `DISPLAY` and `DBUS_SESSION_BUS_ADDRESS` say they are',
    when: 'keys, clipboard, windows or icons are needed',
  },
  {
    place: 'packages/desktop/src/input-method/engine/socket.ts',
    modules: ['node:net'],
    reaches: 'this machine',
    does: 'uses a connection to ibus that was made before Node began, for Node 20 cannot make it',
    when: 'ibus runs and a dictation may go to a window that only it reaches',
  },
  {
    place: 'packages/desktop/src/wayland/wire.ts',
    modules: ['node:net'],
    reaches: 'this machine',
    does: 'connects to your Wayland compositor, where `WAYLAND_DISPLAY` says it is, as an input method',
    when: 'dictations are written on Wayland',
  },
  {
    place: 'packages/desktop/src/wayland/sway-ipc.ts',
    modules: ['node:net'],
    reaches: 'this machine',
    does: 'asks sway, where `SWAYSOCK` says it is, which window has the focus and which of your keys was pressed that is bound to VoiceInput',
    when: 'sway runs',
  },
];
