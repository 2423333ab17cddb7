// Which device a source is told to listen to, and whether that is there.

import type { PartChoice } from '@voiceinput/engine';
import type { Device } from '@voiceinput/plugin-api';

/** Ids or names, the preferred one first. Empty: the standard device. */
export function wantedDevices(options: PartChoice['options']): readonly string[] {
  return [options['device'] ?? []].flat().map(String);
}

/** By id or name. Absent when none of them is there. */
export function firstWanted(wanted: readonly string[], devices: readonly Device[]): Device | undefined {
  return wanted.flatMap((one) => devices.filter(({ id, name }) => one === id || one === name))[0];
}
