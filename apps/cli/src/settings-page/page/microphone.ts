// The choice of a microphone by its name, and how loud it is.

import { answer, ask, readLines, Refused } from './ask.ts';
import type { ControlPort } from './control-port.ts';
import { setTo } from './control-port.ts';
import { make } from './dom.ts';
import { say } from './status.ts';
import { failureText, inLanguage, words } from './words.ts';

interface Device {
  readonly id: string;
  readonly name: string;
}

/** From here on a voice was heard, and no noise of the room. */
const LOUD = 0.02;

/** Those that are there, and the one that is chosen. */
export function deviceChoice(port: ControlPort): HTMLElement {
  const { id, describedBy, field } = port;
  const own = typeof field.own === 'string' ? field.own : '';
  const standard = make('option', { value: '' }, words.systemMicrophone);
  const chosen = own === '' ? undefined : make('option', { value: own, selected: true }, own);
  const box = make('select', { id, 'aria-describedby': describedBy }, standard, chosen);
  box.addEventListener('change', () => setTo(port, box.value === '' ? undefined : box.value));
  void ask<{ devices: readonly Device[] }>('/microphones')
    .then(({ devices }) => {
      if (chosen !== undefined) chosen.textContent = devices.find((device) => device.id === own)?.name ?? own;
      box.append(
        ...devices.filter((device) => device.id !== own).map(({ id: value, name }) => make('option', { value }, name)),
      );
    })
    .catch((error: unknown) => say(error instanceof Refused ? inLanguage(error.failure.message) : String(error), true));
  return make('div', { class: 'device' }, box, meterOf());
}

/** Shows the loudness while it is tested. */
function meterOf(): HTMLElement {
  const meter = make('meter', {
    min: 0,
    max: 1,
    low: LOUD,
    high: 0.9,
    optimum: 0.5,
    value: 0,
    'aria-label': words.level,
  });
  const button = make('button', { type: 'button', id: 'test-microphone' }, words.testMicrophone);
  let stop: AbortController | undefined;

  async function test(): Promise<void> {
    stop = new AbortController();
    button.textContent = words.stopTest;
    say(words.speakNow);
    let loudest = 0;
    try {
      const levels = await answer('/microphones/test', {}, stop.signal);
      await readLines(levels, (line) => {
        const { level } = line as { level: number };
        if (level > LOUD && loudest <= LOUD) say(words.loud);
        loudest = Math.max(loudest, level);
        // Loudness is heard in ratios: a quiet voice is to be seen, too.
        meter.value = Math.sqrt(level);
      });
    } catch (error) {
      if (error instanceof Refused) return say(failureText(error.failure), true);
      if (!stop.signal.aborted) throw error;
    } finally {
      meter.value = 0;
      stop = undefined;
      button.textContent = words.testMicrophone;
    }
    if (loudest <= LOUD) say(words.quiet, true);
  }

  button.addEventListener('click', () => (stop === undefined ? void test() : stop.abort()));
  return make('div', { class: 'meter' }, button, meter);
}
