// How long the desktop's key is ours: until it is closed, over every restart of the portal.

import { setTimeout as sleep } from 'node:timers/promises';
import { isVoiceInputError, VoiceInputError, whenAborted } from '@voiceinput/plugin-api';
import type { Trigger } from '../trigger.ts';
import { openBus } from '../bus/bus.ts';
import type { Bus } from '../bus/bus.ts';
import { ANSWER_MS, PORTAL } from './identity.ts';
import { byHand } from './request.ts';
import { openSession } from './session.ts';
import type { SessionPort } from './session.ts';

/** A portal that dies again and again is not asked more often. */
const ASK_AGAIN_MS = 1_000;
const DAEMON = 'org.freedesktop.DBus';

export interface ShortcutPort extends Pick<SessionPort, 'key' | 'pressed' | 'released'> {
  /** Told whenever the key stops working. */
  troubled(error: VoiceInputError): void;
}

export interface Shortcut extends Trigger {
  /** How the desktop describes the key that the user chose. Absent while there is none. */
  readonly description: string | undefined;
}

/**
 * Asks the desktop for a key, by the GlobalShortcuts portal: on Wayland no program hears keys of its own accord. Does not
 * wait, since the user may be asked; until then, and whenever the key does not work, `trouble` says why (`ERR_DESKTOP`).
 */
export function watchShortcut({ key, pressed, released, troubled }: ShortcutPort): Shortcut {
  const closing = new AbortController();
  let trouble: VoiceInputError | undefined = waiting();
  let description = '';
  let isHeld = false;

  function press(): void {
    if (isHeld) return;
    isHeld = true;
    pressed();
  }

  function release(): void {
    if (!isHeld) return;
    isHeld = false;
    released();
  }

  function described(text: string): void {
    description = text;
    trouble = text === '' ? unassigned() : undefined;
    if (trouble) troubled(trouble);
  }

  function fail(error: unknown): void {
    release();
    description = '';
    if (closing.signal.aborted) return;
    trouble = isVoiceInputError(error) ? error : new VoiceInputError('ERR_DESKTOP', String(error), { cause: error });
    troubled(trouble);
  }

  async function serve(bus: Bus): Promise<void> {
    const portal = await followPortal(bus);
    const closed = whenAborted(closing.signal);
    let isLost = false;
    void bus.lost.then(() => (isLost = true));
    while (!closing.signal.aborted) {
      const { gone, started } = portal.next();
      const turn = new AbortController();
      void Promise.race([gone, bus.lost]).then((reason) => turn.abort(reason));
      const signal = AbortSignal.any([closing.signal, turn.signal]);
      try {
        const session = await openSession({ bus, key, pressed: press, released: release, described }, signal);
        await Promise.race([session.ended, whenAborted(signal)]);
        if (closing.signal.aborted) await session.close();
        else throw turn.signal.aborted ? turn.signal.reason : takenAway();
      } catch (error) {
        fail(error);
      }
      if (isLost) return;
      // A call starts it again; as long as it is there, it would answer the same.
      if (!turn.signal.aborted) await Promise.race([started, bus.lost, closed]);
      await Promise.race([sleep(ASK_AGAIN_MS), closed]);
    }
  }

  async function run(): Promise<void> {
    let bus: Bus | undefined;
    try {
      bus = await openBus({ answerMs: ANSWER_MS });
      await serve(bus);
    } catch (error) {
      fail(error);
    } finally {
      bus?.close();
    }
  }

  const running = run();
  return {
    get trouble() {
      return trouble;
    },
    get description() {
      return description || undefined;
    },
    async close() {
      closing.abort();
      await running;
    },
  };
}

/** Each `next` tells of what happens to the portal from then on: that it goes, and that there is another. */
async function followPortal(bus: Bus) {
  let tell: (owner: string) => void = () => undefined;
  await bus.listen([`type='signal',sender='${DAEMON}'`], ({ member, body: [name, , owner] }) => {
    if (member === 'NameOwnerChanged' && name === PORTAL) tell(String(owner));
  });
  return {
    next() {
      let goes: (error: VoiceInputError) => void;
      let starts: () => void;
      const gone = new Promise<VoiceInputError>((resolve) => (goes = resolve));
      const started = new Promise<void>((resolve) => (starts = resolve));
      tell = (owner) => (owner === '' ? goes(portalGone()) : starts());
      return { gone, started };
    },
  };
}

function waiting(): VoiceInputError {
  return new VoiceInputError('ERR_DESKTOP', 'The desktop has not given a key for dictation yet.', {
    hint: `Answer the desktop’s dialog. Without one: ${byHand}`,
  });
}

function unassigned(): VoiceInputError {
  return new VoiceInputError('ERR_DESKTOP', 'No key is assigned to dictation in the settings of the desktop.', {
    hint: 'Assign a shortcut to VoiceInput in the settings of the desktop.',
  });
}

function portalGone(): VoiceInputError {
  return new VoiceInputError('ERR_DESKTOP', 'The connection to the desktop portal, which reports keys, was lost.');
}

function takenAway(): VoiceInputError {
  return new VoiceInputError('ERR_DESKTOP', 'The desktop revoked the dictation key.', {
    hint: 'Restart the daemon to ask for it again: voiceinput restart',
  });
}
