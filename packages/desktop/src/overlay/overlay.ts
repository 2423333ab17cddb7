// How a picture lies over all windows: it never takes the focus, and clicks go through it.

import { VoiceInputError } from '@voiceinput/plugin-api';
import x11 from 'x11';
import type { Shape } from 'x11';
import { ask, openConnection } from '../connection.ts';
import type { Connection } from '../connection.ts';
import { property } from '../windows.ts';
import { placeFor } from './place.ts';
import type { Picture } from './picture.ts';
import { bands, opaqueRows, premultiplied } from './pixels.ts';
import { scaleFrom } from './scale.ts';

export interface Overlay {
  /** How many pixels of the display stand for one of a display with 96 dpi. */
  readonly scale: number;
  /** Shows `picture` at the bottom of the monitor where the user works. Rejects when the display is gone. */
  show(picture: Picture): Promise<void>;
  hide(): void;
  /** Settles when the display is gone; never after `close`. */
  readonly lost: Promise<VoiceInputError>;
  close(): Promise<void>;
}

const DEPTH_BITS = 32;
const TRUE_COLOR = 4;
const INPUT_OUTPUT = 1;
const Z_PIXMAP = 2;
const REPLACE = 0;
const ATOM_TYPE = 4;

/** Rejects with `ERR_DISPLAY_MISSING`; with `ERR_DESKTOP` on a display without transparent windows or shapes. */
export async function openOverlay(signal: AbortSignal): Promise<Overlay> {
  const connection = await openConnection(signal);
  try {
    return await overlayOn(connection);
  } catch (error) {
    await connection.close();
    throw error;
  }
}

async function overlayOn(connection: Connection): Promise<Overlay> {
  const { client } = connection;
  const shape = await ask<Shape>((answer) => client.require('shape', answer)).catch((error: unknown) =>
    Promise.reject(new VoiceInputError('ERR_DESKTOP', 'The display cannot shape windows.', { cause: error })),
  );
  const scale = await scaleOf(connection);
  const windowId = createWindow(connection);
  const context = client.AllocID();
  client.CreateGC(context, windowId, {});
  await nameKind(connection, windowId);
  // An empty input region: whatever is clicked is what lies below.
  shape.Rectangles(shape.Op.Set, shape.Kind.Input, windowId, 0, 0, []);
  let shown: Picture | undefined;
  let isMapped = false;

  function paint({ widthPx, heightPx, rgba }: Picture): void {
    for (const { yPx, rowsPx, pixels } of bands(premultiplied(rgba), widthPx, heightPx))
      client.PutImage(Z_PIXMAP, windowId, context, widthPx, rowsPx, 0, yPx, 0, DEPTH_BITS, pixels);
    void client.flush();
  }
  client.on('event', ({ name, wid }: { readonly name: string; readonly wid?: number }) => {
    if (name === 'Expose' && wid === windowId && shown !== undefined) paint(shown);
  });

  return {
    scale,
    async show(picture) {
      const { widthPx: width, heightPx: height } = picture;
      const sizeChanged = shown?.widthPx !== width || shown.heightPx !== height;
      if (!isMapped || sizeChanged) {
        const { x, y } = await connection.whileThere(() => placeFor({ width, height, scale }, connection));
        client.ConfigureWindow(windowId, { x, y, width, height });
        // Without a compositor everything of a window is opaque: its corners are cut off instead.
        const isBlended = await connection.whileThere(() => isComposited(connection));
        const rows = isBlended ? [[0, 0, width, height] as const] : opaqueRows(picture);
        shape.Rectangles(shape.Op.Set, shape.Kind.Bounding, windowId, 0, 0, rows);
      }
      shown = picture;
      client.RaiseWindow(windowId);
      client.MapWindow(windowId);
      isMapped = true;
      paint(picture);
    },
    hide() {
      if (!isMapped) return;
      isMapped = false;
      client.UnmapWindow(windowId);
      void client.flush();
    },
    lost: connection.lost,
    close: () => connection.close(),
  };
}

/** Desktops tell their programs the scale in a resource of the root window, or in their environment. */
async function scaleOf(connection: Connection): Promise<number> {
  const resources = await property(connection, connection.root, 'RESOURCE_MANAGER');
  return scaleFrom(resources.toString('latin1'), process.env['GDK_SCALE']);
}

function createWindow({ client, root, screen }: Connection): number {
  const visual = Object.entries(screen.depths[DEPTH_BITS] ?? {}).find(([, kind]) => kind.class === TRUE_COLOR)?.[0];
  if (visual === undefined) throw new VoiceInputError('ERR_DESKTOP', 'The display has no transparent windows.');
  const colormap = client.AllocID();
  client.CreateColormap(colormap, root, Number(visual), 0);
  const windowId = client.AllocID();
  client.CreateWindow(windowId, root, 0, 0, 1, 1, 0, DEPTH_BITS, INPUT_OUTPUT, Number(visual), {
    backgroundPixel: 0,
    borderPixel: 0,
    colormap,
    overrideRedirect: 1,
    eventMask: x11.eventMask.Exposure,
  });
  return windowId;
}

/** Compositors draw no shadow around a notification and do not count it as a window (EWMH, _NET_WM_WINDOW_TYPE). */
async function nameKind({ client, atom }: Connection, windowId: number): Promise<void> {
  const value = Buffer.alloc(4);
  value.writeUInt32LE(await atom('_NET_WM_WINDOW_TYPE_NOTIFICATION'));
  client.ChangeProperty(REPLACE, windowId, await atom('_NET_WM_WINDOW_TYPE'), ATOM_TYPE, 32, value);
}

/** A compositor owns this selection (EWMH, _NET_WM_CM_Sn). */
async function isComposited({ client, atom }: Connection): Promise<boolean> {
  const selection = await atom('_NET_WM_CM_S0');
  return (await ask<number>((answer) => client.GetSelectionOwner(selection, answer))) !== 0;
}
