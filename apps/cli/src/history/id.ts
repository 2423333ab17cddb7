// What a dictation is called: by its time, so that names sort as dictations were spoken.

import { randomBytes } from 'node:crypto';

/** When the dictation began that has this name. Absent for a name of another form. */
export function timeOf(id: string): Date | undefined {
  const found = /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)-(\d{3})-/.exec(id);
  if (found === null) return undefined;
  const [, year, month, day, hour, minute, second, ms] = found;
  return new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`);
}

let newestMs = 0;

/** Names that are given from now on sort after `id`, which an earlier daemon gave, whatever the date is now. */
export function followIds(id: string): void {
  newestMs = Math.max(newestMs, timeOf(id)?.getTime() ?? 0);
}

/** `20261121-031502-417-4f2a`, in UTC. Sorts after all that were given before, also when the clock was put back meanwhile. */
export function newId(): string {
  newestMs = Math.max(Date.now(), newestMs + 1);
  return idAt(new Date(newestMs));
}

export function idAt(at: Date): string {
  const [date = '', time = ''] = at.toISOString().replace(/[-:Z]/g, '').split('T');
  return `${date}-${time.replace('.', '-')}-${randomBytes(2).toString('hex')}`;
}
