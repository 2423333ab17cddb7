// Decides what a dictation is called: by its time, so that names sort as dictations were spoken.

import { randomBytes } from 'node:crypto';

/** `20261121-031502-417-4f2a`, in UTC. */
export function newId(at: Date = new Date()): string {
  const [date = '', time = ''] = at.toISOString().replace(/[-:Z]/g, '').split('T');
  return `${date}-${time.replace('.', '-')}-${randomBytes(2).toString('hex')}`;
}
