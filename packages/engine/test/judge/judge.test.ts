import { expect, test } from 'vitest';
import { flawOf, isSure, repeats } from '../../src/judge/judge.ts';
import { tokensOf } from '../../src/judge/tokens.ts';

test.each([
  ['better words', 'I read the book', 'I red the book', undefined],
  ['nothing', '', 'I read', 'empty'],
  ['anything instead of nothing', 'I read', '', undefined],
  ['half of it lost', 'I read', 'I read the whole long book', 'far shorter'],
  ['a loop', 'so so so so so so', 'so I went there so', 'repetition loop'],
  ['another script', 'привет мир', 'privet mir', 'other script'],
  ['figures for words', '2024', 'twenty', undefined],
  ['kana for kanji', 'わたし', '私', undefined],
  ['kanji for kana', '私は学校へ行きます。', 'わたしはがっこうへいきます。', undefined],
  ['half of it lost, in Chinese', '我读书', '我昨天在图书馆读了一本很长的书', 'far shorter'],
  ['half of it lost, in Japanese', '昨日は', '昨日は図書館で長い本を読みました', 'far shorter'],
  ['half of it lost, in Thai', 'ฉันอ่าน', 'ฉันอ่านหนังสือเล่มยาวที่ห้องสมุดเมื่อวานนี้', 'far shorter'],
  ['better words, in Chinese', '我读了一本书。', '我毒了一本书', undefined],
  ['better words, in Thai', 'ฉันอ่านหนังสือ', 'ฉันอานหนังสื', undefined],
  ['a loop, in Chinese', '谢谢观看谢谢观看谢谢观看谢谢观看', '谢谢观看', 'repetition loop'],
  [
    'a loop, in Japanese',
    'ご視聴ありがとうございましたご視聴ありがとうございましたご視聴ありがとうございましたご視聴ありがとうございました',
    'ご視聴ありがとう',
    'repetition loop',
  ],
  ['a loop, in Thai', 'ขอบคุณขอบคุณขอบคุณขอบคุณ', 'ขอบคุณครับ', 'repetition loop'],
  ['a laugh that both heard', 'はははは', 'はははは', undefined],
  ['Chinese for Japanese', '今天天气非常冷所以我在家', '今日はとても寒いので家にいます', 'other script'],
  ['only kanji of a short phrase', '東京', '東京です', undefined],
  ['kana added to kanji', '東京です', '東京', undefined],
  ['Korean for Japanese', '안녕하세요', 'こんにちは', 'other script'],
  ['a Latin name in Chinese text', '我在 GitHub 上看到的', '我在吉特哈布上看到的', undefined],
])('a refined text with %s', (_, refined, draft, flaw) => {
  expect(flawOf(refined, draft)).toBe(flaw);
});

test('what people do say twice or thrice is no loop', () => {
  expect(repeats(tokensOf('no no no that is very very good'))).toBe(false);
  expect(repeats(tokensOf('and then we go and then we go and then we go and then we go'))).toBe(true);
  expect(repeats(tokensOf('是的是的是的，我知道'))).toBe(false);
});

test('a whole sentence that comes again and again is a loop', () => {
  const sentence = 'This is a whole sentence of ten words, no more. ';
  expect(repeats(tokensOf(sentence.repeat(3)))).toBe(false);
  expect(repeats(tokensOf(sentence.repeat(4)))).toBe(true);
});

test('a draft is sure by the mean of its tokens', () => {
  expect(isSure({ text: 'a', meanLogProb: -0.2 }, { skipRefineAboveLogProb: -0.3 })).toBe(true);
  expect(isSure({ text: 'a', meanLogProb: -0.4 }, { skipRefineAboveLogProb: -0.3 })).toBe(false);
  expect(isSure({ text: 'a' }, { skipRefineAboveLogProb: -0.3 })).toBe(false);
  expect(isSure({ text: 'a', meanLogProb: 0 }, {})).toBe(false);
});
