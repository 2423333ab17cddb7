// What is wrong with a tarball, as publint and "Are the types wrong?" see it.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from './members.ts';

/** The tools have a folder and a lockfile of their own: only who publishes needs them. */
const TOOLS = join(import.meta.dirname, 'tools');

/** Installs the tools where they are not. */
export function installTools(): void {
  if (existsSync(join(TOOLS, 'node_modules', '.package-lock.json'))) return;
  ran('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], TOOLS);
}

/** The program of this name among the tools. */
export const tool = (name: string): string => join(TOOLS, 'node_modules', '.bin', name);

export interface Packed {
  readonly tarball: string;
  readonly manifest: Manifest;
}

/** What the tools say of each tarball that they find something wrong with. */
export function problemsOf(packed: readonly Packed[]): { readonly tarball: string; readonly problem: string }[] {
  const found = ran(process.execPath, [join(TOOLS, 'find.mjs'), ...packed.map(({ tarball }) => tarball)], TOOLS);
  const suspects = new Set(JSON.parse(found) as string[]);
  return packed
    .filter(({ tarball }) => suspects.has(tarball))
    .map(({ tarball, manifest }) => ({ tarball, problem: problemOf(tarball, manifest) }))
    .filter((one): one is { tarball: string; problem: string } => one.problem !== undefined);
}

/** In the words of their commands. Absent: they find nothing wrong. */
function problemOf(tarball: string, { exports }: Manifest): string | undefined {
  const linted = said(tool('publint'), ['run', tarball, '--strict', '--level', 'warning']);
  // Every Node that the packages run on can require ES modules.
  const typed = exports && said(tool('attw'), [tarball, '--profile', 'esm-only', '--no-emoji', '--no-color']);
  return [linted, typed].filter(Boolean).join('\n') || undefined;
}

/** What a command says when it fails. */
function said(command: string, args: readonly string[]): string | undefined {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  if (error !== undefined) throw error;
  return status === 0 ? undefined : `${stdout}${stderr}`.trim();
}

function ran(command: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${stderr}`);
  return stdout;
}
