// What sway tells of its windows: https://man.archlinux.org/man/sway-ipc.7#4._GET_TREE

export interface SwayWindow {
  readonly id: number;
  readonly pid: number;
  /** Its `app_id`, or the class of an X11 window. */
  readonly name: string;
  readonly title: string;
  readonly isFocused: boolean;
  /** Pixels of the screen. */
  readonly rect: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

interface Node {
  readonly id: number;
  readonly pid?: number;
  readonly name: string | null;
  readonly app_id?: string | null;
  readonly window_properties?: { readonly class?: string };
  readonly focused: boolean;
  readonly rect: SwayWindow['rect'];
  readonly nodes: readonly Node[];
  readonly floating_nodes: readonly Node[];
}

/** All windows of a tree, as JSON. */
export const windowsIn = (tree: string): readonly SwayWindow[] => windowsOf(JSON.parse(tree) as Node);

/** The window that has the focus. Absent when none has. */
export const focusedIn = (tree: string): SwayWindow | undefined => windowsIn(tree).find(({ isFocused }) => isFocused);

function windowsOf({
  id,
  pid,
  name: title,
  focused,
  rect,
  nodes,
  floating_nodes: floating,
  ...node
}: Node): readonly SwayWindow[] {
  const inside = [...nodes, ...floating].flatMap((one) => windowsOf(one));
  const name = node.app_id ?? node.window_properties?.class;
  return pid === undefined || name === undefined
    ? inside
    : [{ id, pid, name, title: title ?? '', isFocused: focused, rect }, ...inside];
}
