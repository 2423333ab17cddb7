// What a dictated text becomes at each kind of place. `|` is the caret; the third column is what is inserted there.

import { describe, expect, test } from 'vitest';
import type { FieldKind } from '@voiceinput/plugin-api';
import { fit } from '@voiceinput/text';

type Case = readonly [place: string, recognised: string, inserted: string];

function check(cases: readonly Case[], options: { language?: string; field?: FieldKind } = {}): void {
  test.each(cases)('%j + %j → %j', (place, recognised, inserted) => {
    const [before, after] = place.split('|') as [string, string];
    expect(fit(recognised, { ...options, before, after }).text).toBe(inserted);
  });
}

describe('spaces', () => {
  check([
    ['|', 'Hello.', 'Hello.'],
    ['Hello. |', 'Again.', 'Again.'],
    ['Hello.|', 'Again.', ' Again.'],
    ['Hello.\n|', 'Again.', 'Again.'],
    ['Hello.\t|', 'Again.', 'Again.'],
    ['(|)', 'By the way.', 'By the way.'],
    ['see (|', 'Figure two', 'figure two'],
    ['[|]', 'Draft.', 'Draft.'],
    ['“|”', 'Yes.', 'Yes.'],
    ['He said “yes”|', 'And left.', ' and left.'],
    ['He said "yes"|', 'And left.', ' and left.'],
    ['He said "|"', 'Yes.', 'yes'],
    ['"Stop." |', 'He turned.', 'He turned.'],
    ['either/|', 'Or', 'or'],
    ['well-|', 'Known', 'known'],
    ['the word —|', 'Or not.', ' or not.'],
    ['word—|', 'Or not.', 'or not.'],
    ['-|', 'Milk', ' Milk'],
    ['user@|', 'Example', 'example'],
    ['#|', 'Release', 'release'],
    ['it costs $|', '20.', '20.'],
    ['see |later', 'You', 'you '],
    ['see | later', 'You', 'you'],
    ['I like |, too', 'Tea.', 'tea'],
    ['one|two', 'And a half', ' and a half '],
    ['Wait|.', 'For me.', ' for me'],
    ["the dog|'s tail", 'Barks', ' barks'],
    ['a |-shaped hook', 'Question mark', 'question mark'],
    ['10|', '%', '%'],
    ['up to|', '10%', ' 10%'],
    ['Hello|', ', and welcome.', ', and welcome.'],
    ['done |(mostly)', 'It is', 'it is '],
    ['x =|', 'Five', ' five'],
    ['x=|', 'Five', 'five'],
    ['thanks|', ':)', ' :)'],
    ['Hello|\nNext line', 'There.', ' there.'],
    ['Hello| \nNext line', 'There.', ' there.'],
    ["the boys'|", 'Room', ' room'],
    ['~|', 'Three hours', 'three hours'],
    ['run |.env', 'The file', 'the file '],
    ['Er sagte: „|“', 'Wir gehen.', 'Wir gehen.'],
    ['Он сказал: „|“, и ушёл.', 'Идём.', 'Идём.'],
    ['«Видел „|“?»', 'Чайку.', 'чайку'],
    ['„Hallo“|', 'und', ' und'],
    ['see **|** here', 'Important', 'important'],
    ['run `|` here', 'The script', 'the script'],
    ['an _|_ word', 'Odd', 'odd'],
    ['5|** 2', 'Times', ' times '],
  ]);
});

describe('capitals in English', () => {
  check(
    [
      ['I told him that |', 'We must find a new home in the stars.', 'we must find a new home in the stars.'],
      ["It's |", 'Basically going to be,', 'basically going to be,'],
      ['It is going to be, |', 'The voice notes up.', 'the voice notes up.'],
      ['action items, |', 'And going to research.', 'and going to research.'],
      ['He said |', "I'm late.", "I'm late."],
      ['He said |', 'I’ve finished.', 'I’ve finished.'],
      ['and then |', 'I left.', 'I left.'],
      ['I met |', 'Martin yesterday.', 'Martin yesterday.'],
      ['I met |', 'London friends.', 'London friends.'],
      ['I love |', 'New York in June.', 'New York in June.'],
      ['I love |', 'New songs.', 'new songs.'],
      ['I told |', 'John that we must go.', 'John that we must go.'],
      ['and then |', 'Tom said no.', 'Tom said no.'],
      ['It is |', "Mike's book.", "Mike's book."],
      ['so |', 'Mark it as done.', 'mark it as done.'],
      ['in |', 'St. Louis.', 'St. Louis.'],
      ['on |', 'Wall Street.', 'Wall Street.'],
      ['the |', 'Wall is high.', 'wall is high.'],
      ['the |', 'U.S. government.', 'U.S. government.'],
      ['as |', 'J. Smith says.', 'J. Smith says.'],
      ['see |', 'E.g. this one.', 'e.g. this one.'],
      ['an |', 'A/B test.', 'A/B test.'],
      ['a |', 'T-shirt.', 'T-shirt.'],
      ['an |', 'E-mail.', 'e-mail.'],
      ['I write |', 'C++ at work.', 'C++ at work.'],
      ['we need a plan |', 'B.', 'B.'],
      ['vitamin |', 'C and zinc.', 'C and zinc.'],
      ['it is |', 'A good plan.', 'a good plan.'],
      ['it is 10|', '°C.', '°C.'],
      ['> |', 'we go on.', 'We go on.'],
      ['## |', 'Notes', 'Notes'],
      ['// |', 'A comment.', 'A comment.'],
      ['I told him that |', 'Мы идём домой.', 'мы идём домой.'],
      ['для |', 'Windows и Linux.', 'Windows и Linux.'],
      ['the |', 'United States of America.', 'United States of America.'],
      ['It is |', 'Monday.', 'Monday.'],
      ['She speaks |', 'French.', 'French.'],
      ['It opens in |', 'March.', 'March.'],
      ['We use the |', 'API.', 'API.'],
      ['We use the |', 'NASA data.', 'NASA data.'],
      ['my |', 'iPhone is new.', 'iPhone is new.'],
      ['deploy |', 'Kubernetes first.', 'Kubernetes first.'],
      ['we were |', 'Walking home.', 'walking home.'],
      ['we were |', 'Happily married.', 'happily married.'],
      ['we were |', 'Running late.', 'running late.'],
      ['it |', "Doesn't matter.", "doesn't matter."],
      ['so |', "That's fine.", "that's fine."],
      ['so |', "Let's go.", "let's go."],
      ['so |', 'Will we go?', 'will we go?'],
      ['so |', 'May I come?', 'may I come?'],
      ['so |', 'Unfortunately not.', 'unfortunately not.'],
      ['so |', 'Twenty-five people came.', 'twenty-five people came.'],
      ['so |', 'Well-known facts.', 'well-known facts.'],
      ['the |', 'Dr. Smith case.', 'Dr. Smith case.'],
      ['for |', 'McDonald’s.', 'McDonald’s.'],
      ['Done. |', 'we go on.', 'We go on.'],
      ['Done! |', 'we go on.', 'We go on.'],
      ['Done? |', 'we go on.', 'We go on.'],
      ['|', 'we go on.', 'We go on.'],
      ['|', 'iPhone sales rose.', 'iPhone sales rose.'],
      ['First line\n|', 'second line.', 'Second line.'],
      ['Dear Anna,\n\n|', 'thank you.', 'Thank you.'],
      ['I like fruit, e.g. |', 'Apples.', 'apples.'],
      ['the big one, i.e. |', 'This one.', 'this one.'],
      ['cats vs. |', 'Dogs.', 'dogs.'],
      ['Mr. |', 'Smith came.', 'Smith came.'],
      ['Dr. |', 'Brown.', 'Brown.'],
      ['at 5 p.m. |', 'We left.', 'We left.'],
      ['at 5 p.m. |', 'Sharp.', 'Sharp.'],
      ['apples, etc. |', 'We left.', 'We left.'],
      ['J. |', 'Smith.', 'Smith.'],
      ['It was I. |', 'then he left.', 'Then he left.'],
      ['I was… |', 'Well.', 'Well.'],
      ['I was... |', 'well.', 'well.'],
      ['Subject: |', 'Meeting notes', 'Meeting notes'],
      ['there is one rule: |', 'Never give up.', 'never give up.'],
      ['one; |', 'Two.', 'two.'],
      ['He asked, “|', 'Where are you?”', 'Where are you?”'],
      ['(He left.) |', 'then she left.', 'Then she left.'],
      ['(at noon) |', 'And later.', 'and later.'],
      ['“Stop.” |', 'he turned.', 'He turned.'],
      ['nice 👍 |', 'Thanks.', 'Thanks.'],
      ['nice 👍 |', 'thanks.', 'thanks.'],
      ['ok :) |', 'Thanks.', 'Thanks.'],
      ['version 2.0 |', 'Is out.', 'is out.'],
      ['at 10 |', "O'clock.", "o'clock."],
      ['that |', '… and then', '… and then'],
      ['that |', '"Quoted words" are', '"quoted words" are'],
      ['Voiceink is fine and voiceink works. Is |', 'Voiceink good?', 'voiceink good?'],
      ['I know that Zorblax came. Then |', 'Zorblax left.', 'Zorblax left.'],
    ],
    { language: 'en' },
  );
});

describe('the end of a text in the middle of a sentence', () => {
  check([
    ['(comma) and |later', 'That is a lot of writing.', 'that is a lot of writing '],
    ['I think | is right', 'This.', 'this'],
    ['Replace | please', 'This selection.', 'this selection'],
    ['I think |, though', 'So.', 'so'],
    ['I think |.', 'So.', 'so'],
    ['I think |!', 'So.', 'so'],
    ['I think |?', 'So.', 'so'],
    ['I think |…', 'So.', 'so'],
    ['Is it |?', 'This one?', 'this one'],
    ['It is (|), too', 'Nearly done.', 'nearly done'],
    ['It is |; and', 'Done,', 'done'],
    ['I think | And then.', 'So.', 'so.'],
    ['I think |\nand then', 'So.', 'so.'],
    ['I think |', 'So.', 'so.'],
    ['wait | and see', 'For it...', 'for it...'],
    ['wait | and see', 'For it…', 'for it…'],
    ['bring | with you', 'Apples, etc.', 'apples, etc.'],
    ['at | sharp', '5 p.m.', '5 p.m.'],
    ['really | he asked', 'Now?', 'now?'],
    ['wow | he said', 'Great!', 'great!'],
    ['I told | about it', 'Everyone. Twice.', 'everyone. Twice'],
    ['one,|', ', two', ' two'],
    ['one.|', '. Two', ' Two'],
    ['yes | — he said', 'Of course.', 'of course'],
    ['yes | - he said', 'Of course.', 'of course'],
    ['a well-|-read man', 'Known.', 'known'],
    ['| is my name', 'Martin.', 'Martin'],
    ['| he said', 'Hello.', 'Hello'],
    ['I paid |% of it', 'Ten.', 'ten'],
  ]);
});

describe('Russian', () => {
  check(
    [
      ['Я сказал ему, что |', 'Мы должны найти новый дом.', 'мы должны найти новый дом.'],
      ['Я сказал, |', 'Что приду.', 'что приду.'],
      ['Готово.|', 'Идём дальше.', ' Идём дальше.'],
      ['Готово. |', 'идём дальше.', 'Идём дальше.'],
      ['|', 'привет, мир.', 'Привет, мир.'],
      ['Здравствуйте,\n|', 'спасибо за письмо.', 'Спасибо за письмо.'],
      ['Я видел |', 'Ивана вчера.', 'Ивана вчера.'],
      ['Я был в |', 'Москве вчера.', 'Москве вчера.'],
      ['Я люблю |', 'Россию.', 'Россию.'],
      ['Я позвонил |', 'Мартину.', 'Мартину.'],
      ['Я живу в |', 'США.', 'США.'],
      ['Он пришёл |', 'Вчера вечером.', 'вчера вечером.'],
      ['Он пришёл |', 'Сказал и ушёл.', 'сказал и ушёл.'],
      ['Они |', 'Говорили долго.', 'говорили долго.'],
      ['Это |', 'Хорошие новости.', 'хорошие новости.'],
      ['потому |', 'Что я так хочу.', 'что я так хочу.'],
      ['и |', 'Я тоже.', 'я тоже.'],
      ['т.е. |', 'Завтра.', 'завтра.'],
      ['т. е. |', 'Завтра.', 'завтра.'],
      ['и т.д. |', 'Потом мы ушли.', 'Потом мы ушли.'],
      ['в 2020 г. |', 'Мы переехали.', 'Мы переехали.'],
      ['ул. |', 'Ленина.', 'Ленина.'],
      ['А. С. |', 'Пушкин.', 'Пушкин.'],
      ['Я думаю, | правда', 'Это.', 'это'],
      ['Я думаю|, но не уверен', 'Что это правда.', ' что это правда'],
      ['Он сказал «|»', 'Да.', 'да'],
      ['Он сказал: «|', 'Да, конечно.', 'Да, конечно.'],
      ['«Стой!» |', 'он обернулся.', 'Он обернулся.'],
      ['— Привет| — сказал он', 'Как дела?', ' как дела?'],
      ['— |', 'Привет.', 'Привет.'],
      ['слово —|', 'Не воробей.', ' не воробей.'],
      ['правило такое: |', 'Не спешить.', 'не спешить.'],
      ['Тема: |', 'Отчёт', 'Отчёт'],
      ['Правда|?', 'Что он ушёл.', ' что он ушёл'],
      ['цена 5|', '%', '%'],
      ['№|', 'Пять', ' пять'],
      ['в 5 |', 'Часов утра.', 'часов утра.'],
      ['Скажите|', 'Пожалуйста, где выход?', ' пожалуйста, где выход?'],
      ['я пишу на |', 'Python каждый день.', 'Python каждый день.'],
      ['мы используем |', 'Git.', 'Git.'],
      ['I told him that |', 'We must go.', 'we must go.'],
      ['Я позвонил |', 'Кате вчера.', 'Кате вчера.'],
      ['и тогда |', 'Максим сказал.', 'Максим сказал.'],
      ['ну |', 'Слава богу.', 'слава богу.'],
      ['Я был с |', 'Леной.', 'Леной.'],
      ['я читал |', 'Гоголя.', 'Гоголя.'],
      ['я читал |', 'Чехова.', 'Чехова.'],
      ['витамин |', 'C и цинк.', 'C и цинк.'],
      ['то есть |', 'Т. е. завтра.', 'т. е. завтра.'],
      ['это |', 'А. С. Пушкин.', 'А. С. Пушкин.'],
    ],
    { language: 'ru' },
  );
});

describe('lists', () => {
  check([
    ['- |', 'Milk.', 'Milk.'],
    ['- bread\n- |', 'Milk.', 'milk'],
    ['- Bread\n- |', 'milk.', 'Milk'],
    ['- Bread.\n- |', 'Milk.', 'Milk.'],
    ['* one\n* two\n* |', 'Three.', 'three'],
    ['• Один\n• |', 'два.', 'Два'],
    ['1. One\n2. |', 'Two.', 'Two'],
    ['1) one\n2) |', 'Two.', 'two'],
    ['1. |', 'two.', 'Two.'],
    ['a) |', 'first point.', 'First point.'],
    ['- [ ] Buy bread\n- [ ] |', 'Call Martin.', 'Call Martin'],
    ['- bread\n- |', 'Milk. And eggs.', 'milk. And eggs.'],
    ['- bread\n- Eggs\n- |', 'Milk.', 'Milk'],
    ['- bread\n- |', 'API keys.', 'API keys'],
    ['- bread and |', 'Milk.', 'milk.'],
  ]);
});

describe('other languages', () => {
  check(
    [
      ['Ich sah |', 'Hunde und Katzen.', 'Hunde und Katzen.'],
      ['Ich weiß, |', 'Dass er kommt.', 'dass er kommt.'],
      ['Ich weiß, |', 'Der Mann kommt.', 'der Mann kommt.'],
    ],
    { language: 'de' },
  );
  check(
    [
      ['Je crois |', 'Que oui.', 'que oui.'],
      ['Je vois |', 'Paul.', 'Paul.'],
      ['il y |', 'A-t-il du pain ?', 'a-t-il du pain ?'],
    ],
    { language: 'fr' },
  );
  check(
    [
      ['Creo |', 'Que sí.', 'que sí.'],
      ['Tú |', 'Y yo.', 'y yo.'],
      ['¿|?', 'Qué hora es?', 'Qué hora es'],
    ],
    { language: 'es' },
  );
  check([['Я знаю, |', 'Що він прийде.', 'що він прийде.']], { language: 'uk' });
  check(
    [
      ['日本|', '語です。', '語です。'],
      ['日本語。|', '次です。', '次です。'],
      ['我说|', '，你好', '，你好'],
      ['我说|吗？', '你好。', '你好'],
      ['日本|', 'Linux', ' Linux'],
      ['ไทย|', 'ไทย', 'ไทย'],
      ['「|」', 'はい。', 'はい。'],
    ],
    {},
  );
});

describe('fields that hold no sentences', () => {
  check(
    [
      ['|', 'Example.com.', 'example.com'],
      ['|', 'Weather in Paris.', 'weather in Paris'],
      ['https://|', 'Example.com.', 'example.com'],
    ],
    {
      field: 'url',
    },
  );
  check([['|', 'Anna @ example.com.', 'anna@example.com']], { field: 'email' });
  check(
    [
      ['x = |', 'Value.', 'value'],
      ['|', 'Return the result.', 'return the result'],
      ['// |', 'API keys.', 'API keys'],
    ],
    { field: 'code' },
  );
  check(
    [
      ['|', 'Git status.', 'git status'],
      ['$ |', 'List files.', 'list files'],
    ],
    { field: 'terminal' },
  );
  check([['|', 'Best pizza near me.', 'Best pizza near me']], { field: 'search' });
  check([['|', '12 34.', '1234']], { field: 'number' });
  check([['secret|', ' Correct horse. ', ' Correct horse. ']], { field: 'password' });
});

describe('what cannot be known', () => {
  test('without the text before the caret, the start stays as it was recognised', () => {
    expect(fit('we go on.', { after: '' }).text).toBe('we go on.');
    expect(fit('We go on.', {}).text).toBe('We go on.');
  });
  test('while more of the dictation may follow, the end stays as it was recognised', () => {
    expect(fit('That is it.', { before: 'and ', after: 'later', continued: true }).text).toBe('that is it. ');
  });
  test('a region behind the language changes nothing', () => {
    expect(fit('I know.', { before: 'so ', language: 'en-GB' }).text).toBe('I know.');
    expect(fit('Мы идём.', { before: 'и ', language: 'ru-RU' }).text).toBe('мы идём.');
  });
  test('a name among the own words keeps its capital', () => {
    const place = { before: 'so ', words: ['Rose', 'Will Hunting', 'Роман'] };
    expect(fit('Rose is here.', place).text).toBe('Rose is here.');
    expect(fit("Rose's here.", place).text).toBe("Rose's here.");
    expect(fit('Roses are red.', place).text).toBe('roses are red.');
    expect(fit('Will Hunting came.', place).text).toBe('Will Hunting came.');
    expect(fit('Will we go?', place).text).toBe('will we go?');
    expect(fit('Роман пришёл.', { ...place, before: 'и ' }).text).toBe('Роман пришёл.');
  });
  test('nothing stays nothing', () => {
    expect(fit('  ', { before: 'and', after: 'later' })).toEqual({ text: '', words: '', steps: [] });
  });
  test('each rule shows what it made of the text', () => {
    expect(fit('That is it.', { before: 'and', after: 'later' }).steps).toEqual([
      { step: 'marks', text: 'That is it' },
      { step: 'capital', text: 'that is it' },
      { step: 'spaces', text: ' that is it ' },
    ]);
  });
});
