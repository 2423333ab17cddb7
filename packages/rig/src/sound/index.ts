// What a test gets that wants to speak into a microphone where there is none.

import { plugIn } from './microphone.ts';
import type { VirtualMicrophone, VirtualMicrophoneOptions } from './microphone.ts';
import { startSoundServer } from './server.ts';

export { missingForSoundRig } from './programs.ts';
export type { VirtualMicrophone, VirtualMicrophoneOptions } from './microphone.ts';

export interface SoundRig {
  /** Merge it into the environment of what shall hear: `Object.assign(process.env, rig.env)`. */
  readonly env: Readonly<Record<string, string>>;
  /** The standard microphone, there from the start. */
  readonly microphone: VirtualMicrophone;
  /** Plugs another one in. */
  addMicrophone(options: VirtualMicrophoneOptions): Promise<VirtualMicrophone>;
  /** Kills the sound server as a crash would. Nothing but `close` works after it. */
  killServer(): Promise<void>;
  /** Ends the sound server and removes its folder. */
  close(): Promise<void>;
}

/** A sound server of its own with one microphone. Rejects when it does not start; ask `missingForSoundRig` first. */
export async function openSoundRig(): Promise<SoundRig> {
  const server = await startSoundServer();
  try {
    const microphone = await plugIn(server, { id: 'desk', name: 'Desk microphone' });
    await microphone.makeStandard();
    return {
      env: server.env,
      microphone,
      addMicrophone: (options) => plugIn(server, options),
      killServer: () => server.kill(),
      close: () => server.close(),
    };
  } catch (error) {
    await server.close();
    throw error;
  }
}
