// What GNOME's shell is asked: of its windows, and of what is copied. It answers to scripts in its unsafe mode only.

import { Message } from '@particle/dbus-next';
import type { MessageBus } from '@particle/dbus-next';

export interface GnomeWindow {
  readonly id: number;
  readonly pid: number;
  /** Its `app_id`, or the class of an X11 window. */
  readonly name: string;
  readonly title: string;
  readonly isFocused: boolean;
  /** Pixels of the screen. */
  readonly rect: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

export interface GnomeShell {
  windows(): Promise<readonly GnomeWindow[]>;
  activate(windowId: number): Promise<void>;
  /** Closes the overview, which would have the keys. */
  leaveOverview(): Promise<void>;
  copied(): Promise<string>;
  copy(text: string): Promise<void>;
  /** Writes a picture of the screen, a PNG. */
  look(path: string): Promise<void>;
}

const NAME = 'org.gnome.Shell';
const WINDOWS = 'global.get_window_actors().map((actor) => actor.meta_window)';
const CLIPBOARD = 'imports.gi.St.Clipboard.get_default()';
const KIND = 'imports.gi.St.ClipboardType.CLIPBOARD';

/** Asks the shell that is on `bus`. */
export function shellOn(bus: MessageBus): GnomeShell {
  const call = async (where: { path: string; interface: string; member: string }, signature: string, body: unknown[]) =>
    (await bus.call(new Message({ destination: NAME, ...where, signature, body })))?.body;

  async function run(script: string): Promise<unknown> {
    const [done, told] = (await call({ path: '/org/gnome/Shell', interface: NAME, member: 'Eval' }, 's', [script])) as [
      boolean,
      string,
    ];
    if (!done) throw new Error(`The shell does not do ${script}: ${told}`);
    return told === '' ? undefined : JSON.parse(told);
  }

  return {
    windows: async () =>
      (await run(`${WINDOWS}.map((window) => {
        const { x, y, width, height } = window.get_frame_rect();
        return { id: window.get_stable_sequence(), pid: window.get_pid(), title: window.get_title() ?? '',
          name: window.get_wm_class() ?? '', rect: { x, y, width, height },
          isFocused: global.display.focus_window === window };
      })`)) as GnomeWindow[],
    activate: async (id) =>
      void (await run(`${WINDOWS}.find((window) => window.get_stable_sequence() === ${id})
        .activate(global.get_current_time())`)),
    leaveOverview: async () => void (await run('Main.overview.hide()')),
    async copied() {
      await run(
        `global.copied = undefined; ${CLIPBOARD}.get_text(${KIND}, (_, text) => { global.copied = text ?? ''; })`,
      );
      for (;;) {
        const text = await run('global.copied');
        if (typeof text === 'string') return text;
      }
    },
    copy: async (text) => void (await run(`${CLIPBOARD}.set_text(${KIND}, ${JSON.stringify(text)})`)),
    look: async (path) =>
      void (await call(
        { path: '/org/gnome/Shell/Screenshot', interface: `${NAME}.Screenshot`, member: 'Screenshot' },
        'bbs',
        [false, false, path],
      )),
  };
}
