// What an author gives to a conformance suite beside the plugin.

import type { PluginContext, Transcript } from '@voiceinput/plugin-api';

interface CommonInputs {
  /** Options as a user would write them; defaults of the schema are filled in. */
  readonly config?: object;
  readonly context?: PluginContext;
  /** How long a single call may take. 10 s by default; a large model may need more. */
  readonly patienceMs?: number;
  /** Arguments to try each of its commands with, by the command's id. */
  readonly commands?: Readonly<Record<string, object>>;
}

export interface InputsOf {
  /** With `config` so that the source gives some audio by itself. */
  source: CommonInputs;
  /** At least a second of each, at 16 000 Hz. */
  vad: CommonInputs & { readonly speech: Float32Array; readonly silence: Float32Array };
  /** Speech that the runner understands, at most `maxClipMs` long. */
  runner: CommonInputs & { readonly speech: Float32Array };
  judge: CommonInputs;
  /** Transcripts of its own beside the suite's. */
  postprocessor: CommonInputs & { readonly transcripts?: readonly Transcript[] };
  /** All that the sink put out until now, as the reader of its output gets it. Without it, the output is not checked. */
  sink: CommonInputs & { readonly output?: () => string };
}
