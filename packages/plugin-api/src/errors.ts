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
/** The exit code of a command that ends with a part of what it should have read. */
export const PARTIAL_EXIT_CODE = 10;

/** What each exit code of the command line means. */
export const exitCodes: Readonly<Record<number, string>> = {
  0: 'Success.',
  1: 'Internal error.',
  [USAGE]: 'Invalid arguments.',
  [INPUT]: 'An audio file or stream cannot be read.',
  [CONFIG]: 'The configuration is not valid.',
  [PLUGIN]: 'A plugin cannot be loaded or failed.',
  [MODEL]: 'A model cannot be downloaded or used.',
  [ENGINE]: 'Speech recognition failed.',
  [OUTPUT]: 'The output cannot be written.',
  [DAEMON]: 'The daemon is not running, or it refused.',
  [PARTIAL_EXIT_CODE]: 'A part of an audio file cannot be read; the text of the rest was printed.',
  [OUTPUT_CLOSED]: 'The output was closed early (as `| head` does).',
  130: 'Interrupted (Ctrl-C, SIGTERM, SIGHUP); everything recognised so far was printed.',
};

/** Every error of VoiceInput by its stable code. `docs/errors.md` is generated from this table. */
export const errorTable = {
  ERR_INTERNAL: {
    exitCode: 1,
    summary: 'Internal error: something happened that should be impossible.',
    hint: 'Please report it, with the command that you ran.',
  },
  ERR_ABORTED: {
    exitCode: 130,
    summary: 'The work was cancelled by the user or a caller.',
    hint: 'Run the command again to finish.',
  },
  ERR_USAGE: {
    exitCode: USAGE,
    summary: 'Unknown command, option or argument.',
    hint: 'Add --help for a list.',
  },

  ERR_DESCRIPTORS: {
    exitCode: 1,
    summary: 'This process may not open as many files as it needs.',
    hint: 'Allow more with: ulimit -n 1024',
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
    summary: 'The file or stream contains no audio.',
    hint: 'Check that it was recorded or exported completely.',
  },
  ERR_AUDIO_FORMAT: {
    exitCode: INPUT,
    summary: 'The format of the audio is not supported.',
    hint: 'Convert it to WAV, FLAC, MP3, Ogg or M4A.',
  },
  ERR_AUDIO_CORRUPT: {
    exitCode: INPUT,
    summary: 'The audio is damaged or incomplete.',
    hint: 'The readable part was transcribed. For the rest, export or copy the file again.',
  },
  ERR_AUDIO_SAMPLES: {
    exitCode: INPUT,
    summary: 'The audio contains samples that are not finite numbers.',
    hint: 'Export the file again as 16-bit PCM.',
  },

  ERR_DATASET: {
    exitCode: INPUT,
    summary: 'Data to train with cannot be read, or what is learnt from would leak into what it is judged by.',
    hint: 'See what can be read with: voiceinput dataset --help',
  },

  ERR_RECORDER_MISSING: {
    exitCode: INPUT,
    summary: 'No program for recording from a microphone is installed.',
    hint: 'On Debian and Ubuntu: sudo apt-get install pulseaudio-utils (or alsa-utils). On macOS: brew install sox.',
  },
  ERR_MICROPHONE_MISSING: {
    exitCode: INPUT,
    summary: 'No microphone was found, or not the one that was chosen.',
    hint: 'Plug it in, or choose another: `voiceinput microphones` lists them.',
  },
  ERR_MICROPHONE_BUSY: {
    exitCode: INPUT,
    summary: 'The microphone cannot be opened; another program may hold it.',
    hint: 'Close other recording programs, or choose another microphone: `voiceinput microphones`.',
  },
  ERR_MICROPHONE_LOST: {
    exitCode: INPUT,
    summary: 'The microphone was disconnected while in use.',
    hint: 'Plug it in again. What you said up to that point is saved.',
  },
  ERR_MICROPHONE_MUTED: {
    exitCode: INPUT,
    summary: 'The microphone delivers nothing but silence.',
    hint: 'Unmute it in the system settings or on the device itself.',
  },

  ERR_DATASET_MISSING: {
    exitCode: PLUGIN,
    summary: 'What makes data sets is a package of its own, and it is not installed.',
    hint: 'npm install -g @voiceinput/dataset',
  },
  ERR_TRAY_MISSING: {
    exitCode: PLUGIN,
    summary: 'The tray is a package of its own, and it is not installed.',
    hint: 'npm install -g @voiceinput/tray',
  },

  ERR_CONFIG_NOT_FOUND: {
    exitCode: CONFIG,
    summary: 'The given configuration file does not exist.',
    hint: 'Check the path after --config.',
  },
  ERR_CONFIG_SYNTAX: {
    exitCode: CONFIG,
    summary: 'The configuration file is not valid JSON.',
    hint: 'Fix the place named in the message.',
  },
  ERR_CONFIG_UNKNOWN_KEY: {
    exitCode: CONFIG,
    summary: 'The configuration contains an unknown key.',
    hint: 'Remove it, or use the nearest known key.',
  },
  ERR_CONFIG_INVALID: {
    exitCode: CONFIG,
    summary: 'A value in the configuration is invalid.',
    hint: 'Fix the value named in the message.',
  },
  ERR_CONFIG_UNTRUSTED: {
    exitCode: CONFIG,
    summary: 'A configuration in the current folder tries to load code.',
    hint: 'If you trust it, name it with --config.',
  },
  ERR_PROFILE_UNKNOWN: {
    exitCode: CONFIG,
    summary: 'No profile has this name.',
    hint: 'List the profiles with: voiceinput config',
  },

  ERR_PLUGIN_NOT_FOUND: {
    exitCode: PLUGIN,
    summary: 'A plugin named in the configuration is not installed.',
    hint: 'Install it, or list the plugins with: voiceinput plugins',
  },
  ERR_PLUGIN_LOAD: {
    exitCode: PLUGIN,
    summary: 'A plugin could not be loaded.',
    hint: 'Fix it if it is yours, else ask its author or remove it from the configuration.',
  },
  ERR_PLUGIN_MANIFEST: {
    exitCode: PLUGIN,
    summary: 'A plugin does not export a valid manifest.',
    hint: 'Run the conformance suite in @voiceinput/testkit on it.',
  },
  ERR_PLUGIN_API: {
    exitCode: PLUGIN,
    summary: 'A plugin was written for another version of the plugin API.',
    hint: 'Install a compatible version of it.',
  },
  ERR_PLUGIN_DUPLICATE: {
    exitCode: PLUGIN,
    summary: 'Two plugins have the same id.',
    hint: 'Remove one of them from the configuration.',
  },
  ERR_COMMAND_UNKNOWN: {
    exitCode: CONFIG,
    summary: 'No plugin has this command.',
    hint: 'List the commands with: voiceinput plugins run',
  },
  ERR_PLUGIN_TIMEOUT: {
    exitCode: PLUGIN,
    summary: 'A plugin did not respond in time.',
    hint: 'Try again. If it keeps happening with a plugin from your configuration, remove it there.',
  },
  ERR_PLUGIN_FAILED: {
    exitCode: PLUGIN,
    summary: 'A plugin threw an error.',
    hint: 'Report the message to its author.',
  },

  ERR_MODEL_UNKNOWN: {
    exitCode: MODEL,
    summary: 'No model has this name.',
    hint: 'List the models with: voiceinput models',
  },
  ERR_MODEL_ABSENT: {
    exitCode: MODEL,
    summary: 'The model is known, but this machine has nothing of it.',
    hint: 'List the models with: voiceinput models',
  },
  ERR_MODEL_MISSING: {
    exitCode: MODEL,
    summary: 'No model on this machine hears the languages of the profile.',
    hint: 'See which would, with: voiceinput languages',
  },
  ERR_MODEL_OFFLINE: {
    exitCode: MODEL,
    summary: 'A model has to be downloaded first, and the network cannot be reached.',
    hint: 'Go online once and run: voiceinput models pull',
  },
  ERR_MODEL_REGISTRY: {
    exitCode: MODEL,
    summary: 'The registry answered a model request with an error.',
    hint: 'Check the registry in your npm configuration with: npm config get registry',
  },
  ERR_MODEL_CHECKSUM: {
    exitCode: MODEL,
    summary: 'The download does not match its checksum.',
    hint: 'Try again. If it keeps happening, something on the way changes files, such as a proxy.',
  },
  ERR_MODEL_STORAGE: {
    exitCode: MODEL,
    summary: 'A model cannot be saved in the cache.',
    hint: 'Free some disk space, or set VOICEINPUT_CACHE_DIR to a writable folder.',
  },
  ERR_MODEL_FORMAT: {
    exitCode: MODEL,
    summary: 'A file or folder is not a model that can be imported.',
    hint: 'Check what can be imported with: voiceinput models import --help',
  },
  ERR_MODEL_FILES: {
    exitCode: MODEL,
    summary: 'The files of a model cannot be used.',
    hint: 'Download it again with: voiceinput models pull --force',
  },

  ERR_OUTPUT: {
    exitCode: OUTPUT,
    summary: 'The output cannot be written.',
    hint: 'Check whether the disk is full or the size is limited where the output goes.',
  },
  ERR_OUTPUT_CLOSED: {
    exitCode: OUTPUT_CLOSED,
    summary: 'The program that reads the output exited early.',
    hint: 'Nothing to do if that was intended, as with: | head',
  },

  ERR_RUNTIME: {
    exitCode: ENGINE,
    summary: 'ONNX Runtime cannot be started on this machine.',
    hint: 'Check the requirements with: voiceinput doctor',
  },
  ERR_LANE_DIED: {
    exitCode: ENGINE,
    summary: 'A recognition process exited unexpectedly.',
    hint: 'Try again. If it keeps happening, run: voiceinput doctor',
  },
  ERR_LANE_TIMEOUT: {
    exitCode: ENGINE,
    summary: 'Recognition took far too long for this audio.',
    hint: 'Try again when the machine is less busy.',
  },

  ERR_DISPLAY_MISSING: {
    exitCode: OUTPUT,
    summary: 'No desktop session was found.',
    hint: 'Run it inside a graphical session (X11 or Wayland), or choose another sink.',
  },
  ERR_DESKTOP: {
    exitCode: OUTPUT,
    summary: 'A desktop operation failed.',
    hint: 'Check what works here with: voiceinput doctor',
  },
  ERR_COMMAND_FAILED: {
    exitCode: OUTPUT,
    summary: 'A command from the configuration could not be run, or failed.',
    hint: 'Run the command by hand to see its output.',
  },
  ERR_STORAGE: {
    exitCode: OUTPUT,
    summary: 'A recording, the history or a configuration cannot be read or written.',
    hint: 'Check that the disk is not full and that the folder belongs to you.',
  },
  ERR_CLOCK: {
    exitCode: OUTPUT,
    summary: 'The date of this machine may be wrong: old dictations would be deleted.',
    hint: 'Set the date right.',
  },

  ERR_DAEMON_MISSING: {
    exitCode: DAEMON,
    summary: 'The daemon is not running.',
    hint: 'Start it with: voiceinput serve',
  },
  ERR_DAEMON_RUNNING: {
    exitCode: DAEMON,
    summary: 'Another daemon of this user is already running.',
    hint: 'Use that one, or stop it first: voiceinput quit',
  },
  ERR_DAEMON_REFUSED: {
    exitCode: DAEMON,
    summary: 'The daemon refused this client: wrong token or protocol version.',
    hint: 'Restart the daemon: voiceinput restart',
  },
  ERR_DAEMON_LOST: {
    exitCode: DAEMON,
    summary: 'The daemon stopped during a request.',
    hint: 'Start it again with: voiceinput serve. Unfinished recordings are recovered into the history.',
  },
  ERR_DAEMON_TIMEOUT: {
    exitCode: DAEMON,
    summary: 'The daemon is running but does not respond.',
    hint: 'Restart it with: voiceinput restart',
  },
  ERR_SERVICE: {
    exitCode: DAEMON,
    summary: 'The daemon cannot be run as a service of this system.',
    hint: 'Check it with: voiceinput service status, or start the daemon yourself: voiceinput serve',
  },
  ERR_REQUEST_INVALID: {
    exitCode: USAGE,
    summary: 'A request to the daemon is malformed.',
    hint: 'docs/API.md describes every request.',
  },
  ERR_BUSY: {
    exitCode: DAEMON,
    summary: 'The daemon is busy: too many requests.',
    hint: 'Try again in a few seconds.',
  },
  ERR_PORT: {
    exitCode: DAEMON,
    summary: 'The HTTP port cannot be opened.',
    hint: 'Choose another port: voiceinput serve --http --port 7346',
  },
  ERR_PAGE_REFUSED: {
    exitCode: DAEMON,
    summary: 'The settings page does not answer this request.',
    hint: 'Open the page with: voiceinput settings',
  },
  ERR_NOT_CONFIRMED: {
    exitCode: CONFIG,
    summary:
      'A setting that makes VoiceInput run a program was changed on the settings page and not confirmed outside of it.',
    hint: 'Answer in the terminal, or change it there with: voiceinput config set',
  },
  ERR_HISTORY_UNKNOWN: {
    exitCode: USAGE,
    summary: 'The history has no such dictation.',
    hint: 'List the dictations with: voiceinput history',
  },
} as const satisfies Record<`ERR_${string}`, ErrorEntry>;

/** A stable code: one of the keys of `errorTable`. A report of a newer version may carry another. */
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
