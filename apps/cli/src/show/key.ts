// How people are told what to do with the key.

import type { Mode } from '@voiceinput/client';

/** `name`: empty when no key is set. */
export function howToDictate(name: string, mode: Mode): string {
  if (name === '') return 'no key is set';
  const how: Readonly<Record<Mode, string>> = {
    hold: `hold ${name} and speak`,
    toggle: `press ${name} to start and to stop`,
    'hands-free': `press ${name} and speak; it stops after a silence`,
  };
  return how[mode];
}
