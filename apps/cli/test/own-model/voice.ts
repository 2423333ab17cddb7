// One synthetic Russian voice with words that exist nowhere else: what a model of one's own is for.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const WORDS_BY_KIND = {
  names: 'Шнырялов Хрумкевич Квакшевский Зюмбович Трындякин Пшурников Глызов Фырбенко Дзюбрий Хлюстанов'.split(' '),
  towns: 'Кузявск Мюмзебург Шлындоград Тырпыпинск Бокрёново Хливонь Чмырдаево Вуртаг Жвалогорск Напушкино'.split(' '),
  creatures: 'куздра бутявка калуша зелюка хрюмзала шурфелька жвалина пимпура мюмзища варкашка'.split(' '),
  devices: 'тромбулятор фуфелон мурзометр глюкопер дрынобус шнырограф кваркостан пфердомат бздынтрон хлюпоскоп'.split(
    ' ',
  ),
} as const;

/** The invented ones, as they are looked for in texts. */
export const WORDS: readonly string[] = Object.values(WORDS_BY_KIND).flat();

const PEOPLE_DO = [
  'вчера показал нам новый',
  'долго чинил старый',
  'принёс на работу свой',
  'снова потерял большой',
  'купил для дома маленький',
  'разобрал на столе тяжёлый',
];
const CREATURES_DO = ['живёт около города', 'пришла из города', 'осталась на площади города', 'летом видна у города'];
const ENDINGS = [
  'и все были рады',
  'но никто этого не заметил',
  'а потом пошёл дождь',
  'и мы сразу всё поняли',
  'потому что было поздно',
  'хотя его просили подождать',
  'и написал об этом письмо',
  'когда мы пили чай',
];

export interface SaidSentence {
  readonly text: string;
  /** Of the invented words, those in it. */
  readonly words: readonly string[];
}

/** Each word as often as any other, in sentences of which no two are the same. */
export function sentences(count: number): SaidSentence[] {
  const { names, towns, creatures, devices } = WORDS_BY_KIND;
  return Array.from({ length: count }, (_, index) => {
    const turn = Math.floor(index / 20);
    const one = index % 10;
    const other = (one + turn * 3 + 1) % 10;
    const ending = ENDINGS[(index + turn) % ENDINGS.length]!;
    if (index % 20 < 10) {
      const words = [names[one]!, devices[other]!];
      return { words, text: `${words[0]} ${PEOPLE_DO[(index + turn) % PEOPLE_DO.length]!} ${words[1]}, ${ending}.` };
    }
    const words = [creatures[one]!, towns[other]!];
    const does = CREATURES_DO[(index + turn) % CREATURES_DO.length]!;
    return { words, text: `Наша ${words[0]} ${does} ${words[1]}, ${ending}.` };
  });
}

const A_SESSION = 20;

/** Sessions of twenty sentences each, as WAV and text; what is there is not spoken again. */
export function speak(folder: string, said: readonly SaidSentence[]): void {
  for (const [index, { text }] of said.entries()) {
    const session = join(folder, `session-${String(Math.floor(index / A_SESSION)).padStart(2, '0')}`);
    const path = join(session, `${String(index).padStart(3, '0')}.wav`);
    if (existsSync(path)) continue;
    mkdirSync(session, { recursive: true });
    const spoken = spawnSync('espeak-ng', ['-v', 'ru', '-s', '145', '-w', `${path}.part`, text], { encoding: 'utf8' });
    if (spoken.status !== 0) throw new Error(`espeak-ng: ${spoken.error?.message ?? spoken.stderr}`);
    writeFileSync(path.replace(/wav$/, 'txt'), `${text}\n`);
    renameSync(`${path}.part`, path);
  }
}

/** How many of the invented words that were said stand in what was heard, each as often as it was said. */
export function wordsRight(said: string, heard: string): { right: number; of: number } {
  const heardWords = wordsIn(heard);
  const wanted = WORDS.map((word) => wordsIn(word)[0]!);
  let [right, of] = [0, 0];
  for (const word of wordsIn(said).filter((one) => wanted.includes(one))) {
    of++;
    const at = heardWords.indexOf(word);
    if (at < 0) continue;
    right++;
    heardWords.splice(at, 1);
  }
  return { right, of };
}

const wordsIn = (text: string): string[] =>
  text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .match(/[\p{L}\p{N}]+/gu) ?? [];
