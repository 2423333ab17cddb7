// How ibus-daemon's socket is reached: Node 20 cannot connect to an abstract one, so whoever started us may have.

import net from 'node:net';

/** The descriptor of a connection that was made before this program began. */
export const CONNECTED = 'VOICEINPUT_IBUS_SOCKET';

/** Calls `connect`, with the connection that is there already, if there is one, in place of the next that Node makes. */
export function withSocket<T>(connect: () => T): T {
  const descriptor = process.env[CONNECTED];
  if (descriptor === undefined) return connect();
  const original = net.createConnection;
  const socket = new net.Socket({ fd: Number(descriptor), readable: true, writable: true });
  // The D-Bus library makes its connection itself, by an address; it has no other door.
  net.createConnection = () => socket;
  try {
    return connect();
  } finally {
    net.createConnection = original;
    setImmediate(() => socket.emit('connect'));
  }
}
