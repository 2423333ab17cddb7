// What daemon and clients tell each other about: one schema for the types, both sides' checks and docs/API.md.

import { fieldKinds } from '@voiceinput/plugin-api';
import * as z from 'zod/mini';

/** `hold`: while a key is down; `toggle`: from one press to the next; `hands-free`: until a silence. */
export const mode = z.enum(['hold', 'toggle', 'hands-free']);

export const errorReport = z.object({ code: z.string(), message: z.string(), hint: z.string() });

export const choice = z.object({ use: z.string(), options: z.record(z.string(), z.unknown()) });

/** Without options: those that the configuration gives it, else its own defaults. */
export const wish = z.object({ use: z.string(), options: z.optional(z.record(z.string(), z.unknown())) });

export const outcome = z.object({
  kind: z.enum(['applied', 'refused', 'offered']),
  proof: z.optional(z.enum(['verified', 'unverified'])),
  reason: z.optional(z.string()),
  /** The reason in words, as they go on after a colon. */
  explanation: z.optional(z.string()),
});

/** What a sink says of the place where a dictation goes. */
export const sinkBeginning = z.object({
  /** What stands around the caret, as far as it can be read. */
  surroundings: z.optional(
    z.object({
      before: z.optional(z.string()),
      after: z.optional(z.string()),
      /** What the field is for. */
      field: z.optional(z.enum(fieldKinds)),
    }),
  ),
  /** The application that receives the text. */
  app: z.optional(z.string()),
  /** Whether nothing of it may be kept, as in a password field. */
  secret: z.optional(z.boolean()),
  /** `false`: the draft is final here. */
  hybrid: z.optional(z.boolean()),
  /** Words that are likely here. */
  words: z.optional(z.array(z.string())),
});

export const recording = z.object({
  sessionId: z.string(),
  mode,
  /** ISO 8601. */
  startedAt: z.string(),
});

export const memoryOfProcess = z.object({
  name: z.string(),
  pid: z.int(),
  /** Proportional set size. Absent where the system does not tell it. */
  memoryBytes: z.optional(z.number()),
});

/** A runner, and the model with which it reads: absent where its options name none. */
export const lane = z.object({ use: z.string(), model: z.optional(z.string()) });

export const status = z.object({
  version: z.string(),
  pid: z.int(),
  startedAt: z.string(),
  /** `opening` until the lanes are warm. */
  state: z.enum(['opening', 'idle', 'recording']),
  recording: z.optional(recording),
  /** Dictations that were released and are still being read. */
  transcribing: z.array(z.string()),
  profile: z.string(),
  /** Every profile that can be chosen. */
  profiles: z.array(z.string()),
  hybrid: z.boolean(),
  /** What reads the draft, and the better text where hybrid is on. Absent in older daemons. */
  lanes: z.optional(z.object({ fast: lane, refine: z.optional(lane) })),
  /** The same for settings that read the same. */
  fingerprint: z.string(),
  source: choice,
  sink: choice,
  mode,
  /** The key, and why it does not work if so. */
  key: z.object({ name: z.string(), trouble: z.optional(errorReport) }),
  processes: z.array(memoryOfProcess),
  settingsFiles: z.array(z.string()),
  /** The user's own file, whether it is there or not. */
  settingsFile: z.string(),
  /** Where it answers HTTP, and the file with the token for that. Absent when it does not. */
  http: z.optional(z.object({ url: z.string(), tokenFile: z.string() })),
  /** Where HTTP is answered without a token. */
  httpSocket: z.optional(z.string()),
  /** What does not work as it should for now, such as a port that is taken. */
  troubles: z.optional(z.array(errorReport)),
  /** The number of the newest event. */
  seq: z.int(),
});

export const historyEntry = z.object({
  id: z.string(),
  startedAt: z.string(),
  endedAt: z.string(),
  mode: z.string(),
  label: z.string(),
  app: z.optional(z.string()),
  profile: z.string(),
  /** `reading`: the draft is there, and what comes after it is not over. */
  outcome: z.enum(['done', 'no-speech', 'cancelled', 'failed', 'reading']),
  /** Whether it went into a field whose words nobody may keep, such as a password. */
  secret: z.optional(z.boolean()),
  /** Absent when texts are not kept. */
  draft: z.optional(z.string()),
  text: z.optional(z.string()),
  /** What the user says should stand there. */
  correction: z.optional(z.string()),
  /** The user took it back: what stands there since. */
  left: z.optional(z.enum(['refined', 'draft', 'nothing'])),
  /** The model that read it, where one was asked for. */
  model: z.optional(z.string()),
  /** What became of the text of each segment. */
  edits: z.array(outcome),
  /** Each segment without its words, in order of speaking. Absent in entries of an older version. */
  segments: z.optional(
    z.array(
      z.object({
        startMs: z.number(),
        endMs: z.number(),
        /** BCP 47. Absent when nobody knows it. */
        language: z.optional(z.string()),
        /** 0…1. Absent when the runner did not have to find out the language. */
        languageProbability: z.optional(z.number()),
        /** Why the text should be looked at: `language`: it is in none of the languages that may be spoken. */
        doubtful: z.optional(z.string()),
      }),
    ),
  ),
  audioMs: z.number(),
  draftMs: z.optional(z.number()),
  refinedMs: z.optional(z.number()),
  polishedMs: z.optional(z.number()),
  /** Whether the recording is still there. */
  hasAudio: z.boolean(),
  retryOf: z.optional(z.string()),
  error: z.optional(errorReport),
});

/** What has the focus, and how far a better text goes there. */
export const focusedPlace = z.object({ app: z.string(), tier: z.string(), reason: z.string() });

/** Of dictations that are kept. */
export const keptSize = z.object({ dictations: z.int(), recordings: z.int(), recordingBytes: z.int() });

export const device = z.object({ id: z.string(), name: z.string(), standard: z.boolean() });

/** A model and what this machine has of it. */
export const model = z.object({
  id: z.string(),
  title: z.string(),
  kind: z.string(),
  /** BCP 47. */
  languages: z.array(z.string()),
  license: z.string(),
  bytes: z.number(),
  state: z.enum(['ready', 'absent', 'damaged']),
});

/** An action that a plugin offers. */
export const command = z.object({
  plugin: z.string(),
  id: z.string(),
  title: z.string(),
  /** JSON Schema of an object. */
  arguments: z.record(z.string(), z.unknown()),
});

/** One thing that was examined. */
export const finding = z.object({
  what: z.string(),
  /** `limited`: it works, but something optional is missing. */
  state: z.enum(['works', 'limited', 'broken']),
  detail: z.string(),
  /** The command or step that fixes it. */
  fix: z.optional(z.string()),
});

/** Events of the engine and of the daemon; `docs/API.md` lists their types. */
export const daemonEvent = z.looseObject({
  /** Counts from 1 without gaps, for every client the same. */
  seq: z.int(),
  /** ISO 8601. */
  at: z.string(),
  type: z.string(),
});

export type Mode = z.infer<typeof mode>;
export type Status = z.infer<typeof status>;
export type Recording = z.infer<typeof recording>;
export type HistoryEntry = z.infer<typeof historyEntry>;
export type Model = z.infer<typeof model>;
export type RemoteCommand = z.infer<typeof command>;
export type Finding = z.infer<typeof finding>;
export type RemoteDevice = z.infer<typeof device>;
export type RemoteOutcome = z.infer<typeof outcome>;
