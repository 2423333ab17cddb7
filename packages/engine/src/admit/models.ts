// Whether the models in a plugin's manifest are described well enough to be fetched and kept.

import type { ModelEntry, ModelFile, ModelSource } from '@voiceinput/plugin-api';

/** What is wrong with them, as it goes on after the plugin's name; absent when nothing is. */
export function troubleWithModels(models: unknown): string | undefined {
  if (!Array.isArray(models)) return 'models is not a list.';
  const ids = new Set<unknown>();
  for (const model of models as Partial<ModelEntry>[]) {
    const trouble = troubleWith(model);
    if (trouble !== undefined) return `its model ${JSON.stringify(model?.id)} ${trouble}`;
    if (ids.has(model.id)) return `its model ${JSON.stringify(model.id)} is there twice.`;
    ids.add(model.id);
  }
  return undefined;
}

function troubleWith(model: Partial<ModelEntry> | null): string | undefined {
  const { id, title, languages, license, attribution, homepage, sources, files } = model ?? {};
  if (typeof id !== 'string' || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))
    return 'has no id of lower-case letters, digits and hyphens.';
  const words = { title, license, attribution, homepage };
  const missing = Object.entries(words).find(([, word]) => typeof word !== 'string' || word === '');
  if (missing !== undefined) return `has no ${missing[0]}.`;
  if (!Array.isArray(languages) || languages.length === 0) return 'has no languages.';
  if (!Array.isArray(sources) || sources.length === 0) return 'has no sources.';
  const source = sources.find((one) => !isSource(one));
  if (source !== undefined) return `has the source ${JSON.stringify(source)}, which is none that is known.`;
  if (!Array.isArray(files) || files.length === 0) return 'has no files.';
  const file = (files as Partial<ModelFile>[]).find((one) => !isFile(one));
  if (file !== undefined) return `has a file ${JSON.stringify(file)} without a name, a relative path, sha256 or bytes.`;
  const names = new Set(files.map(({ name }) => name));
  const paths = new Set(files.map(({ path }) => path.toLowerCase()));
  return names.size < files.length || paths.size < files.length ? 'has a file twice.' : undefined;
}

function isSource(source: ModelSource): boolean {
  if (typeof source === 'string') {
    if (source.startsWith('hf:')) return /^hf:[\w.-]+\/[\w.-]+@[\w.-]+$/.test(source);
    return ['file:', 'https:', 'http:'].some((scheme) => source.startsWith(scheme)) && URL.canParse(source);
  }
  return source.scheme === 'npm' && source.integrity.startsWith('sha512-') && isCount(source.bytes);
}

const isFile = ({ name, path, sha256, bytes }: Partial<ModelFile>): boolean =>
  typeof name === 'string' &&
  typeof path === 'string' &&
  isInside(path) &&
  typeof sha256 === 'string' &&
  /^[0-9a-f]{64}$/.test(sha256) &&
  isCount(bytes);

/** Whether a path of a source can be a path in the cache on every system. */
const isInside = (path: string): boolean =>
  !/[\\:\0]/.test(path) && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');

const isCount = (bytes: unknown): boolean => Number.isSafeInteger(bytes) && (bytes as number) > 0;
