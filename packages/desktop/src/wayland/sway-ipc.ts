// How the sway that runs is spoken to: https://man.archlinux.org/man/sway-ipc.7

import { createConnection } from 'node:net';
import type { Socket } from 'node:net';
import { endianness } from 'node:os';
import { VoiceInputError } from '@voiceinput/plugin-api';

/** Kinds of messages. */
export const Ask = { runCommand: 0, subscribe: 2, tree: 4, config: 9 } as const;
/** Kinds of events. */
export const Event = { workspace: 0x8000_0000, binding: 0x8000_0005 } as const;

export interface SwayConnection {
  /** What sway answers, as JSON. Rejects with `ERR_DESKTOP` when it does not. */
  ask(kind: number, payload?: string): Promise<unknown>;
  close(): void;
}

export interface SwayPort {
  /** Is told every event that was subscribed to. */
  hear?(kind: number, event: unknown): void;
  /** sway has gone. Not called after `close`. */
  gone?(): void;
}

const MAGIC = Buffer.from('i3-ipc');
const HEADER_BYTES = MAGIC.length + 8;
const ANSWER_MS = 5_000;
const isLittle = endianness() === 'LE';

/** The socket of the sway that runs. Absent where none does, as far as the environment tells. */
export const swaySocket = (): string | undefined => process.env['SWAYSOCK'] || undefined;

/** Rejects with `ERR_DESKTOP` where there is no sway. */
export async function openSwayConnection({ hear, gone }: SwayPort = {}): Promise<SwayConnection> {
  const path = swaySocket();
  if (path === undefined) throw unreachable();
  const socket = await connected(path);
  /** Those who asked, in the order in which sway answers. */
  const waiting: ((answer: unknown) => void)[] = [];
  let isClosed = false;
  let rest = Buffer.alloc(0);

  socket.on('data', (data) => {
    rest = Buffer.concat([rest, data]);
    for (let message = messageIn(rest); message !== undefined; message = messageIn(rest)) {
      rest = rest.subarray(message.bytes);
      if (message.kind >= Event.workspace) hear?.(message.kind, message.body);
      else waiting.shift()?.(message.body);
    }
  });
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    for (const take of waiting.splice(0)) take(unreachable());
    if (!isClosed) gone?.();
  });

  return {
    async ask(kind, payload = '') {
      const answer = await new Promise<unknown>((resolve) => {
        const timer = setTimeout(() => resolve(unreachable()), ANSWER_MS).unref();
        waiting.push((body) => {
          clearTimeout(timer);
          resolve(body);
        });
        socket.write(requestOf(kind, payload), (error) => error && resolve(unreachable(error)));
      });
      if (answer instanceof VoiceInputError) throw answer;
      return answer;
    },
    close() {
      isClosed = true;
      socket.destroy();
    },
  };
}

/** One question, and sway's answer. */
export async function askSway(kind: number, payload = ''): Promise<unknown> {
  const sway = await openSwayConnection();
  try {
    return await sway.ask(kind, payload);
  } finally {
    sway.close();
  }
}

function connected(path: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(path);
    const fail = (cause: Error): void => reject(unreachable(cause));
    socket.once('error', fail);
    socket.once('connect', () => {
      socket.off('error', fail);
      resolve(socket);
    });
  });
}

function requestOf(kind: number, payload: string): Buffer {
  const body = Buffer.from(payload);
  const sizes = Buffer.alloc(8);
  for (const [index, value] of [body.length, kind].entries())
    if (isLittle) sizes.writeUInt32LE(value, index * 4);
    else sizes.writeUInt32BE(value, index * 4);
  return Buffer.concat([MAGIC, sizes, body]);
}

/** The first whole message. Absent while it is not all there. */
function messageIn(
  buffer: Buffer,
): { readonly kind: number; readonly body: unknown; readonly bytes: number } | undefined {
  if (buffer.length < HEADER_BYTES) return undefined;
  const [length, kind] = [0, 4].map((at) =>
    isLittle ? buffer.readUInt32LE(MAGIC.length + at) : buffer.readUInt32BE(MAGIC.length + at),
  ) as [number, number];
  const bytes = HEADER_BYTES + length;
  if (buffer.length < bytes) return undefined;
  return { kind, body: JSON.parse(buffer.subarray(HEADER_BYTES, bytes).toString()), bytes };
}

function unreachable(cause?: unknown): VoiceInputError {
  return new VoiceInputError('ERR_DESKTOP', 'sway cannot be reached: it gave no answer.', {
    cause,
    hint: 'Run this in a terminal under sway.',
  });
}
