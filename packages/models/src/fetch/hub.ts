// Where a source on the web has its files: one address, or that of a model hub and its mirrors.

/** A folder on the web, and whose token goes to it. */
export interface Base {
  /** With a slash at its end; a file's path follows. */
  readonly address: string;
  readonly token?: string;
}

const HUB = 'https://huggingface.co';

/**
 * The places to try, in order. For `hf:` that is `HF_ENDPOINT`, by default huggingface.co, then what `VOICEINPUT_HF_MIRRORS`
 * lists, with commas between. `HF_TOKEN` belongs to the endpoint alone.
 */
export function basesOf(source: string, env: NodeJS.ProcessEnv = process.env): readonly Base[] {
  const hub = /^hf:([^/@]+\/[^/@]+)@([^/@]+)$/.exec(source);
  if (!hub) return [{ address: withSlash(source) }];
  const [, repository, revision] = hub;
  const path = `${repository}/resolve/${revision}/`;
  const token = env['HF_TOKEN'];
  const mirrors = (env['VOICEINPUT_HF_MIRRORS'] ?? '').split(',').map((one) => one.trim());
  return [
    { address: withSlash(env['HF_ENDPOINT'] || HUB) + path, ...(token && { token }) },
    ...mirrors.filter((mirror) => mirror !== '').map((mirror) => ({ address: withSlash(mirror) + path })),
  ];
}

const withSlash = (address: string): string => (address.endsWith('/') ? address : `${address}/`);

/** The page where people read about a `hf:` source and accept its terms. Absent for other sources. */
export function pageOf(source: string): string | undefined {
  const repository = /^hf:([^@]+)@/.exec(source)?.[1];
  return repository === undefined ? undefined : `${HUB}/${repository}`;
}
