// How a daemon is replaced by a new one: it ends by itself, or is ended when it does not answer.

import { readFile } from 'node:fs/promises';
import { readDaemonInfo, runtimeFolder } from '@voiceinput/client';
import type { DaemonInfo } from '@voiceinput/client';
import { isVoiceInputError, VoiceInputError } from '@voiceinput/plugin-api';
import { startUnit, stateOf } from '../service/systemctl.ts';
import { UNIT } from '../service/systemd.ts';
import { createReporter } from '../show/reporter.ts';
import type { Reporter } from '../show/reporter.ts';
import { print } from '../show/table.ts';
import { bringUpDaemon, quitDaemon } from './daemon.ts';
import { ENDING_MS, isGone } from './process-end.ts';
import { inLocale } from '../messages/in-locale.ts';

/** Rejects with `ERR_DAEMON_REFUSED` when a daemon that hangs is not surely ours, and as `startDaemon` does. */
export async function restartDaemon({ json }: { readonly json: boolean }, signal: AbortSignal): Promise<number> {
  const reporter = createReporter({ json });
  const isService = process.platform === 'linux' && (await stateOf('is-active', UNIT)) === 'active';
  await endWhatRuns(reporter, signal);
  if (isService) await startUnit(UNIT);
  const client = await bringUpDaemon(reporter, signal);
  const { pid, version } = await client.call('status', {});
  client.close();
  print(json, { pid, version }, inLocale`The daemon is running: ${version}, process ${pid}`);
  return 0;
}

async function endWhatRuns(reporter: Reporter, signal: AbortSignal): Promise<void> {
  try {
    await quitDaemon(signal);
  } catch (error) {
    if (!isVoiceInputError(error)) throw error;
    if (error.code === 'ERR_DAEMON_MISSING' || error.code === 'ERR_DAEMON_LOST') return;
    if (error.code !== 'ERR_DAEMON_TIMEOUT') throw error;
    reporter.progress(inLocale`The daemon does not respond; stopping it …`);
    await endByForce(await readDaemonInfo(runtimeFolder()), signal);
    reporter.progress('');
  }
}

async function endByForce(info: DaemonInfo, signal: AbortSignal): Promise<void> {
  const { pid } = info;
  if (!(await isDaemon(info)))
    throw new VoiceInputError('ERR_DAEMON_REFUSED', `Process ${pid} does not respond, and it may not be the daemon.`, {
      hint: `Check it and stop it yourself: kill ${pid}`,
    });
  for (const how of ['SIGTERM', 'SIGKILL'] as const) {
    if (how === 'SIGTERM') process.kill(pid, 'SIGCONT');
    process.kill(pid, how);
    if (await isGone(pid, ENDING_MS, signal)) return;
  }
  throw new VoiceInputError(
    'ERR_DAEMON_REFUSED',
    `The daemon (process ${pid}) cannot be stopped, not even by SIGKILL.`,
  );
}

/** A number of a process may belong to another program by now. Where the system does not tell what runs, it is not ended. */
async function isDaemon({ pid, executable }: DaemonInfo): Promise<boolean> {
  const [, program] = executable;
  const words = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return program !== undefined && words.split('\0').includes(program);
}
