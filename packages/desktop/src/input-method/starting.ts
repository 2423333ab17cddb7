// How the engine's process is started, so that it has a connection to ibus whatever its Node can do.

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { CONNECTED } from './engine/socket.ts';

/** Node from 22 on connects to abstract sockets. */
const KNOWS_ABSTRACT = 22;

/** Connects to an abstract socket, then becomes the program that follows, which inherits the connection. */
const PERL = `
use Socket;
$^F = 255;
my $name = shift @ARGV;
socket(my $s, PF_UNIX, SOCK_STREAM, 0) or die "socket: $!";
connect($s, pack("S a*", AF_UNIX, "\\0" . $name)) or die "connect: $!";
$ENV{${CONNECTED}} = fileno($s);
exec { $ARGV[0] } @ARGV;`;
const PYTHON = `
import os, socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
s.connect("\\0" + sys.argv[1])
s.set_inheritable(True)
os.environ["${CONNECTED}"] = str(s.fileno())
os.execv(sys.argv[2], sys.argv[2:])`;
const CONNECTORS: readonly (readonly [string, ...string[]])[] = [
  ['perl', '-e', PERL],
  ['python3', '-c', PYTHON],
];

/** No more memory than it needs: it holds a few lines of text. */
const NODE_OPTIONS = [
  '--max-semi-space-size=1',
  '--max-old-space-size=32',
  '--optimize-for-size',
  '--no-opt',
  '--v8-pool-size=0',
];

/** Rejects when nothing here can start it. The process is the caller's. */
export async function startEngine(address: string): Promise<ChildProcess> {
  const script = fileURLToPath(import.meta.resolve('#ibus-engine'));
  const command = [process.execPath, ...NODE_OPTIONS, script, address] as const;
  const name = /^unix:abstract=(?<name>[^,;]+)/.exec(address)?.groups?.['name'];
  const isDirect = name === undefined || Number(process.versions.node.split('.')[0]) >= KNOWS_ABSTRACT;
  const ways = isDirect ? [command] : CONNECTORS.map((connector) => [...connector, decoded(name), ...command]);
  let failure: unknown;
  for (const [program, ...args] of ways) {
    const child = spawn(program!, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    try {
      await new Promise<void>((resolve, reject) => {
        child.once('spawn', resolve);
        child.once('error', reject);
      });
      return child;
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

/** D-Bus addresses escape bytes with %. */
const decoded = (value: string): string => decodeURIComponent(value);
