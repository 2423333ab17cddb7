// How the sway that runs is asked: what binds keys until it reads its configuration again, and which window has the focus.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { VoiceInputError } from '@voiceinput/plugin-api';

const execute = promisify(execFile);
const ANSWER_MS = 5_000;
/** Hundreds of windows. */
const MOST_BYTES = 16 * 1024 * 1024;

interface Answer {
  readonly success: boolean;
  readonly error?: string;
}

/** Lines of sway's configuration take effect at once. Rejects with `ERR_DESKTOP` when sway refuses one, or does not run. */
export async function setOnSway(lines: readonly string[]): Promise<void> {
  for (const line of lines) {
    const { success, error = 'no reason given' } = await answerTo(line);
    if (!success) throw new VoiceInputError('ERR_DESKTOP', `sway refused "${line}": ${error}.`);
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
  if (!process.env['SWAYSOCK']) return undefined;
  try {
    const { stdout } = await execute('swaymsg', ['--raw', '-t', 'get_tree'], {
      timeout: ANSWER_MS,
      maxBuffer: MOST_BYTES,
    });
    const { pid, app_id: name } = focusedIn(JSON.parse(stdout) as Node) ?? {};
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

async function answerTo(line: string): Promise<Answer> {
  try {
    const { stdout } = await execute('swaymsg', ['--raw', '--', line], { timeout: ANSWER_MS });
    return answerIn(stdout);
  } catch (cause) {
    const { stdout = '' } = cause as { stdout?: string };
    // It ends with an error where sway refuses, and prints the answer all the same.
    if (stdout !== '') return answerIn(stdout);
    throw new VoiceInputError('ERR_DESKTOP', 'sway cannot be reached: swaymsg gave no answer.', {
      cause,
      hint: 'Run this in a terminal under sway.',
    });
  }
}

function answerIn(printed: string): Answer {
  const [answer] = JSON.parse(printed) as readonly Answer[];
  return answer ?? { success: false };
}
