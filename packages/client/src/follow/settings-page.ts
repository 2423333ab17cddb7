// How a program that has no terminal opens the settings page: the command line does it, in a process of its own.

import { spawn } from 'node:child_process';
import { homeFolder, unlessAborted, VoiceInputError } from '@voiceinput/plugin-api';
import { readDaemonInfo } from '../discovery/daemon-info.ts';
import { runtimeFolder } from '../discovery/folder.ts';
import type { StartOptions } from './start.ts';

const LAST_WORDS_CHARACTERS = 2_000;

/**
 * Settles when the page is there; it outlives this process and ends by itself. Rejects with `ERR_DAEMON_MISSING` when
 * nobody knows which program opens it, or it did not; on abort with the signal's reason.
 */
export async function openSettingsPage(options: Omit<StartOptions, 'client'>, signal: AbortSignal): Promise<void> {
  const { folder = runtimeFolder(), executable } = options;
  const daemon = executable ?? (await readDaemonInfo(folder)).executable;
  const at = daemon.lastIndexOf('serve');
  const command = at === -1 ? daemon : daemon.slice(0, at);
  const [program, ...parameters] = [...command, 'settings', '--json'];
  const child = spawn(program, parameters, { cwd: homeFolder(), detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let lastWords = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-LAST_WORDS_CHARACTERS);
  });
  try {
    const opened = new Promise<void>((resolve, reject) => {
      // Its first line says where the page is.
      child.stdout.once('data', () => resolve());
      child.once('error', (cause) => reject(notOpened(cause.message, cause)));
      child.once('close', () => reject(notOpened(lastWords.trim())));
    });
    await unlessAborted(opened, signal);
  } finally {
    child.stdout.destroy();
    child.stderr.destroy();
    child.unref();
  }
}

const notOpened = (why: string, cause?: Error): VoiceInputError =>
  new VoiceInputError('ERR_DAEMON_MISSING', `The settings page was not opened. ${why}`.trim(), {
    hint: 'Open it in a terminal to see why: voiceinput settings',
    cause,
  });
