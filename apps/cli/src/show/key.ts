// How people are told what to do with the key.

import type { Mode } from '@voiceinput/client';

/** `name`: empty when no key is set. */
export function howToDictate(name: string, mode: Mode): string {
  if (name === '') return 'no key is set';
  const how: Readonly<Record<Mode, string>> = {
    hold: `hold ${name} and speak`,
    toggle: `press ${name} to begin and to end`,
    'hands-free': `press ${name} and speak; a silence ends`,
  };
  return how[mode];
}
