// What a user does between the calls that write a dictation into a shared field, as lists that can be repeated.

import { SimulatedField } from './simulated-field.ts';

/** One thing that the user does before a writing call; places are fractions of the field's length. */
export type RaceAction =
  | { readonly do: 'type'; readonly beforeCall: number; readonly at: number; readonly text: string }
  | { readonly do: 'delete'; readonly beforeCall: number; readonly at: number; readonly length: number }
  | { readonly do: 'select'; readonly beforeCall: number; readonly at: number; readonly length: number };

export interface Race {
  readonly draft: string;
  readonly refined: string;
  readonly tellsTooEarly: boolean;
  readonly actions: readonly RaceAction[];
}

export interface RaceOptions {
  readonly seed: number;
  readonly count: number;
  /** How many actions fall between the calls of one replacement. */
  readonly actions: number;
  readonly kinds: readonly RaceAction['do'][];
}

/** A sink on a simulated field; each method resolves when the text stands, or with why it does not. */
export interface Racer {
  draft(text: string): Promise<string>;
  /** Gives `done` when the refined text stands; anything else when the draft does. */
  refine(text: string): Promise<string>;
}

/** Opens a sink on `field`, which calls `beforeCall` before each of its writing calls. */
export type OpenRacer = (field: SimulatedField, beforeCall: () => void) => Racer;

/** What the user typed and deleted. */
interface Done {
  readonly typed: string;
  readonly struck: string;
}

/** The user's own text around the dictation: each letter once, so that it is known what became of it. */
const [BEFORE, BEHIND] = ['ABCDEFG', 'HIJKLMN'];
const USERS = /[A-N0-9]/gu;
const WORDS = ['um', 'so', 'well', 'да', 'café', 'ok,', 'meet', '日本', '👍'];
const MOST_WORDS = 5;
const MOST_CALLS = 6;
const MOST_DELETED = 3;

/** `count` races, always the same for one `seed`. */
export function* races({ seed, count, actions, kinds }: RaceOptions): Generator<Race> {
  const random = randomFrom(seed);
  const below = (end: number): number => Math.floor(random() * end);
  const phrase = (): string =>
    Array.from({ length: 1 + below(MOST_WORDS) }, () => WORDS[below(WORDS.length)]).join(' ');
  let digit = 0;
  for (let index = 0; index < count; index += 1) {
    yield {
      draft: phrase(),
      refined: phrase(),
      tellsTooEarly: below(2) === 0,
      actions: Array.from({ length: actions }, (): RaceAction => {
        const [beforeCall, at] = [below(MOST_CALLS + 1), random()];
        const kind = kinds[below(kinds.length)]!;
        if (kind !== 'type') return { do: kind, beforeCall, at, length: 1 + below(MOST_DELETED) };
        const text = Array.from({ length: 1 + below(2) }, () => String((digit += 1) % 10)).join('');
        return { do: kind, beforeCall, at, text };
      }),
    };
  }
}

/** Runs one race. Gives what is broken: a letter of the user's that is lost or moved, or a text that is half draft, half refined. */
export async function runRace(race: Race, open: OpenRacer): Promise<string | undefined> {
  const field = new SimulatedField({ tellsTooEarly: race.tellsTooEarly });
  let isRacing = false;
  let call = 0;
  let [typed, struck] = ['', ''];
  const log: string[] = [];
  const racer = open(field, () => {
    const now = call++;
    if (!isRacing) return;
    for (const action of race.actions) {
      if (action.beforeCall !== now) continue;
      log.push(`${field.text} | ${action.do} ${JSON.stringify(action)}`);
      const did = act(field, action);
      [typed, struck] = [typed + did.typed, struck + did.struck];
    }
  });
  field.userTypes(0, BEFORE);
  field.userSelects(field.length, field.length);
  const drafted = await racer.draft(race.draft);
  field.userTypes(field.length, BEHIND);
  [isRacing, call] = [true, 0];
  const outcome = await racer.refine(race.refined);
  const wanted = outcome === 'done' ? race.refined : race.draft;
  const isLost = drafted !== 'done' || !isUsersTextWhole(field.text, { typed, struck });
  // What the user deleted of ours is gone from either.
  const isDeleting = race.actions.some(({ do: kind }) => kind === 'delete');
  const isHalf = !isDeleting && field.text.replaceAll(USERS, '') !== wanted;
  if (!isLost && !isHalf) return undefined;
  return JSON.stringify({ race, drafted, outcome, text: field.text, log, isLost, isHalf });
}

/**
 * All letters that the user did not delete, in order, and all digits; where between them, nobody knows. What is put back
 * may stand twice for a moment, and the user may delete the one of the two that was to go.
 */
function isUsersTextWhole(text: string, { typed, struck }: Done): boolean {
  const isLeft = (letter: string): boolean => !struck.includes(letter);
  const letters = Array.from(text.replaceAll(/[^A-N]/gu, '')).filter(isLeft);
  const should = Array.from(BEFORE + BEHIND).filter(isLeft);
  const digits = text.replaceAll(/\D/gu, '').length;
  return letters.join('') === should.join('') && digits >= typed.length - struck.replaceAll(/\D/gu, '').length;
}

function act(field: SimulatedField, action: RaceAction): Done {
  const at = Math.round(action.at * field.length);
  if (action.do === 'type') {
    field.userTypes(at, action.text);
    return { typed: action.text, struck: '' };
  }
  const length = Math.min(action.length, field.length - at);
  const text = field.textOf(at, at + length);
  if (action.do === 'delete') field.userDeletes(at, length);
  else field.userSelects(at, at + length);
  return { typed: '', struck: action.do === 'delete' ? text : '' };
}

/** Mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
