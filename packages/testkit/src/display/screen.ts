// Decides how tests look at a display: as its user does, all windows together.

import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';

export interface Screen {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Red, green and blue of each pixel, row after row. */
  readonly rgb: Buffer;
}

/** Why a test cannot look at a display here, as a sentence; absent when it can. */
export function missingForScreen(): string | undefined {
  try {
    const formats = execFileSync('ffmpeg', ['-hide_banner', '-devices'], { stdio: ['ignore', 'pipe', 'ignore'] });
    if (formats.includes('x11grab')) return undefined;
  } catch {
    // Said below.
  }
  return 'Install ffmpeg (apt-get) to look at a display.';
}

/** What is on the display `name`, of 1280 × 800. Ask `missingForScreen` first. */
export async function lookAt(name: string): Promise<Screen> {
  const [widthPx, heightPx] = [1280, 800];
  const from = ['-f', 'x11grab', '-draw_mouse', '0', '-video_size', `${widthPx}x${heightPx}`, '-i', name];
  const into = ['-frames:v', '1', '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-'];
  const { stdout } = await promisify(execFile)('ffmpeg', ['-loglevel', 'error', ...from, ...into], {
    encoding: 'buffer',
    maxBuffer: 2 * widthPx * heightPx * 3,
  });
  return { widthPx, heightPx, rgb: stdout };
}
