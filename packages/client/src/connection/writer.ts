// How messages are written to a socket: serialised once, and never piled up for a reader that does not read.

import type { Socket } from 'node:net';
import type { Message, MessageWriter } from 'vscode-jsonrpc/node';
import { AbstractMessageWriter } from 'vscode-jsonrpc/node';
import { MOST_FRAME_BYTES } from './frames.ts';

/** One message of the greatest size always fits. */
const MOST_WAITING_BYTES = 2 * MOST_FRAME_BYTES;

/** Calls `tooMuch` when more than 8 MB wait to be read by the other side. */
export class BoundedWriter extends AbstractMessageWriter implements MessageWriter {
  readonly #socket: Socket;
  readonly #tooMuch: () => void;

  constructor(socket: Socket, tooMuch: () => void) {
    super();
    this.#socket = socket;
    this.#tooMuch = tooMuch;
    socket.on('close', () => this.fireClose());
  }

  /** Settles when the system has taken the message. Rejects when the connection ended before. */
  write(message: Message): Promise<void> {
    const body = JSON.stringify(message);
    const frame = `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
    const taken = new Promise<void>((resolve, reject) => {
      this.#socket.write(frame, (error) => (error ? reject(error) : resolve()));
    });
    if (this.#socket.writableLength > MOST_WAITING_BYTES) this.#tooMuch();
    return taken;
  }

  end(): void {}
}
