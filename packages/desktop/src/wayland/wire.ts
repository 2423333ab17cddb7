// How a Wayland compositor is spoken to: requests and events as https://wayland.freedesktop.org/docs/html/ch04.html writes them.

import { once } from 'node:events';
import { createConnection } from 'node:net';
import { endianness } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { VoiceInputError } from '@voiceinput/plugin-api';

export type Argument = number | string;

export interface WaylandEvent {
  readonly object: number;
  readonly opcode: number;
  readonly body: Body;
}

/** Reads the arguments of an event, in order. */
export interface Body {
  uint(): number;
  string(): string;
}

export interface WaylandWire {
  /** A number for a new object. */
  newId(): number;
  /** Requests that belong together go out in one write. */
  send(...requests: readonly (readonly [object: number, opcode: number, ...args: readonly Argument[]])[]): void;
  /** Whether the compositor is gone, or this was closed. */
  readonly isOver: boolean;
  close(): void;
}

const isLittle = endianness() === 'LE';
const HEADER_BYTES = 8;
const writeUint = (buffer: Buffer, value: number, at: number): number =>
  isLittle ? buffer.writeUInt32LE(value >>> 0, at) : buffer.writeUInt32BE(value >>> 0, at);
const readUint = (buffer: Buffer, at: number): number => (isLittle ? buffer.readUInt32LE(at) : buffer.readUInt32BE(at));
const padded = (bytes: number): number => Math.ceil(bytes / 4) * 4;

/** Rejects with `ERR_DISPLAY_MISSING` where there is no compositor. */
export async function openWaylandWire(hear: (event: WaylandEvent) => void): Promise<WaylandWire> {
  const socket = createConnection(socketPath());
  try {
    await once(socket, 'connect');
  } catch (cause) {
    throw new VoiceInputError('ERR_DISPLAY_MISSING', 'The Wayland compositor cannot be reached.', { cause });
  }
  let lastId = 1;
  let isOver = false;
  let rest = Buffer.alloc(0);
  socket.unref();
  socket.on('error', () => (isOver = true));
  socket.on('close', () => (isOver = true));
  socket.on('data', (data) => {
    rest = Buffer.concat([rest, data]);
    while (rest.length >= HEADER_BYTES) {
      const word = readUint(rest, 4);
      const bytes = word >>> 16;
      if (bytes < HEADER_BYTES || rest.length < bytes) return;
      hear({ object: readUint(rest, 0), opcode: word & 0xffff, body: bodyOf(rest.subarray(HEADER_BYTES, bytes)) });
      rest = rest.subarray(bytes);
    }
  });
  return {
    newId: () => (lastId += 1),
    send(...requests) {
      if (!isOver)
        socket.write(Buffer.concat(requests.map(([object, opcode, ...args]) => requestOf(object, opcode, args))));
    },
    get isOver() {
      return isOver;
    },
    close() {
      isOver = true;
      socket.destroy();
    },
  };
}

function socketPath(): string {
  const { WAYLAND_DISPLAY: name = '', XDG_RUNTIME_DIR: folder = '' } = process.env;
  if (name !== '' && isAbsolute(name)) return name;
  if (name !== '' && folder !== '') return join(folder, name);
  throw new VoiceInputError('ERR_DISPLAY_MISSING', 'No Wayland compositor was found (WAYLAND_DISPLAY is not set).');
}

function requestOf(object: number, opcode: number, args: readonly Argument[]): Buffer {
  const body = Buffer.concat(args.map((argument) => argumentOf(argument)));
  const header = Buffer.alloc(HEADER_BYTES);
  writeUint(header, object, 0);
  writeUint(header, ((HEADER_BYTES + body.length) << 16) | opcode, 4);
  return Buffer.concat([header, body]);
}

function argumentOf(argument: Argument): Buffer {
  const text = typeof argument === 'string' ? Buffer.from(`${argument}\0`) : Buffer.alloc(0);
  const buffer = Buffer.alloc(4 + padded(text.length));
  writeUint(buffer, typeof argument === 'string' ? text.length : argument, 0);
  text.copy(buffer, 4);
  return buffer;
}

function bodyOf(bytes: Buffer): Body {
  let at = 0;
  const uint = (): number => {
    at += 4;
    return readUint(bytes, at - 4);
  };
  return {
    uint,
    string() {
      const length = uint();
      const text = bytes.subarray(at, at + Math.max(0, length - 1)).toString('utf8');
      at += padded(length);
      return text;
    },
  };
}
