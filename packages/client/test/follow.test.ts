import { getEventListeners } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VoiceInputError } from '@voiceinput/plugin-api';
import {
  connect,
  findDaemon,
  follow,
  methods,
  openConnection,
  openSettingsPage,
  startDaemon,
  writeDaemonInfo,
} from '@voiceinput/client';
import type { Connection } from '@voiceinput/client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { idle } from './idle.ts';

/** Just as much of a daemon as following needs: numbered events that are kept. */
interface SmallDaemon {
  /** How many clients have introduced themselves. */
  readonly hellos: number;
  tell(count: number): void;
  /** Ends the connections and listens on. */
  hangUp(): void;
  close(): Promise<void>;
}

interface Trouble {
  /** So many clients are hung up on before they are answered, as by a daemon that ends. */
  hangsUpOn?: number;
  /** Its status is not what a client of this version expects. */
  readonly strange?: boolean;
  /** Who introduces himself is answered after that. */
  readonly pause?: Promise<void>;
}

let folder: string;
const open: SmallDaemon[] = [];
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'voiceinput-follow-')), 'run');
});
afterEach(async () => {
  for (const daemon of open.splice(0)) await daemon.close();
  await rm(join(folder, '..'), { recursive: true });
});

async function smallDaemon(startedAt: string, trouble: Trouble = {}): Promise<SmallDaemon> {
  const { socket: path, token } = await writeDaemonInfo(folder, [process.execPath, '-e', '']);
  const connections = new Set<Connection>();
  const watching = new Map<Connection, number>();
  let seq = 0;
  let hellos = 0;
  const pushTo = (connection: Connection): void => {
    for (let next = watching.get(connection)! + 1; next <= seq; next += 1)
      connection.notify('event', { seq: next, at: '', type: 'test', startedAt });
    watching.set(connection, seq);
  };
  const server: Server = createServer((socket) => {
    if ((trouble.hangsUpOn ?? 0) > 0) {
      trouble.hangsUpOn! -= 1;
      return void socket.destroy();
    }
    const connection = openConnection(socket);
    connections.add(connection);
    void connection.ended.then(() => watching.delete(connection));
    connection.onRequest('hello', methods.hello.params, async (hello) => {
      expect(hello.token).toBe(token);
      hellos += 1;
      await trouble.pause;
      return { version: '0.1.0', pid: 1 };
    });
    connection.onRequest('status', methods.status.params, async () =>
      trouble.strange === true ? {} : { ...idle, startedAt, seq },
    );
    connection.onRequest('watch', methods.watch.params, async ({ after = seq }) => {
      watching.set(connection, after);
      setImmediate(() => pushTo(connection));
      return { seq };
    });
    connection.begin();
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  const hangUp = (): void => {
    for (const connection of connections) connection.close();
    connections.clear();
  };
  const daemon = {
    get hellos() {
      return hellos;
    },
    tell(count: number) {
      seq += count;
      for (const connection of watching.keys()) pushTo(connection);
    },
    hangUp,
    async close() {
      hangUp();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  open.push(daemon);
  return daemon;
}

/** All that a follower hears, as short words. */
function followed() {
  const told: string[] = [];
  const ending = new AbortController();
  const over = follow(
    {
      client: 'a test',
      folder,
      connected: (_client, { startedAt }, anew) => told.push(`${anew ? 'new' : 'same'} ${startedAt}`),
      lost: (reason) => told.push(reason === undefined || reason.code === 'ERR_DAEMON_LOST' ? 'lost' : reason.code),
      heard: ({ seq, startedAt }) => told.push(`${String(startedAt)}${seq}`),
    },
    ending.signal,
  );
  return {
    told,
    async end() {
      ending.abort();
      await over;
    },
  };
}

describe.skipIf(process.platform === 'win32')('following the daemon', () => {
  test('hears each event once, also those that came while the connection was lost', async () => {
    const daemon = await smallDaemon('a');
    daemon.tell(3);
    const { told, end } = followed();
    await expect.poll(() => told).toEqual(['new a']);
    daemon.tell(2);
    await expect.poll(() => told).toEqual(['new a', 'a4', 'a5']);
    daemon.hangUp();
    daemon.tell(2);
    await expect.poll(() => told).toEqual(['new a', 'a4', 'a5', 'lost', 'same a', 'a6', 'a7']);
    await end();
  });

  test('begins anew with another daemon, whose numbers are its own', async () => {
    const first = await smallDaemon('a');
    const { told, end } = followed();
    first.tell(1);
    await expect.poll(() => told.includes('new a')).toBe(true);
    first.tell(1);
    await expect.poll(() => told.at(-1)).toMatch(/^a/);
    open.splice(0);
    await first.close();
    await expect.poll(() => told.at(-1)).toBe('lost');
    const second = await smallDaemon('b');
    await expect.poll(() => told.at(-1)).toBe('new b');
    second.tell(1);
    await expect.poll(() => told.at(-1)).toBe('b1');
    await end();
  });

  test('goes on when it comes just as the daemon ends', async () => {
    await smallDaemon('a', { hangsUpOn: 2 });
    const { told, end } = followed();
    await expect.poll(() => told).toEqual(['lost', 'new a']);
    await end();
  });

  test('says why it does not get on with a daemon, and does not besiege it', async () => {
    await smallDaemon('a', { strange: true });
    const begunAtMs = performance.now();
    const { told, end } = followed();
    await expect.poll(() => told.length).toBeGreaterThanOrEqual(3);
    expect(performance.now() - begunAtMs).toBeGreaterThan(900);
    expect(new Set(told)).toEqual(new Set(['ERR_REQUEST_INVALID']));
    await end();
  });

  test.for(['too late', 'never'])('ends with a daemon that answers %s', async (when) => {
    let answer = (): void => undefined;
    const daemon = await smallDaemon('a', { pause: new Promise((resolve) => (answer = resolve)) });
    const { told, end } = followed();
    await expect.poll(() => daemon.hellos).toBe(1);
    const ended = end();
    if (when === 'too late') answer();
    await ended;
    expect(told).toEqual([]);
  });

  test('waits for one that is not there yet', async () => {
    const { told, end } = followed();
    await expect.poll(() => told).toEqual(['lost']);
    await smallDaemon('late');
    await expect.poll(() => told).toEqual(['lost', 'new late']);
    await end();
  });
});

describe.skipIf(process.platform === 'win32')('connecting', () => {
  /** Lets in who has `token`; the first who asks comes while the discovery file is changed. */
  async function listenAt(path: string, token: () => string, asked: () => Promise<void>): Promise<Server> {
    const server = createServer((socket) => {
      const connection = openConnection(socket);
      connection.onRequest('hello', methods.hello.params, async (hello) => {
        await asked();
        if (hello.token !== token()) throw new VoiceInputError('ERR_DAEMON_REFUSED', 'Another token.');
        return { version: '0.1.0', pid: 1 };
      });
      connection.begin();
    });
    await new Promise<void>((resolve) => server.listen(path, resolve));
    return server;
  }
  const client = 'a test';

  test('tries the discovery file that another daemon wrote while the old one was used', async () => {
    const { socket: path } = await writeDaemonInfo(folder, []);
    let token = '';
    let hellos = 0;
    const server = await listenAt(
      path,
      () => token,
      async () => {
        hellos += 1;
        if (hellos === 1) ({ token } = await writeDaemonInfo(folder, []));
      },
    );
    const connected = await connect({ client, folder }, new AbortController().signal);
    expect(hellos).toBe(2);
    connected.close();
    server.close();
  });

  test('does not try the same discovery file twice', async () => {
    const { socket: path } = await writeDaemonInfo(folder, []);
    let hellos = 0;
    const server = await listenAt(
      path,
      () => 'never',
      async () => void (hellos += 1),
    );
    const refused = connect({ client, folder }, new AbortController().signal);
    await expect(refused).rejects.toEqual(expect.objectContaining({ code: 'ERR_DAEMON_REFUSED' }));
    expect(hellos).toBe(1);
    server.close();
  });
});

describe.skipIf(process.platform === 'win32')('starting the daemon', () => {
  const never = new AbortController().signal;

  test('takes the one that runs', async () => {
    await smallDaemon('a');
    const client = await startDaemon({ client: 'a test', folder, executable: [join(folder, 'no-program')] }, never);
    expect((await client.call('status', {})).startedAt).toBe('a');
    client.close();
  });

  test('takes the one that was faster', async () => {
    const late = [process.execPath, '-e', 'console.error("error: another [ERR_DAEMON_RUNNING]"); process.exit(9)'];
    const starting = startDaemon({ client: 'a test', folder, executable: late }, never);
    await new Promise((resolve) => setTimeout(resolve, 500));
    await smallDaemon('fast');
    const client = await starting;
    expect((await client.call('status', {})).startedAt).toBe('fast');
    client.close();
  });

  test('waits for one that its program told another one to start', async () => {
    const telling = [process.execPath, '-e', 'console.log("told")'];
    const starting = startDaemon({ client: 'a test', folder, executable: telling }, never);
    await expect.poll(() => readFileSync(join(folder, 'daemon.log'), 'utf8')).toContain('told');
    await smallDaemon('told');
    const client = await starting;
    expect((await client.call('status', {})).startedAt).toBe('told');
    client.close();
  });

  test('tells the last words of one that does not start', async () => {
    const dying = [process.execPath, '-e', 'console.error("no models here"); process.exit(3)'];
    const starting = startDaemon({ client: 'a test', folder, executable: dying }, never);
    await expect(starting).rejects.toThrow(/no models here/);
    // Whoever looks later finds them too, and nobody else does.
    expect(readFileSync(join(folder, 'daemon.log'), 'utf8')).toContain('no models here');
    expect(statSync(join(folder, 'daemon.log')).mode & 0o077).toBe(0);
  });

  test('does not wait for one that ended for another reason of the same exit code', async () => {
    const dying = [process.execPath, '-e', 'console.error("error: taken [ERR_PORT]"); process.exit(9)'];
    const starting = startDaemon({ client: 'a test', folder, executable: dying }, never);
    await expect(starting).rejects.toThrow(/taken/);
  });

  test('ends on abort with the reason of the signal', async () => {
    const calling = new AbortController();
    const sleeping = [process.execPath, '-e', 'setTimeout(() => undefined, 5000)'];
    const starting = startDaemon({ client: 'a test', folder, executable: sleeping }, calling.signal);
    const reason = new Error('enough');
    setTimeout(() => calling.abort(reason), 100);
    await expect(starting).rejects.toBe(reason);
  });

  test('says so when its program is not there, and when nobody knows one', async () => {
    const nowhere = startDaemon({ client: 'a test', folder, executable: [join(folder, 'no-program')] }, never);
    await expect(nowhere).rejects.toThrow(/ENOENT/);
    const unknown = startDaemon({ client: 'a test', folder }, never);
    await expect(unknown).rejects.toEqual(expect.objectContaining({ code: 'ERR_DAEMON_MISSING' }));
    expect(await findDaemon({ client: 'a test', folder }, never)).toBeUndefined();
  });
});

describe.skipIf(process.platform === 'win32')('opening the settings page', () => {
  const never = new AbortController().signal;

  test('runs the program that starts the daemon, and waits until the page is there', async () => {
    const told = join(folder, '..', 'told');
    const program = `require('node:fs').writeFileSync(${JSON.stringify(told)}, process.argv.slice(1).join(' ')); console.log('{}')`;
    const { signal } = new AbortController();
    await openSettingsPage({ folder, executable: [process.execPath, '-e', program, '--', 'serve', '--http'] }, signal);
    expect(readFileSync(told, 'utf8')).toBe('settings --json');
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  test('tells the last words of one that does not open it, and that nobody knows one', async () => {
    const dying = [process.execPath, '-e', 'console.error("no port is free"); process.exit(9)', '--', 'serve'];
    await expect(openSettingsPage({ folder, executable: dying }, never)).rejects.toThrow(
      /not opened\. no port is free/,
    );
    await expect(openSettingsPage({ folder }, never)).rejects.toMatchObject({ code: 'ERR_DAEMON_MISSING' });
  });
});
