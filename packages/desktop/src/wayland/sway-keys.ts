// How keys are heard that sway's configuration binds to VoiceInput: sway tells whoever listens which binding it ran.

import { VoiceInputError } from '@voiceinput/plugin-api';
import type { Shortcut } from '../portal/shortcut.ts';
import { Ask, Event, openSwayConnection } from './sway-ipc.ts';
import { setOnSway } from './sway.ts';

/** What a key can be bound to. */
export const keyWords = ['start', 'stop', 'toggle', 'cancel', 'undo', 'paste'] as const;
export type KeyWord = (typeof keyWords)[number];

/** sway runs nothing for it. */
export const swayCommand = (word: KeyWord): string => `nop voiceinput ${word}`;

export interface SwayKeysPort {
  did(word: KeyWord): void;
  /** Told when keys are heard no longer. */
  troubled(error: VoiceInputError): void;
}

export interface SwayKeys extends Shortcut {
  /** Whether Escape drops a recording and does not reach the window in front; never where the user bound it otherwise. */
  keepEscape(isKept: boolean): void;
}

const OF_OURS = /\bnop voiceinput (?<word>\w+)/;
/** With what is held of the key that is spoken with. */
const ESCAPES = ['Escape', 'Ctrl+Escape', 'Mod1+Escape', 'Shift+Escape', 'Mod4+Escape'];
/** It gives itself back, so that nothing is left of a daemon that is killed meanwhile. */
const keepLine = (chord: string): string =>
  `bindsym ${chord} exec swaymsg unbindsym ${chord} # ${swayCommand('cancel')}`;

/** Rejects with `ERR_DESKTOP` where sway does not run. */
export async function watchSwayKeys({ did, troubled }: SwayKeysPort): Promise<SwayKeys> {
  let trouble: VoiceInputError | undefined;
  let isOver = false;
  const sway = await openSwayConnection({
    hear(kind, event) {
      if (kind === Event.workspace && (event as { change?: string }).change === 'reload') return void readAnew();
      const command = kind === Event.binding && (event as { binding: { command: string } }).binding.command;
      const word = command ? keyWords.find((known) => known === OF_OURS.exec(command)?.groups?.['word']) : undefined;
      if (word === undefined) return;
      if (word !== 'cancel') trouble = undefined;
      did(word);
    },
    gone() {
      isOver = true;
      troubled((trouble = gone()));
    },
  });
  let escapes: readonly string[] = [];
  /** One change after the other. */
  let changing: Promise<unknown> = sway.ask(Ask.subscribe, JSON.stringify(['binding', 'workspace']));
  await changing;
  await read();

  /** What is bound at run time nobody can ask for: it is known when it is heard. */
  async function read(): Promise<void> {
    const { config } = (await sway.ask(Ask.config)) as { config: string };
    trouble = OF_OURS.test(config) ? undefined : unbound();
    const isTaken = (chord: string): boolean =>
      config.split('\n').some((line) => /^\s*bind(?:sym|code)\b/.test(line) && line.split(/\s+/).includes(chord));
    escapes = ESCAPES.filter((chord) => !isTaken(chord));
  }

  async function readAnew(): Promise<void> {
    try {
      await read();
    } catch (error) {
      // That sway has gone was told already.
      if (!isOver) troubled((trouble = error as VoiceInputError));
    }
  }

  /** One that was used is given back already, and sway may be gone. */
  const change = (lines: readonly string[]): void =>
    void (changing = changing.then(async () => {
      for (const line of lines) await setOnSway([line], sway).catch(() => undefined);
    }));

  return {
    get trouble() {
      return trouble;
    },
    // The lines may be other ones than the settings would make.
    description: undefined,
    keepEscape: (isKept) => change(escapes.map((chord) => (isKept ? keepLine(chord) : `unbindsym ${chord}`))),
    async close() {
      await changing;
      isOver = true;
      sway.close();
    },
  };
}

function unbound(): VoiceInputError {
  return new VoiceInputError('ERR_DESKTOP', "No key is bound to dictation in sway's configuration.", {
    hint: 'Bind them for good: voiceinput keys >> ~/.config/sway/config; swaymsg reload. Until sway is reloaded: voiceinput keys --set.',
  });
}

const gone = (): VoiceInputError =>
  new VoiceInputError('ERR_DESKTOP', 'sway has gone, and its keys with it.', { hint: 'Start the daemon under sway.' });
