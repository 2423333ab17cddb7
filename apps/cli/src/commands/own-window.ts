// Whether the window that has the focus is the terminal that runs this command.

import { readFileSync } from 'node:fs';
import { isVoiceInputError } from '@voiceinput/plugin-api';
import { isPortable } from '../built-in/platform.ts';

/** Also false where nobody can tell: on Wayland, on other systems, without a display, or through a connection from afar. */
export async function hasOwnFocus(signal: AbortSignal): Promise<boolean> {
  if (isPortable || !process.stdin.isTTY || (process.env['DISPLAY'] ?? '') === '') return false;
  const { isWayland, openDisplay } = await import('@voiceinput/desktop');
  if (isWayland()) return false;
  try {
    const display = await openDisplay(signal);
    try {
      const window = await display.activeWindow();
      if (window === undefined) return false;
      return String(window.windowId) === process.env['WINDOWID'] || ancestors().includes(window.pid ?? 0);
    } finally {
      await display.close();
    }
  } catch (error) {
    if (!isVoiceInputError(error) || signal.aborted) throw error;
    return false;
  }
}

/** The programs that this one runs in, from its parent on. */
function ancestors(): readonly number[] {
  const found: number[] = [];
  for (let pid = process.ppid; pid > 1 && !found.includes(pid); pid = parentOf(pid)) found.push(pid);
  return found;
}

/** 0 where it is gone. Its name, in brackets, may hold anything (proc_pid_stat(5)). */
function parentOf(pid: number): number {
  try {
    const [, parent = '0'] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return Number(parent);
  } catch {
    return 0;
  }
}
