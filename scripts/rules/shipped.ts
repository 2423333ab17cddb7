// That what a published package exports is in its tarball, and that no test is.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packages, root } from './sources.ts';
import type { Finding } from './finding.ts';

interface Manifest {
  readonly private?: boolean;
  readonly files?: readonly string[];
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
}

/** The build of `src/NAME.ts` is `dist/NAME.js` and `dist/NAME.d.ts`: looked at are the sources, which are always there. */
const sourceOf = (target: string): string => target.replace(/^\.\/dist\//, './src/').replace(/(\.d\.ts|\.js)$/, '.ts');

/** Every target of `exports` is among `files` and has a source; a README is shipped; `src` holds no tests. */
export function shippedFiles(): readonly Finding[] {
  return packages.flatMap((folder) => {
    const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest;
    // The launcher goes to Raycast's own store.
    if (manifest.private === true || manifest.files === undefined) return [];
    const { files, exports = {} } = manifest;
    const targets = Object.values(exports).flatMap(pathsOf);
    return [
      ...targets
        .filter((target) => !files.includes(target.split('/')[1]!) && target !== './package.json')
        .map((target) => finding(folder, `exports ${target}, which is not among its files`)),
      ...targets
        .filter((target) => !existsSync(join(root, folder, sourceOf(target))))
        .map((target) => finding(folder, `exports ${target}, which has no source`)),
      ...['dist', 'src', 'README.md']
        .filter((name) => !files.includes(name))
        .map((name) => finding(folder, `does not ship ${name}`)),
      ...readdirSync(join(root, folder, 'src'), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.test\.tsx?$|(^|\/)test\//.test(name))
        .map((name) => finding(folder, `ships the test src/${name}`)),
    ];
  });
}

function pathsOf(target: string | Readonly<Record<string, string>>): string[] {
  return typeof target === 'string' ? [target] : Object.values(target);
}

function finding(folder: string, what: string): Finding {
  return { key: `${folder} ${what}`, complaint: `${folder}/package.json ${what}` };
}
