// How contents are handed over that are too large for one message: piece by piece, as the reader takes them (ICCCM 2.7.2).

import type { XEvent } from 'x11';
import x11 from 'x11';
import type { Connection } from '../connection.ts';
import type { Content } from './contents.ts';

/** Every server takes messages of 256 KiB. */
const PIECE_BYTES = 200_000;
/** Whoever does not take a piece for so long has gone. */
const PATIENCE_MS = 5_000;
/** PropertyNotify: the reader has taken the piece by deleting it. */
const DELETED = 1;

export const isLarge = ({ data }: Content): boolean => data.length > PIECE_BYTES;

/** Puts the promise of pieces into the reader's property; the pieces follow. */
export async function handOver(
  { client, atom }: Connection,
  { data, type, units }: Content,
  { requestor, property }: Pick<XEvent, 'requestor' | 'property'>,
): Promise<void> {
  const incr = await atom('INCR');
  const length = Buffer.alloc(4);
  length.writeUInt32LE(data.length);
  let position = 0;
  let patience: NodeJS.Timeout | undefined;

  function end(): void {
    clearTimeout(patience);
    client.off('event', hear);
  }

  function hear(event: XEvent): void {
    const isTaken = event.name === 'PropertyNotify' && event.state === DELETED && event.atom === property;
    if (!isTaken || (event.window ?? event.wid) !== requestor) return;
    const piece = data.subarray(position, position + PIECE_BYTES);
    position += piece.length;
    client.ChangeProperty(0, requestor, property, type, units, piece);
    void client.flush();
    clearTimeout(patience);
    // An empty piece is the end.
    if (piece.length === 0) end();
    else patience = setTimeout(end, PATIENCE_MS);
  }

  client.on('event', hear);
  patience = setTimeout(end, PATIENCE_MS);
  client.ChangeWindowAttributes(requestor, { eventMask: x11.eventMask.PropertyChange });
  client.ChangeProperty(0, requestor, property, incr, 32, length);
}
