// What a browser sees before the page: where to type the code, and what takes it to the page once it did.

export type EntryLanguage = 'en' | 'ru';

const sentences = {
  en: {
    title: 'VoiceInput settings',
    ask: 'Type the code that stands in the terminal.',
    code: 'Code',
    enter: 'Open',
    wrong: 'This code is not valid: it counts once, for a minute. For a new one: voiceinput settings',
    going: 'To the settings',
  },
  ru: {
    title: 'Настройки VoiceInput',
    ask: 'Введите код из терминала.',
    code: 'Код',
    enter: 'Открыть',
    wrong: 'Код не подходит: он действует один раз и одну минуту. Новый даст команда: voiceinput settings',
    going: 'К настройкам',
  },
} as const;

/** The first of both that the header `Accept-Language` names. */
export function languageOf(accepted: string | null): EntryLanguage {
  const first = (accepted ?? '')
    .split(',')
    .map((part) => part.trim().slice(0, 2).toLowerCase())
    .find((code) => code === 'en' || code === 'ru');
  return first ?? 'en';
}

/** Asks for the code. `isWrong`: after one that was not valid. */
export function askingPage(language: EntryLanguage, isWrong: boolean): string {
  const { title, ask, code, enter, wrong } = sentences[language];
  return page(
    language,
    '',
    `<h1>${title}</h1>
<p${isWrong ? ' role="alert" class="wrong"' : ''}>${isWrong ? wrong : ask}</p>
<form method="post" action="/enter">
<label for="code">${code}</label> <input id="code" name="code" autocomplete="off" autofocus required maxlength="20">
<button>${enter}</button>
</form>`,
  );
}

/** Keeps the token in the browser and goes on: a cookie that came with a request from a file is first sent from here. */
export function enteringPage(language: EntryLanguage, token: string): string {
  const { going } = sentences[language];
  const head = `<meta name="token" content="${token}"><script type="module" src="/page/enter.js"></script>`;
  return page(language, head, `<p><a href="/">${going}</a></p>`);
}

const page = (language: EntryLanguage, head: string, body: string): string =>
  `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${sentences[language].title}</title>
<link rel="stylesheet" href="/style.css">${head}</head><body class="entry"><main>${body}</main></body></html>`;
