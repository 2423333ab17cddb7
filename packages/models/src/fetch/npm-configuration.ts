// What the user's npm configuration says: registry, scopes, proxy, certificates, sign-in, retries.

import { existsSync, realpathSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import Config from '@npmcli/config';
import npm from '@npmcli/config/lib/definitions/index.js';
import type { Options } from 'npm-registry-fetch';
import { homeFolder, VoiceInputError } from '@voiceinput/plugin-api';

/** How often and after what waits a request that failed is made again. */
export interface Patience {
  readonly retries: number;
  readonly firstWaitMs: number;
  readonly factor: number;
  readonly maxWaitMs: number;
  /** How long a page of the registry may take, and how long nothing of a tarball may come. */
  readonly answerMs: number;
}

/** npm waits 10 s, then 100 s: right for a server at night, too long for a person in front of a prompt. */
const FIRST_WAIT_MS = 1_000;
const FACTOR = 2;
/** npm waits five minutes. */
const ANSWER_MS = 30_000;

/**
 * Reads npm's built-in file, the global and the user's `.npmrc`, and `npm_config_*` of the environment. Not the one of a
 * project: it may come with a folder of somebody else's, and can send tokens and variables of the environment anywhere.
 */
export async function readNpmConfiguration(): Promise<{ options: Options; patience: Patience }> {
  const config = new Config({
    ...npm,
    npmPath: findNpm() ?? dirname(process.execPath),
    // A copy, since loading writes to it.
    env: { ...process.env },
    // Without a project, as `npm --global`.
    argv: [process.execPath, 'npm', '--global'],
    cwd: homeFolder(),
  });
  try {
    await config.load();
    config.validate();
  } catch (error) {
    throw new VoiceInputError('ERR_MODEL_REGISTRY', `The npm configuration is not valid: ${messageOf(error)}`, {
      hint: 'Fix it with: npm config fix',
      cause: error,
    });
  }
  const options = config.flat;
  const { timeout } = options;
  const { retries = 2, minTimeout = FIRST_WAIT_MS, factor = FACTOR, maxTimeout = 60_000 } = options.retry ?? {};
  const patience = {
    retries,
    firstWaitMs: config.isDefault('fetch-retry-mintimeout') ? FIRST_WAIT_MS : minTimeout,
    factor: config.isDefault('fetch-retry-factor') ? FACTOR : factor,
    maxWaitMs: maxTimeout,
    answerMs: config.isDefault('fetch-timeout') ? ANSWER_MS : (timeout ?? ANSWER_MS),
  };
  return { options, patience };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The folder of the user's own npm, whose built-in configuration says where the global one lies. Absent without npm. */
function findNpm(): string | undefined {
  const beside = dirname(process.execPath);
  const started = process.env['npm_execpath'] ?? '';
  const commands = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'npm'));
  const scripts = [started, ...commands]
    .filter((path) => existsSync(path))
    .map((path) => realpathSync(path))
    .filter((path) => basename(path) === 'npm-cli.js');
  const candidates = [
    ...scripts.map((script) => dirname(dirname(script))),
    join(beside, 'node_modules', 'npm'),
    join(dirname(beside), 'lib', 'node_modules', 'npm'),
  ];
  return candidates.find((folder) => existsSync(join(folder, 'package.json')));
}
