// Where an overlay lies: in the middle of the lower edge of the monitor where the user works.

import type { PointerPlace, Rectangle, Xinerama } from 'x11';
import { ask } from '../connection.ts';
import type { Connection } from '../connection.ts';
import { activeWindow } from '../windows.ts';

const FROM_EDGE_PX = 72;

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where the upper left corner comes, in pixels of the display. */
export async function placeFor(
  { width, height, scale }: { readonly width: number; readonly height: number; readonly scale: number },
  connection: Connection,
): Promise<Point> {
  const [monitors, point] = await Promise.all([monitorsOf(connection), workPlace(connection)]);
  const monitor = monitors.find((candidate) => isIn(point, candidate)) ?? monitors[0]!;
  return {
    x: Math.round(monitor.x + (monitor.width - width) / 2),
    y: Math.round(monitor.y + monitor.height - height - FROM_EDGE_PX * scale),
  };
}

async function monitorsOf({ client, screen }: Connection): Promise<readonly Rectangle[]> {
  const whole = [{ x: 0, y: 0, width: screen.pixel_width, height: screen.pixel_height }];
  try {
    const xinerama = await ask<Xinerama>((answer) => client.require('xinerama', answer));
    const monitors = await ask<readonly Rectangle[]>((answer) => xinerama.QueryScreens(answer));
    return monitors.length > 0 ? monitors : whole;
  } catch {
    // Without the extension the display is one monitor.
    return whole;
  }
}

/** The middle of the window that has the focus, else the pointer. */
async function workPlace(connection: Connection): Promise<Point> {
  const { client, root } = connection;
  const active = await activeWindow(connection);
  try {
    if (active !== undefined) {
      const { windowId } = active;
      const { width, height } = await ask<{ width: number; height: number }>((answer) =>
        client.GetGeometry(windowId, answer),
      );
      const { destX, destY } = await ask<{ destX: number; destY: number }>((answer) =>
        client.TranslateCoordinates(windowId, root, Math.floor(width / 2), Math.floor(height / 2), answer),
      );
      return { x: destX, y: destY };
    }
  } catch {
    // The window was closed meanwhile.
  }
  const { rootX, rootY } = await ask<PointerPlace>((answer) => client.QueryPointer(root, answer));
  return { x: rootX, y: rootY };
}

function isIn({ x, y }: Point, area: Rectangle): boolean {
  return x >= area.x && x < area.x + area.width && y >= area.y && y < area.y + area.height;
}
