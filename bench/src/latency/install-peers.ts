// When the peers are installed: the first time that they are measured, and after their versions changed.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Misuse } from '../show/misuse.ts';
import { note } from '../show/table.ts';

const folder = fileURLToPath(new URL('../../peers/', import.meta.url));
const stamp = `${folder}node_modules/.installed.json`;

/** Throws `Misuse` when npm cannot install them. */
export async function installPeers(): Promise<void> {
  const wanted = await readFile(`${folder}package.json`, 'utf8');
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === wanted) return;
  note('Installing the peers into bench/peers/node_modules (about 500 MB, once) …');
  await npmInstall();
  await writeFile(stamp, wanted);
}

/** Without install scripts: the binaries that are needed are inside the packages. */
async function npmInstall(): Promise<void> {
  const windows = process.platform === 'win32';
  const options = ['install', '--ignore-scripts', '--no-package-lock', '--no-audit', '--no-fund', '--loglevel=error'];
  const child = spawn('npm', options, { cwd: folder, shell: windows, stdio: ['ignore', 'ignore', 'inherit'] });
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (exitCode !== 0) throw new Misuse(`npm could not install the peers in ${folder} (exit code ${exitCode}).`);
}
