// A dictation to try what was chosen, into a line of its own: nothing else gets it.

import { log } from '@clack/prompts';
import type { Engine } from '@voiceinput/engine';
import { openModelStore } from '@voiceinput/models';
import { isVoiceInputError } from '@voiceinput/plugin-api';
import { withEngine } from '../commands/work.ts';
import { profileOf } from '../settings/settle.ts';
import { usedModels } from '../settings/used-models.ts';
import { choose, Left, whyOf } from './ask.ts';
import type { Asking } from './ask.ts';
import type { Loaded } from './carry-out.ts';
import { CONTROL_C, ENTER, ESCAPE, nextKey } from './terminal.ts';

/** Whether a dictation needs nothing that is not here. */
export async function canTry(loaded: Loaded, signal: AbortSignal): Promise<boolean> {
  try {
    const store = openModelStore({ plugins: loaded.plugins, offline: true });
    const ids = usedModels({ ...loaded, profile: profileOf(loaded) });
    const states = await Promise.all(ids.map((id) => store.status(id, signal)));
    return states.every(({ state }) => state === 'ready');
  } catch (error) {
    if (isVoiceInputError(error) && error.code === 'ERR_MODEL_MISSING') return false;
    throw error;
  }
}

/** Asks first. Rejects with `Left`; what does not work is told. */
export async function offerTrial(loaded: Loaded, asking: Asking): Promise<void> {
  const { say, signal } = asking;
  const offer = (message: string): Promise<boolean> =>
    choose(
      message,
      [
        { value: true, label: say.trialYes },
        { value: false, label: say.trialNo },
      ],
      { signal },
    );
  if (!(await offer(say.askTrial))) return;
  try {
    log.step(say.trialOpening);
    const models = openModelStore({ plugins: loaded.plugins, offline: true });
    await withEngine({ ...loaded, profile: profileOf(loaded) }, models, async (engine) => {
      await engine.ready(signal);
      do await dictateOnce(engine, loaded, asking);
      while (await offer(say.trialAgain));
    });
  } catch (error) {
    if (!isVoiceInputError(error) || signal.aborted) throw error;
    log.warn(say.trialFailed(whyOf(error)));
  }
}

async function dictateOnce(engine: Engine, { dictation }: Loaded, { say, signal }: Asking): Promise<void> {
  log.step(say.trialStart);
  await enter(signal);
  log.step(say.trialSpeak);
  const released = new AbortController();
  const sink = { use: 'sink-terminal', options: {} };
  const request = { label: 'setup', source: dictation.source, sink, released: released.signal };
  const ending = new AbortController();
  const either = AbortSignal.any([signal, ending.signal]);
  const dictating = engine.dictate(request, either);
  // One that ends by itself, as by a microphone that goes away, waits for no key.
  const waiting = new AbortController();
  void dictating.then(() => waiting.abort());
  try {
    await enter(AbortSignal.any([signal, waiting.signal]));
  } catch (error) {
    if (error instanceof Left) ending.abort();
    if (!waiting.signal.aborted) throw error;
  } finally {
    released.abort();
    await dictating;
  }
  const { text, error } = await dictating;
  process.stdout.write('\n');
  if (error !== undefined) log.warn(say.trialFailed(whyOf(error)));
  else if (text === '') log.warn(say.trialNothing);
}

/** Rejects with `Left`. */
async function enter(signal: AbortSignal): Promise<void> {
  for (;;) {
    const key = await nextKey(signal);
    if (key === ENTER) return;
    if (key === ESCAPE || key === CONTROL_C) throw new Left();
  }
}
