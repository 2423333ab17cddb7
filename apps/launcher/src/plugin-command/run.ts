// How a plugin's command is run and how its answer is shown.

import { Clipboard, showToast, Toast } from '@raycast/api';
import type { Client, RemoteCommand } from '@voiceinput/client';
import { attempt } from '../show/attempt.ts';

/** Whether it was done. */
export async function runCommand(
  call: Client['call'],
  { plugin, id, title }: RemoteCommand,
  args: Readonly<Record<string, unknown>>,
): Promise<boolean> {
  const answer = await attempt(`${title} failed`, async () => {
    const toast = await showToast({ style: Toast.Style.Animated, title });
    const { text } = await call('commands/run', { plugin, id, arguments: { ...args } });
    toast.style = Toast.Style.Success;
    if (text === undefined) return {};
    toast.message = text;
    toast.primaryAction = { title: 'Copy', onAction: () => void Clipboard.copy(text) };
    return {};
  });
  return answer !== undefined;
}
