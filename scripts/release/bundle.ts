// Dependencies that go into a package of ours as far as they are needed: as they come they are heavy.

import { cpSync, realpathSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Manifest } from './members.ts';
import { manifestIn } from './members.ts';

interface Bundled {
  /** Folders that nothing loads. */
  readonly leftOut: readonly string[];
  /** Dependencies that nothing loads. */
  readonly without: readonly string[];
}

const bundled: Readonly<Record<string, Bundled>> = {
  // They are for its install script, which downloads sox, and which nobody runs.
  'node-mic': { leftOut: ['scripts'], without: ['fflate', 'node-fetch', 'shelljs'] },
  // The same code as `dist/modules`, for other ways to import it. It has types of browsers as dependencies.
  mediabunny: {
    leftOut: ['dist/bundles'],
    without: ['@types/dom-mediacapture-transform', '@types/dom-webcodecs'],
  },
  x11: { leftOut: ['website', 'examples', 'test', 'autogen', 'docs', 'scripts'], without: [] },
};

/**
 * Copies what `manifest` depends on of them from `source`, the folder of a member, into `staged`, the same folder as it
 * is published; returns their names. Throws where one of them has a dependency that nobody looked at.
 */
export function bundleInto(staged: string, source: string, manifest: Manifest): string[] {
  const names = Object.keys(bundled).filter((name) => manifest.dependencies?.[name] !== undefined);
  for (const name of names) {
    const { leftOut, without } = bundled[name]!;
    const from = realpathSync(join(source, 'node_modules', name));
    const to = join(staged, 'node_modules', name);
    const isLeftOut = (path: string): boolean => ['node_modules', ...leftOut].includes(relative(from, path));
    cpSync(from, to, { recursive: true, filter: (path) => !isLeftOut(path) });
    const { scripts: _scripts, dependencies = {}, ...rest } = manifestIn(to);
    const unknown = Object.keys(dependencies).filter((dependency) => !without.includes(dependency));
    if (unknown.length > 0) throw new Error(`${name} depends on ${unknown.join(', ')}: is that needed?`);
    writeFileSync(join(to, 'package.json'), `${JSON.stringify(rest, undefined, 2)}\n`);
  }
  return names;
}
