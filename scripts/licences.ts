// Which licences the packages have that are installed for production: none may ask of our users to publish their own code.
// LGPL and MPL ask that of changes to the package itself only; packages are never changed or bundled here.

import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'Apache2',
  'BlueOak-1.0.0',
  'BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC-BY-3.0',
  'CC-BY-4.0',
  'CC0-1.0',
  'ISC',
  'LGPL-3.0-or-later',
  'MIT',
  'MIT/X11',
  'MPL-2.0',
  'Python-2.0',
  'Unlicense',
  'WTFPL',
  'Zlib',
]);

type Listed = Readonly<Record<string, readonly { readonly name: string; readonly versions: readonly string[] }[]>>;

const { status, stdout, stderr } = spawnSync('pnpm', ['licenses', 'list', '--prod', '--json'], {
  cwd: resolve(import.meta.dirname, '..'),
  encoding: 'utf8',
  maxBuffer: 64 * 2 ** 20,
});
if (status !== 0) throw new Error(`pnpm does not list licences: ${stderr}${stdout}`);
const listed = JSON.parse(stdout) as Listed;
const packages = Object.values(listed).flat();
if (packages.length === 0) throw new Error('pnpm lists no packages; install them first.');
const refused = Object.entries(listed).filter(([licence]) => !isAllowed(licence));
for (const [licence, all] of refused) {
  const names = all.map(({ name, versions }) => `${name}@${versions.join(', ')}`).join(', ');
  process.stderr.write(
    `${names} would be installed for production under ${licence}, which scripts/licences.ts does not allow\n`,
  );
}
process.exitCode = refused.length > 0 ? 1 : 0;

/** Of alternatives one is enough; of what holds together all are needed. */
function isAllowed(licence: string): boolean {
  const plain = licence.replace(/[()]/g, ' ').trim();
  return plain.split(/ OR /).some((choice) => choice.split(/ AND /).every((one) => ALLOWED.has(one.trim())));
}
