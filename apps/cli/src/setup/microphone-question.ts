// Which microphone: chosen from a list, then seen to hear.

import { log } from '@clack/prompts';
import type { PartChoice } from '@voiceinput/engine';
import { isVoiceInputError } from '@voiceinput/plugin-api';
import type { Device } from '@voiceinput/plugin-api';
import { firstWanted, wantedDevices } from '../settings/device.ts';
import type { SetupAnswers } from './answers.ts';
import { choose, Left, whyOf } from './ask.ts';
import type { Asking } from './ask.ts';
import type { Loaded } from './carry-out.ts';
import { openLevelMeter } from './listen.ts';
import type { LevelMeter } from './listen.ts';
import { BACKSPACES, CONTROL_C, drawLine, ENTER, ESCAPE, meter, nextKey } from './terminal.ts';

/** So loud is no quiet room any more: about 40 dB below the loudest sample. */
const HEARD = 0.4;
/** The bar sinks slower than a voice pauses. */
const SINKING = 0.85;

/** Rejects with `Left`. */
export async function askMicrophone(present: Loaded, asking: Asking): Promise<Pick<SetupAnswers, 'microphone'>> {
  const meters = openLevelMeter(present);
  try {
    return await askWith(meters, present, asking);
  } catch (error) {
    if (!isVoiceInputError(error) || asking.signal.aborted) throw error;
    log.warn(asking.say.noMicrophone(whyOf(error)));
    return {};
  } finally {
    await meters.close();
  }
}

async function askWith(meters: LevelMeter, { dictation }: Loaded, asking: Asking) {
  const { say, signal } = asking;
  const { source } = dictation;
  const devices = await meters.devices(source, signal);
  const standard = devices.find((device) => device.standard);
  const used = firstWanted(wantedDevices(source.options), devices)?.id ?? '';
  if (devices.length === 0) log.warn(say.noMicrophoneFound);
  if (devices.length === 0) return {};
  for (;;) {
    const microphone = await choose<string | undefined>(
      say.askMicrophone,
      [
        { value: undefined, label: say.leaveAsIs },
        { value: '', label: say.microphoneDefault(standard?.name ?? '–') },
        ...devices.map(({ id, name }: Device) => ({ value: id, label: name, hint: id })),
      ],
      { initial: used, signal },
    );
    if (microphone === undefined) return {};
    const { device: _present, ...others } = source.options;
    const chosen = { ...source, options: { ...others, ...(microphone !== '' && { device: microphone }) } };
    if (await isHeard(meters, chosen, asking)) return { microphone };
  }
}

/** Shows the level until the user takes this one, or another. Rejects with `Left`. */
async function isHeard(meters: LevelMeter, source: PartChoice, { say, signal }: Asking): Promise<boolean> {
  const over = new AbortController();
  const either = AbortSignal.any([signal, over.signal]);
  let level = 0;
  let wasHeard = false;
  log.step(say.speakNow);
  const showing = meters.listen(
    source,
    (loudness) => {
      level = Math.max(loudness, level * SINKING);
      wasHeard ||= loudness > HEARD;
      drawLine(`│  ${meter(level)}  ${wasHeard ? say.heardYou : say.heardNothing}`);
    },
    either,
  );
  // What went wrong is told when the key comes; the user may be reading it.
  const failing = showing.catch((error: unknown) => {
    if (!either.aborted) drawLine(`│  ${whyOf(error)}`);
  });
  try {
    for (;;) {
      const key = await nextKey(signal);
      if (key === ENTER) return true;
      if (BACKSPACES.includes(key)) return false;
      if (key === ESCAPE || key === CONTROL_C) throw new Left();
    }
  } finally {
    over.abort();
    await failing;
    process.stdout.write('\n');
  }
}
