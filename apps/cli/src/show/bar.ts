// Decides how progress looks.

const WIDTH = 24;

/** `name  ███████░░░  42 %  12.3 of 29.4 MB`. */
export function bar(name: string, done: number, total: number, detail: string): string {
  const share = total === 0 ? 1 : Math.min(1, done / total);
  const filled = Math.round(share * WIDTH);
  return `${name}  ${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)}  ${Math.floor(share * 100)} %  ${detail}`;
}

export function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}

/** `1:02:03` or `2:03`. */
export function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h > 0
    ? `${h}:${String(m).padStart(2, '0')}:${String(s).padStart(2, '0')}`
    : `${m}:${String(s).padStart(2, '0')}`;
}
