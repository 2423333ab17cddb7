// What a plugin that keeps every promise looks like, one of each kind; bad plugins differ from it in one way.

import { definePlugin } from '@voiceinput/plugin-api';
import type { Frame, Mark, PartOf, Plugin, PluginContext, PluginKind } from '@voiceinput/plugin-api';
import {
  recordingSink,
  scriptedRunner,
  scriptedSource,
  scriptedVad,
  silence,
  speechLike,
  type Check,
  type InputsOf,
} from '@voiceinput/testkit';
import { conformance } from '@voiceinput/testkit';

const PATIENCE_MS = 300;

export const inputs = {
  source: { patienceMs: PATIENCE_MS, config: { score: [{ sound: 'speech', ms: 1_000 }] } },
  vad: { patienceMs: PATIENCE_MS * 10, speech: speechLike(16_000), silence: silence(16_000) },
  runner: {
    patienceMs: PATIENCE_MS,
    speech: speechLike(16_000),
    config: { script: [{ repeat: true, text: 'hello wide world', msPerWord: 400, meanLogProb: -0.1 }] },
  },
  judge: { patienceMs: PATIENCE_MS },
  postprocessor: { patienceMs: PATIENCE_MS },
  sink: { patienceMs: PATIENCE_MS },
} satisfies InputsOf;

const postprocessor = definePlugin<'postprocessor', never>({
  id: 'post-good',
  kind: 'postprocessor',
  api: 1,
  title: 'Leaves all as it is',
  capabilities: { scope: 'segment', stages: ['partial', 'draft', 'refined'] },
  async create(_config, _context, signal) {
    signal.throwIfAborted();
    return {
      async process(transcript, _about, signal) {
        signal.throwIfAborted();
        return transcript;
      },
      close: async () => undefined,
    };
  },
});

const judge = definePlugin<'judge', never>({
  id: 'judge-good',
  kind: 'judge',
  api: 1,
  title: 'Prefers what is longer',
  capabilities: {},
  async create(_config, _context, signal) {
    signal.throwIfAborted();
    return {
      async isSure({ meanLogProb = -Infinity }, { skipRefineAboveLogProb = 0 }, signal) {
        signal.throwIfAborted();
        return meanLogProb >= skipRefineAboveLogProb;
      },
      async choose({ draft, refined }, _about, signal) {
        signal.throwIfAborted();
        return refined.text.length < draft.text.length ? 'draft' : 'refined';
      },
      close: async () => undefined,
    };
  },
});

/** What the good sink would have shown, as a reader of its output gets it. */
export function sinkWithOutput(): { plugin: Plugin<'sink'>; output: () => string } {
  const { plugin, recording } = recordingSink({ lasting: true });
  const output = (): string =>
    recording.edits.map((edit) => edit.segment.text.replace(/[\p{Cc}\p{Bidi_C}]|\[31;5m|\]0;title/gu, '')).join('\n');
  return { plugin, output };
}

export const good = {
  source: scriptedSource,
  vad: scriptedVad,
  runner: scriptedRunner({
    capabilities: {
      languages: ['en', 'de'],
      maxClipMs: 2_000,
      proposals: true,
      precedingText: true,
      streaming: true,
      padMs: 100,
    },
  }),
  judge,
  postprocessor,
  sink: recordingSink({ lasting: true, needs: ['clipboard'], reasons: { busy: 'the test is busy' } }).plugin,
};

/** The good post-processor with a command, and the inputs that go with it. */
export const commanded = {
  plugin: misbehaving(
    altered(postprocessor, { commands: [{ id: 'greet', title: 'Say hello' }] }),
    (part): PartOf['postprocessor'] => ({
      ...part,
      async perform(_id, _given, signal) {
        signal.throwIfAborted();
        return { text: 'hello' };
      },
    }),
  ),
  inputs: { ...inputs.postprocessor, commands: { greet: {} } },
};

/** The plugin with another manifest. */
export function altered<K extends PluginKind>(plugin: Plugin<K>, manifest: object): Plugin<K> {
  return { ...plugin, ...manifest };
}

/** The plugin with other parts, made from the good ones. */
export function misbehaving<K extends PluginKind>(
  plugin: Plugin<K>,
  spoil: (part: PartOf[K], signal: AbortSignal) => PartOf[K],
): Plugin<K> {
  const create = async (config: never, context: PluginContext, signal: AbortSignal): Promise<PartOf[K]> =>
    spoil(await plugin.create(config, context, signal), signal);
  return { ...plugin, create };
}

/** The good detector whose marks are changed before anybody sees them. */
export function mishearing(spoil: (marks: readonly Mark[], frame: Frame) => Mark[]): Plugin<'vad'> {
  return misbehaving(good.vad, (part) => ({
    ...part,
    async listen(signal) {
      const stream = await part.listen(signal);
      return { ...stream, push: async (frame, signal) => spoil(await stream.push(frame, signal), frame) };
    },
  }));
}

/** A bad plugin together with the one promise that it breaks. */
export interface BadPlugin {
  readonly fails: string;
  readonly checks: Check[];
}

export function bad<K extends PluginKind>(fails: string, plugin: Plugin<K>, given: InputsOf[K]): BadPlugin {
  return { fails, checks: conformance(plugin, given) };
}
