// What the sway that runs is asked: to bind keys until it reads its configuration again, and which window has the focus.

import { VoiceInputError } from '@voiceinput/plugin-api';
import { Ask, askSway, swaySocket } from './sway-ipc.ts';
import type { SwayConnection } from './sway-ipc.ts';

/** Lines of sway's configuration take effect at once. Rejects with `ERR_DESKTOP` when sway refuses one, or does not run. */
export async function setOnSway(
  lines: readonly string[],
  sway: Pick<SwayConnection, 'ask'> = { ask: askSway },
): Promise<void> {
  for (const line of lines) {
    const [answer] = (await sway.ask(Ask.runCommand, line)) as readonly { success: boolean; error?: string }[];
    if (answer?.success === true) continue;
    throw new VoiceInputError('ERR_DESKTOP', `sway refused "${line}": ${answer?.error ?? 'no reason given'}.`);
  }
}

interface Node {
  readonly pid?: number;
  readonly app_id?: string | null;
  readonly focused: boolean;
  readonly nodes: readonly Node[];
  readonly floating_nodes: readonly Node[];
}

/** The program whose window has the focus. Absent where sway does not run, or none has. */
export async function focusedOnSway(): Promise<
  { readonly pid: number; readonly names: readonly string[] } | undefined
> {
  if (swaySocket() === undefined) return undefined;
  try {
    const { pid, app_id: name } = focusedIn((await askSway(Ask.tree)) as Node) ?? {};
    return pid === undefined ? undefined : { pid, names: name ? [name] : [] };
  } catch {
    // Then the window has no name.
    return undefined;
  }
}

function focusedIn(node: Node): Node | undefined {
  if (node.focused) return node;
  for (const inside of [...node.nodes, ...node.floating_nodes]) {
    const found = focusedIn(inside);
    if (found !== undefined) return found;
  }
  return undefined;
}
