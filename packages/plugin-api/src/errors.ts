// What every failure is called, how it ends the program and what the user can do about it.

interface ErrorEntry {
  /** The exit code of a command that ends with it. */
  readonly exitCode: number;
  readonly summary: string;
  /** What to do next, unless the place of failure knows better. */
  readonly hint: string;
}

const USAGE = 2;
const INPUT = 3;
const CONFIG = 4;
const PLUGIN = 5;
const MODEL = 6;
const ENGINE = 7;
const OUTPUT = 8;
const DAEMON = 9;
const OUTPUT_CLOSED = 141;

/** What each exit code of the command line means. */
export const exitCodes: Readonly<Record<number, string>> = {
  0: 'Everything was done.',
  1: 'A mistake inside VoiceInput.',
  [USAGE]: 'The command line is not understood.',
  [INPUT]: 'An audio file or stream cannot be read.',
  [CONFIG]: 'The configuration is not valid.',
  [PLUGIN]: 'A plugin cannot be loaded or failed.',
  [MODEL]: 'A model cannot be fetched or used.',
  [ENGINE]: 'The engine could not do its work.',
  [OUTPUT]: 'The output cannot be written.',
  [DAEMON]: 'The daemon is not there or does not do what was asked.',
  [OUTPUT_CLOSED]: 'What read the output closed it before the end (as `| head` does).',
  130: 'Interrupted by the user or the system (Ctrl-C, SIGTERM, SIGHUP); what was recognised until then was printed.',
};

/** Every error of VoiceInput by its stable code. `docs/errors.md` is generated from this table. */
export const errorTable = {
  ERR_INTERNAL: {
    exitCode: 1,
    summary: 'Something happened that should not be possible.',
    hint: 'Please report it with the command that you ran.',
  },
  ERR_ABORTED: {
    exitCode: 130,
    summary: 'The user or a caller ended the work.',
    hint: 'Run the command again to do the rest.',
  },
  ERR_USAGE: {
    exitCode: USAGE,
    summary: 'A command, option or argument is not understood.',
    hint: 'Add --help to see what there is.',
  },

  ERR_FILE_NOT_FOUND: { exitCode: INPUT, summary: 'There is no such file.', hint: 'Check the path.' },
  ERR_FILE_NOT_AUDIO: {
    exitCode: INPUT,
    summary: 'A directory or special file was given where an audio file was expected.',
    hint: 'Give the audio files themselves.',
  },
  ERR_FILE_UNREADABLE: {
    exitCode: INPUT,
    summary: 'The file exists but cannot be read.',
    hint: 'Check its permissions.',
  },
  ERR_AUDIO_EMPTY: {
    exitCode: INPUT,
    summary: 'The file or stream holds no audio at all.',
    hint: 'Record or export it again.',
  },
  ERR_AUDIO_FORMAT: {
    exitCode: INPUT,
    summary: 'The content is not a known audio format.',
    hint: 'Convert it to WAV, FLAC, MP3, Ogg or M4A.',
  },
  ERR_AUDIO_CORRUPT: {
    exitCode: INPUT,
    summary: 'The audio is damaged or ends too early.',
    hint: 'What could be decoded was transcribed; for the rest, export or copy the file again.',
  },
  ERR_AUDIO_SAMPLES: {
    exitCode: INPUT,
    summary: 'The audio has samples that are not finite numbers.',
    hint: 'Export the file again as 16-bit PCM.',
  },

  ERR_RECORDER_MISSING: {
    exitCode: INPUT,
    summary: 'No program that records from a microphone is installed.',
    hint: 'On Debian and Ubuntu: sudo apt-get install pulseaudio-utils (or alsa-utils). On macOS: brew install sox.',
  },
  ERR_MICROPHONE_MISSING: {
    exitCode: INPUT,
    summary: 'There is no microphone, or not the one that was chosen.',
    hint: 'Plug one in; `voiceinput microphones` lists what there is.',
  },
  ERR_MICROPHONE_BUSY: {
    exitCode: INPUT,
    summary: 'The microphone cannot be opened; another program may hold it.',
    hint: 'Close what else records, or choose another microphone: `voiceinput microphones`.',
  },
  ERR_MICROPHONE_LOST: {
    exitCode: INPUT,
    summary: 'The microphone went away while it was in use.',
    hint: 'Plug it in again; what was said until then is kept.',
  },
  ERR_MICROPHONE_MUTED: {
    exitCode: INPUT,
    summary: 'The microphone gives nothing but perfect silence.',
    hint: 'Unmute it in the system settings or at the device itself.',
  },

  ERR_CONFIG_NOT_FOUND: {
    exitCode: CONFIG,
    summary: 'The configuration file that was named does not exist.',
    hint: 'Check the path after --config.',
  },
  ERR_CONFIG_SYNTAX: {
    exitCode: CONFIG,
    summary: 'The configuration file is not valid JSON.',
    hint: 'Mend the place that the message names.',
  },
  ERR_CONFIG_UNKNOWN_KEY: {
    exitCode: CONFIG,
    summary: 'The configuration has a key that nothing reads.',
    hint: 'Remove it or use the nearest known key.',
  },
  ERR_CONFIG_INVALID: {
    exitCode: CONFIG,
    summary: 'A value of the configuration is not of the expected form.',
    hint: 'Mend the value that the message names.',
  },
  ERR_CONFIG_UNTRUSTED: {
    exitCode: CONFIG,
    summary: 'A configuration found in the current folder wants to load code.',
    hint: 'If you trust it, name it with --config.',
  },
  ERR_PROFILE_UNKNOWN: {
    exitCode: CONFIG,
    summary: 'There is no profile of that name.',
    hint: 'See the names with: voiceinput config',
  },

  ERR_PLUGIN_NOT_FOUND: {
    exitCode: PLUGIN,
    summary: 'A plugin that the configuration names is not installed.',
    hint: 'Install it, or see what there is with: voiceinput plugins',
  },
  ERR_PLUGIN_LOAD: {
    exitCode: PLUGIN,
    summary: 'Importing a plugin failed.',
    hint: 'Ask its author, or remove it from the configuration.',
  },
  ERR_PLUGIN_MANIFEST: {
    exitCode: PLUGIN,
    summary: 'What a plugin exports is not a valid manifest.',
    hint: 'Run the conformance suite of @voiceinput/testkit on it.',
  },
  ERR_PLUGIN_API: {
    exitCode: PLUGIN,
    summary: 'A plugin was written for another version of the plugin contract.',
    hint: 'Install a version of it that fits.',
  },
  ERR_PLUGIN_DUPLICATE: {
    exitCode: PLUGIN,
    summary: 'Two plugins have the same id.',
    hint: 'Remove one of them from the configuration.',
  },
  ERR_COMMAND_UNKNOWN: {
    exitCode: CONFIG,
    summary: 'No plugin offers such a command.',
    hint: 'See what there is: voiceinput plugins run',
  },
  ERR_PLUGIN_TIMEOUT: {
    exitCode: PLUGIN,
    summary: 'A plugin did not answer in time.',
    hint: 'Try again; if it stays, remove it from the configuration.',
  },
  ERR_PLUGIN_FAILED: {
    exitCode: PLUGIN,
    summary: 'A plugin threw an error.',
    hint: 'Ask its author, with the message.',
  },

  ERR_MODEL_UNKNOWN: {
    exitCode: MODEL,
    summary: 'There is no model of that name.',
    hint: 'See the names with: voiceinput models',
  },
  ERR_MODEL_OFFLINE: {
    exitCode: MODEL,
    summary: 'A model has to be fetched first and the network cannot be reached.',
    hint: 'Connect once and run: voiceinput models pull',
  },
  ERR_MODEL_REGISTRY: {
    exitCode: MODEL,
    summary: 'The registry answered a model request with an error.',
    hint: 'Check the registry of your npm configuration with: npm config get registry',
  },
  ERR_MODEL_CHECKSUM: {
    exitCode: MODEL,
    summary: 'What was fetched is not the file that the model pins.',
    hint: 'Try again; if it stays, something between you and the registry changes files.',
  },
  ERR_MODEL_STORAGE: {
    exitCode: MODEL,
    summary: 'A model cannot be written to the cache.',
    hint: 'Free some disk space or set VOICEINPUT_CACHE_DIR to a writable folder.',
  },
  ERR_MODEL_FORMAT: {
    exitCode: MODEL,
    summary: 'A file or folder is not a model that can be imported.',
    hint: 'See what can be imported with: voiceinput models import --help',
  },
  ERR_MODEL_FILES: {
    exitCode: MODEL,
    summary: 'A runner cannot use the files of a model.',
    hint: 'Fetch it again with: voiceinput models pull --force',
  },

  ERR_OUTPUT: {
    exitCode: OUTPUT,
    summary: 'The output stream refuses what is written to it.',
    hint: 'Look for a full disk or a limit on where the output goes.',
  },
  ERR_OUTPUT_CLOSED: {
    exitCode: OUTPUT_CLOSED,
    summary: 'The program that reads the output ended before VoiceInput did.',
    hint: 'Nothing has to be done if that was meant, as with: | head',
  },

  ERR_RUNTIME: {
    exitCode: ENGINE,
    summary: 'ONNX Runtime does not start on this machine.',
    hint: 'See what it needs with: voiceinput doctor',
  },
  ERR_LANE_DIED: {
    exitCode: ENGINE,
    summary: 'The process of a lane ended while it was needed.',
    hint: 'Try again; if it stays, run: voiceinput doctor',
  },
  ERR_LANE_TIMEOUT: {
    exitCode: ENGINE,
    summary: 'A runner took much longer than the audio warrants.',
    hint: 'Try again with less load on the machine.',
  },

  ERR_DISPLAY_MISSING: {
    exitCode: OUTPUT,
    summary: 'There is no desktop that can be reached.',
    hint: 'Run it inside a graphical session (X11), or choose another sink.',
  },
  ERR_DESKTOP: {
    exitCode: OUTPUT,
    summary: 'The desktop did not do what was asked of it.',
    hint: 'See what works here with: voiceinput doctor',
  },
  ERR_COMMAND_FAILED: {
    exitCode: OUTPUT,
    summary: 'A command of the configuration could not be run or failed.',
    hint: 'Run the command by hand and see what it says.',
  },
  ERR_STORAGE: {
    exitCode: OUTPUT,
    summary: 'A recording, the history or a configuration cannot be written or read.',
    hint: 'See whether the disk is full and the folder is yours.',
  },

  ERR_DAEMON_MISSING: {
    exitCode: DAEMON,
    summary: 'No daemon is running.',
    hint: 'Start it with: voiceinput serve',
  },
  ERR_DAEMON_RUNNING: {
    exitCode: DAEMON,
    summary: 'Another daemon of this user is running already.',
    hint: 'Use that one, or end it first: voiceinput quit',
  },
  ERR_DAEMON_REFUSED: {
    exitCode: DAEMON,
    summary: 'The daemon does not accept this client: its token or protocol version is another.',
    hint: 'Restart the daemon: voiceinput quit, then voiceinput serve',
  },
  ERR_DAEMON_LOST: {
    exitCode: DAEMON,
    summary: 'The daemon went away in the middle of a request.',
    hint: 'Start it again with: voiceinput serve; what was recorded is recovered into the history.',
  },
  ERR_DAEMON_TIMEOUT: {
    exitCode: DAEMON,
    summary: 'The daemon is running but does not answer.',
    hint: 'Restart it with: voiceinput restart',
  },
  ERR_SERVICE: {
    exitCode: DAEMON,
    summary: 'The system does not run the daemon as a service.',
    hint: 'See how it stands with: voiceinput service status; or start the daemon yourself: voiceinput serve',
  },
  ERR_REQUEST_INVALID: {
    exitCode: USAGE,
    summary: 'A request to the daemon does not have the form that it expects.',
    hint: 'docs/API.md says what each request takes.',
  },
  ERR_BUSY: {
    exitCode: DAEMON,
    summary: 'More was asked at once than the daemon takes on.',
    hint: 'Ask again in a few seconds.',
  },
  ERR_PORT: {
    exitCode: DAEMON,
    summary: 'The daemon cannot listen at the port for HTTP.',
    hint: 'Choose another port: voiceinput serve --http --port 7346',
  },
  ERR_HISTORY_UNKNOWN: {
    exitCode: USAGE,
    summary: 'There is no such dictation in the history.',
    hint: 'See what there is with: voiceinput history',
  },
} as const satisfies Record<`ERR_${string}`, ErrorEntry>;

export type ErrorCode = keyof typeof errorTable;

/** An error as plain data: survives `structuredClone`, JSON and process borders. */
export interface ErrorReport {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string;
}

/** Absent for the code of a newer version, as a report from another process may carry. */
function entryOf(code: string): ErrorEntry | undefined {
  return Object.hasOwn(errorTable, code) ? errorTable[code as ErrorCode] : undefined;
}

const ERROR_MARK = Symbol.for('voiceinput.error');

/** The one error class. `message` names the value and what was expected; `hint` says what to do next. */
export class VoiceInputError extends Error {
  readonly code: ErrorCode;
  readonly hint: string;

  constructor(code: ErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : {});
    this.name = 'VoiceInputError';
    this.code = code;
    this.hint = options.hint ?? entryOf(code)?.hint ?? '';
    Object.defineProperty(this, ERROR_MARK, { value: true });
  }

  get exitCode(): number {
    return entryOf(this.code)?.exitCode ?? errorTable.ERR_INTERNAL.exitCode;
  }

  toJSON(): ErrorReport {
    return { code: this.code, message: this.message, hint: this.hint };
  }

  static fromReport({ code, message, hint }: ErrorReport): VoiceInputError {
    return new VoiceInputError(code, message, { hint });
  }
}

/** Whether `value` is a VoiceInputError of any copy of this package. */
export function isVoiceInputError(value: unknown): value is VoiceInputError {
  return typeof value === 'object' && value !== null && ERROR_MARK in value;
}
