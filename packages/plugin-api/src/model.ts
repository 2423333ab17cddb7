// How a plugin reaches the files of a model.

/** A model whose files lie in the cache and passed their checksums. */
export interface LocatedModel {
  readonly modelId: string;
  /** Absolute path; a plugin may keep what it derives from the model in its subfolder `prepared`. */
  readonly folder: string;
  /** Absolute paths by the names of the model's entry, such as `encoder`. */
  readonly files: Readonly<Record<string, string>>;
  /** Changes whenever any file does. */
  readonly fingerprint: string;
  /** SPDX identifier. */
  readonly license: string;
}

/** Gives models to plugins; fetches them first when they are absent. */
export interface ModelStore {
  /** Rejects with `ERR_MODEL_…`; on abort with the signal's reason, the download resumes or restarts cleanly later. */
  locate(modelId: string, signal: AbortSignal): Promise<LocatedModel>;
}
