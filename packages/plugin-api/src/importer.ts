// How a plugin takes a model out of a file that the user has, and gives it back.

import type { LocatedModel } from './model.ts';

/** What a file or folder was found to be. */
export interface RecognisedModel {
  /** For the user: `Whisper base, Hugging Face folder, float16`. */
  readonly title: string;
  /** How the model is called when the user gives no name: lower-case letters, digits and hyphens. */
  readonly name: string;
}

/** What is to be imported, and where to. */
export interface ImportRequest {
  /** Absolute: the user's file or folder, or what was fetched of one of the plugin's own models: its file, or a folder with several. Only read. */
  readonly path: string;
  /** What the model will be called. */
  readonly name: string;
  /** Absolute: an empty folder, which becomes the model's: all that is written here stays, and nothing when `import` rejects. */
  readonly folder: string;
  /** Tells how much is done, 0…1. May be called as often as is convenient. */
  report(share: number): void;
}

/** What an import wrote. The host adds sizes and checksums. */
export interface ImportedModel {
  readonly title: string;
  /** BCP 47, or `*` for any. */
  readonly languages: readonly string[];
  /** What a process that has it open takes, at its most. Absent: not known. */
  readonly memoryBytes?: number;
  /** SPDX identifier, when the files tell it. */
  readonly license?: string;
  /** The copyright line, when the files tell it. */
  readonly attribution?: string;
  /**
   * By the names that the plugin asks for, the paths in `folder`: relative, with `/` between folders. The host keeps their
   * sizes and checksums; what else is in the folder is not checked.
   */
  readonly files: Readonly<Record<string, string>>;
}

/** What is to be exported, and where to. */
export interface ExportRequest {
  /** A model that this importer wrote. */
  readonly model: LocatedModel;
  /** Absolute: an empty folder to write to. */
  readonly folder: string;
  /** Tells how much is done, 0…1. May be called as often as is convenient. */
  report(share: number): void;
}

/** In a plugin's manifest: that its models can come from a user's file. */
export interface ImporterManifest {
  /** What it reads, as it goes on after "expected": `a Whisper model as a Hugging Face folder or a ggml file`. */
  readonly expects: string;
  /** From 1; counts up when the plugin no longer reads what `import` wrote before. Such models are fetched or imported again. */
  readonly version: number;
  /** Called when it is needed; heavy imports happen here. */
  open(): Promise<ModelImporter>;
}

/** Takes models out of files. All methods end soon after abort, with the signal's reason. */
export interface ModelImporter {
  /**
   * Whether `path` (absolute, there) is a model for this plugin, by its beginning. Absent: it is something else. Rejects
   * with `ERR_MODEL_FORMAT` when it is such a model in a form that cannot be taken, or a broken one; the message says
   * what it is and what was expected.
   */
  recognise(path: string, signal: AbortSignal): Promise<RecognisedModel | undefined>;
  /** Writes the model. Rejects with `ERR_MODEL_FORMAT` when the files are not whole or not as they should be. */
  import(request: ImportRequest, signal: AbortSignal): Promise<ImportedModel>;
  /** Writes the model in a form that other programs read, and gives the paths of the files. Absent: it cannot. */
  export?(request: ExportRequest, signal: AbortSignal): Promise<readonly string[]>;
}
