// How icon and menu are shown on macOS and Windows: by a program of the package systray2.

import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { VoiceInputError } from '@voiceinput/plugin-api';
import { asKnown } from '../../ask/failure.ts';
import type { MenuItem } from '../../menu/item.ts';
import type { Heard, Indicator, Shown } from '../panel.ts';
import { pictureOf } from './picture.ts';
import { openPlace } from './place.ts';
import type { Place } from './place.ts';
import { startProgram } from './program.ts';
import type { Click, Program } from './program.ts';
import { filling, fits, grown, shapeOf } from './slots.ts';
import type { Filling, Shape } from './slots.ts';

export interface SystrayOptions {
  readonly platform: NodeJS.Platform;
  /** Absent: the program inside the package. */
  readonly place?: Place;
}

/** Lists come one after the other; a program is started anew for all of them. */
const GATHER_MS = 400;
/** NOTIFYICONDATA of Windows has 128 UTF-16 units with the end mark. */
const MOST_TOOLTIP = 127;

/** One program with the menu that it was started with. */
interface Showing {
  readonly program: Program;
  readonly shape: Shape;
  /** The icon always, the menu where it fits. */
  update(shown: Shown): void;
}

/** Rejects with `ERR_DESKTOP` when the program cannot be started. */
export async function openSystray(options: SystrayOptions, first: Shown, heard: Heard): Promise<Indicator> {
  const { platform } = options;
  const place = options.place ?? (await openPlace(platform));
  let wanted = first;
  let changing: Promise<void> | undefined;
  let settle = (_reason: VoiceInputError): void => undefined;
  const lost = new Promise<VoiceInputError>((resolve) => (settle = resolve));
  const closing = new AbortController();

  async function begin(shape: Shape): Promise<Showing> {
    const one = await show(place, { shape, shown: wanted, platform, heard });
    void one.program.lost.then(settle);
    return one;
  }

  let showing = await begin(shapeOf(first.menu)).catch(async (error: unknown) => {
    await place.remove();
    throw error;
  });

  /** The new program is there before the old one goes, so that the icon stays. */
  async function change(): Promise<void> {
    await sleep(GATHER_MS, undefined, { signal: closing.signal });
    while (!closing.signal.aborted && !fits(showing.shape, shapeOf(wanted.menu))) {
      const before = showing;
      showing = await begin(grown(before.shape, shapeOf(wanted.menu)));
      await before.program.end();
    }
    showing.update(wanted);
  }

  return {
    show(next) {
      wanted = next;
      showing.update(next);
      if (changing !== undefined || fits(showing.shape, shapeOf(next.menu))) return;
      changing = change()
        .catch((error: unknown) => {
          if (!closing.signal.aborted) settle(asKnown(error));
        })
        .finally(() => (changing = undefined));
    },
    lost,
    async close() {
      closing.abort();
      await changing;
      await showing.program.end();
      await place.remove();
    },
  };
}

interface Beginning {
  readonly shape: Shape;
  readonly shown: Shown;
  readonly platform: NodeJS.Platform;
  readonly heard: Heard;
}

async function show(place: Place, { shape, shown, platform, heard }: Beginning): Promise<Showing> {
  const labelOf = (label: string): string => (platform === 'win32' ? label.replaceAll('&', '&&') : label);
  const faceOf = ({ icon, title }: Shown) => ({
    icon: pictureOf(icon, platform),
    title: '',
    tooltip: title.slice(0, MOST_TOOLTIP),
  });
  let face = faceOf(shown);
  let now = filling(shape, shown.menu, labelOf);
  let before = now;

  const program = await startProgram(place, (click) => {
    const item = clickedIn([now, before], click);
    if (item === undefined) return;
    // Nobody tells that the menu opens; who chose something may choose again.
    heard.opened();
    heard.chosen(item);
  });
  program.send({ ...face, items: allVisible(now.slots) });
  for (const { slot } of now.filled.values())
    if (slot.hidden) program.send({ type: 'update-item', item: { ...slot, items: [] }, seq_id: -1 });

  return {
    program,
    shape,
    update(next) {
      const nextFace = faceOf(next);
      if (!isDeepStrictEqual(nextFace, face)) program.send({ type: 'update-menu', menu: { ...nextFace, items: [] } });
      face = nextFace;
      if (!fits(shape, shapeOf(next.menu))) return;
      before = now;
      now = filling(shape, next.menu, labelOf);
      for (const [id, { slot }] of now.filled) {
        const item = { ...slot, items: [] };
        if (!isDeepStrictEqual(item, { ...before.filled.get(id)!.slot, items: [] }))
          program.send({ type: 'update-item', item, seq_id: -1 });
      }
    },
  };
}

type Slots = Filling['slots'];

/** The program for Windows loses the order of slots that are hidden before the next one is added. */
function allVisible(slots: Slots): Slots {
  return slots.map((slot) => ({ ...slot, hidden: false, items: allVisible(slot.items) }));
}

/** A click tells the title under which the slot was seen: in the menu that is there, or in the one just before. */
function clickedIn(fillings: readonly Filling[], { id, title }: Click): MenuItem | undefined {
  const slots = fillings.map(({ filled }) => filled.get(id));
  return slots.find((one) => one?.item !== undefined && one.slot.title === title)?.item;
}
