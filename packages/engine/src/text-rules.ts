// What becomes of a recognised text before it is inserted, without audio: the profile's post-processors, then the fit.

import type { ModelStore, Stage, Surroundings } from '@voiceinput/plugin-api';
import { fit } from '@voiceinput/text';
import type { Descriptor } from './admit/load.ts';
import { compose, postprocessorsId, roomId } from './compose/container.ts';
import type { Profile } from './configure/profile.ts';
import { postprocess } from './session/postprocess.ts';

export interface TextRulesOptions {
  readonly profile: Profile;
  /** All that the profile names. */
  readonly plugins: readonly Descriptor[];
  readonly models: ModelStore;
  /** Called when a post-processor failed; its change is left out. */
  onWarning(error: Error): void;
}

export interface TextRequest extends Surroundings {
  /** BCP 47. Absent: that of the profile. */
  readonly language?: string;
  /** As a runner would give it. */
  readonly text: string;
}

export interface RuledText {
  /** What is to be inserted at the place. */
  readonly text: string;
  /** The text after each rule, in order: a post-processor by its plugin's ID, then those of the fit. */
  readonly steps: readonly { readonly step: string; readonly text: string }[];
}

export interface TextRules {
  /** Applies all rules. Rejects with the signal's reason on abort, or with the first plugin that does not open. */
  apply(request: TextRequest, signal: AbortSignal): Promise<RuledText>;
  /** Closes what was opened. */
  close(): Promise<void>;
}

const STAGE: Stage = 'refined';

/** Opens the text rules of a profile; its post-processors open at the first text. No runner is started. */
export function openTextRules({ profile, plugins, models, onWarning }: TextRulesOptions): TextRules {
  const container = compose({ profile, plugins, models });
  const room = container.get(roomId);
  const openPostprocessors = container.get(postprocessorsId);

  return {
    async apply({ text: recognised, ...surroundings }, signal) {
      if (surroundings.field === 'password') return { text: recognised, steps: [] };
      const language = surroundings.language ?? profile.language;
      const context = {
        sessionId: 'text',
        stage: STAGE,
        precedingText: surroundings.before ?? '',
        words: profile.words,
        ...(language !== undefined && { language }),
      };
      const steps: { step: string; text: string }[] = [];
      let text = recognised;
      for (const postprocessor of await openPostprocessors()) {
        for (const scope of ['segment', 'session'] as const) {
          if (postprocessor.plugin.capabilities.scope !== scope) continue;
          const port = { postprocessors: [postprocessor], scope, warn: onWarning };
          ({ text } = await postprocess({ text }, context, port, signal));
          steps.push({ step: postprocessor.plugin.id, text });
        }
      }
      const fitted = fit(text, { ...surroundings, words: profile.words, ...(language !== undefined && { language }) });
      return { text: fitted.text, steps: [...steps, ...fitted.steps] };
    },
    close: () => room.ownership.closeAll(),
  };
}
