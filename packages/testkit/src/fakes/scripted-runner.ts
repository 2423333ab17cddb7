// What a runner without a model says: what its script tells, clip by clip.

import { definePlugin, samplesToMs, VoiceInputError } from '@voiceinput/plugin-api';
import type {
  CapabilitiesOf,
  Clip,
  ClipStream,
  Doubt,
  Hint,
  Plugin,
  Runner,
  Transcript,
  Word,
} from '@voiceinput/plugin-api';
import { pause } from './pause.ts';

/** What the runner does with one clip. Plain data, so that it reaches a child process. */
export interface ScriptStep {
  /** Only for clips that begin in [from, to), in samples of the session. Absent: for any clip. */
  readonly when?: { readonly fromSample?: number; readonly toSample?: number };
  /** Stays for the next clips too; without it a step serves one clip. */
  readonly repeat?: boolean;
  readonly text?: string;
  /** What a stream says instead of `text`, and what it does not do: fail, hang or die. */
  readonly streamed?: string;
  /** Says only the words that fit into the clip at this speed, as a partial would. */
  readonly msPerWord?: number;
  readonly meanLogProb?: number;
  readonly noSpeechProb?: number;
  readonly language?: string;
  readonly languageProbability?: number;
  readonly doubtful?: Doubt;
  /** Tells its words with times, which share the clip evenly. */
  readonly timesWords?: boolean;
  /** Says what it was told of the text before, such as `after It rains.`, where that is anything. */
  readonly saysPreceding?: boolean;
  /** Says, instead of `text`, just the text before that it was told, if it was. */
  readonly echoes?: boolean;
  /** Says, instead of `text`, which language it was told, and among which to choose. */
  readonly saysLanguages?: boolean;
  /** Waits before it does anything else. */
  readonly delayMs?: number;
  /** Rejects with `ERR_MODEL_FILES` and this message. */
  readonly fail?: string;
  /** Throws a plain error with this message, synchronously. */
  readonly throw?: string;
  /** Waits until the signal aborts; `deaf` does not even listen to that. */
  readonly hang?: boolean | 'deaf';
  /** Ends its process with exit code 70. */
  readonly die?: boolean;
}

export interface RunnerScript {
  readonly model?: string;
  /** The first step that is not used up and fits the clip. None fits: an empty text. */
  readonly script?: readonly ScriptStep[];
  /** Before `create` is done. */
  readonly createDelayMs?: number;
  /** `create` rejects with a plain error. */
  readonly createFail?: string;
}

const stepSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    when: {
      type: 'object',
      additionalProperties: false,
      properties: { fromSample: { type: 'integer' }, toSample: { type: 'integer' } },
    },
    repeat: { type: 'boolean' },
    text: { type: 'string' },
    streamed: { type: 'string' },
    msPerWord: { type: 'number' },
    meanLogProb: { type: 'number' },
    noSpeechProb: { type: 'number' },
    language: { type: 'string' },
    languageProbability: { type: 'number' },
    doubtful: { enum: ['language'] },
    timesWords: { type: 'boolean' },
    saysPreceding: { type: 'boolean' },
    echoes: { type: 'boolean' },
    saysLanguages: { type: 'boolean' },
    delayMs: { type: 'number' },
    fail: { type: 'string' },
    throw: { type: 'string' },
    hang: { enum: [true, false, 'deaf'] },
    die: { type: 'boolean' },
  },
};

/** A scripted runner under another id or with other capabilities. */
export function scriptedRunner(
  manifest: { id?: string; capabilities?: Partial<CapabilitiesOf['runner']> } = {},
): Plugin<'runner', RunnerScript> {
  return definePlugin<'runner', RunnerScript>({
    id: manifest.id ?? 'runner-scripted',
    kind: 'runner',
    api: 1,
    title: 'Says what its script tells',
    capabilities: { languages: ['*'], maxClipMs: 30_000, proposals: false, ...manifest.capabilities },
    config: {
      type: 'object',
      additionalProperties: false,
      properties: {
        model: { type: 'string', minLength: 1 },
        script: { type: 'array', items: stepSchema },
        createDelayMs: { type: 'number' },
        createFail: { type: 'string' },
      },
    },
    async create(config, _context, signal) {
      signal.throwIfAborted();
      await pause(config.createDelayMs ?? 0, signal);
      if (config.createFail !== undefined) throw new Error(config.createFail);
      return playerOf(config, manifest.capabilities?.streaming === true);
    },
  });
}

export default scriptedRunner();

function playerOf({ model = 'scripted', script = [] }: RunnerScript, streams: boolean): Runner {
  const left = [...script];
  return {
    model,
    run(clip, hint, signal) {
      const index = left.findIndex((step) => fits(step, clip));
      const step = left[index] ?? {};
      if (index >= 0 && !step.repeat) left.splice(index, 1);
      if (step.throw !== undefined) throw new Error(step.throw);
      return play(step, { clip, hint }, signal);
    },
    // The script is not used up: the clip will be read as a whole.
    ...(streams && {
      stream: async (startSample: number, hint: Hint, signal: AbortSignal) => {
        signal.throwIfAborted();
        const { streamed, ...step } = left.find((one) => fits(one, { startSample })) ?? {};
        return streamOf({ ...step, ...(streamed !== undefined && { text: streamed }) }, startSample, hint);
      },
    }),
    close: async () => undefined,
  };
}

const fits = ({ when }: ScriptStep, { startSample }: Pick<Clip, 'startSample'>): boolean =>
  startSample >= (when?.fromSample ?? 0) && startSample < (when?.toSample ?? Infinity);

/** Says the words that fit into what it has heard. */
function streamOf(step: ScriptStep, startSample: number, hint: Hint): ClipStream {
  let heardSamples = 0;
  return {
    async push(samples, signal) {
      signal.throwIfAborted();
      await pause(step.delayMs ?? 0, signal);
      heardSamples += samples.length;
      return transcriptOf(step, { clip: { samples: new Float32Array(heardSamples), startSample }, hint });
    },
    close: async () => undefined,
  };
}

interface Asked {
  readonly clip: Clip;
  readonly hint: Hint;
}

async function play(step: ScriptStep, asked: Asked, signal: AbortSignal): Promise<Transcript> {
  await pause(step.delayMs ?? 0, signal);
  if (step.die) process.exit(70);
  if (step.hang === 'deaf') await pause(Infinity, new AbortController().signal);
  if (step.hang) await pause(Infinity, signal);
  if (step.fail !== undefined) throw new VoiceInputError('ERR_MODEL_FILES', step.fail);
  return transcriptOf(step, asked);
}

/** The tokens are the text's code points, so that equal words have equal tokens. */
function transcriptOf(step: ScriptStep, { clip, hint }: Asked): Transcript {
  const told = `${hint.language ?? 'none'} of ${hint.languages?.join(', ') ?? 'any'}`;
  const words = (step.saysLanguages ? told : wordsOf(step, hint)).split(' ');
  const fitting = step.msPerWord === undefined ? words.length : samplesToMs(clip.samples.length) / step.msPerWord;
  const text = words.slice(0, Math.floor(fitting)).join(' ');
  return {
    text,
    tokens: Array.from(text, (character) => character.codePointAt(0) ?? 0),
    vocabulary: 'code-points',
    ...(step.language === undefined ? {} : { language: step.language }),
    ...(step.languageProbability === undefined ? {} : { languageProbability: step.languageProbability }),
    ...(step.timesWords === true && { words: timedWords(text, clip) }),
    ...(step.doubtful === undefined ? {} : { doubtful: step.doubtful }),
    ...(step.meanLogProb === undefined ? {} : { meanLogProb: step.meanLogProb }),
    ...(step.noSpeechProb === undefined ? {} : { noSpeechProb: step.noSpeechProb }),
  };
}

function wordsOf({ text = '', saysPreceding, echoes }: ScriptStep, { precedingText }: Hint): string {
  if (precedingText === undefined) return text;
  if (echoes) return precedingText;
  return saysPreceding ? `${text} after ${precedingText}` : text;
}

function timedWords(text: string, { startSample, samples }: Clip): Word[] {
  const words = text.split(' ').filter(Boolean);
  const placeOf = (index: number): number => startSample + Math.round((samples.length * index) / words.length);
  return words.map((word, index) => ({
    text: word,
    startSample: placeOf(index),
    endSample: placeOf(index + 1),
    confidence: 0.9,
  }));
}
