// What the options of the plugins that come with VoiceInput are called on the page; the same option is the same in all of them.

/** Titles in both languages, then the help; the English help is the schema's where none is here. */
export type SettingWords = readonly [title: string, russianTitle: string, russianHelp: string, help?: string];

export const optionTitles: Readonly<Record<string, SettingWords>> = {
  device: [
    'Microphone',
    'Микрофон',
    'Какой микрофон слушать. Проверка показывает, слышит ли он вас.',
    'Which microphone is listened to. The test shows whether it hears you.',
  ],
  recorder: ['Recording program', 'Программа записи', 'auto – первая из этих, которая здесь работает.'],
  preRollMs: [
    'Audio from before the key (ms)',
    'Звук до нажатия (мс)',
    'Если больше 0, микрофон остаётся открытым и между диктовками; этот звук хранится только в памяти.',
  ],
  path: ['Audio file', 'Звуковой файл', 'Файл, или «-» для стандартного ввода.'],
  realtime: ['At the speed of speech', 'Со скоростью речи', 'Обрабатывать файл со скоростью речи.'],
  raw: ['Without header', 'Без заголовка', 'Звук без заголовка: 16 кГц, 16 бит, моно.'],
  insert: ['How text is inserted', 'Как вставляется текст', 'auto – первый способ, который работает в этом поле.'],
  trailingSpace: ['Space after each dictation', 'Пробел после диктовки', 'Добавлять пробел после каждой диктовки.'],
  waitForRefined: [
    'Wait for the better text',
    'Ждать исправленного текста',
    'Где черновик нельзя заменить на месте, вставляется сразу исправленный текст.',
  ],
  apps: [
    'Rules for applications',
    'Правила для приложений',
    'По классу окна или доступному имени; его показывает история. Окно можно выбрать.',
    'By window class or accessible name, which the history shows. You can pick a window.',
  ],
  'apps.*.tier': [
    'How far it is mended',
    'Насколько исправлять',
    'Насколько исправленный текст может менять это приложение.',
  ],
  'apps.*.insert': ['How text is inserted', 'Как вставляется текст', 'Как текст вставляется в его поля.'],
  'apps.*.trailingSpace': [
    'Space after each dictation',
    'Пробел после диктовки',
    'Добавлять пробел после каждой диктовки.',
  ],
  'apps.*.hybrid': ['Mend the draft', 'Исправлять черновик', 'Исправлять ли черновик здесь.'],
  'apps.*.waitForRefined': [
    'Wait for the better text',
    'Ждать исправленного текста',
    'Вставлять только исправленный текст, если черновик нельзя заменить.',
  ],
  'apps.*.words': ['Words that are likely here', 'Слова, вероятные здесь', 'Слова, которые здесь часто говорят.'],
  'apps.*.lineBreaks': ['Line breaks', 'Переводы строк', 'Можно ли вставлять переводы строк, если это терминал.'],
  tier: [
    'How far it is mended',
    'Насколько исправлять',
    'Исправленный текст заменяет черновик, пока ничего другого не набрано, или только предлагается.',
  ],
  keys: [
    'Shortcut for paste',
    'Сочетание для вставки',
    'auto – Command+V в macOS, Shift+Insert в Windows, иначе Control+V.',
  ],
  lineBreaks: [
    'Line breaks',
    'Переводы строк',
    'Вставлять ли переводы строк. В терминале они запускают текст как команду.',
  ],
  live: ['Update text in place', 'Обновлять текст на месте', 'auto – если вывод идёт в терминал.'],
  colors: ['Colours', 'Цвета', 'Выделять ли цветом неполные и изменённые слова.'],
  markMs: ['Mark changed words for (ms)', 'Выделять изменённое (мс)', 'Сколько времени выделены изменённые слова.'],
  format: ['Format', 'Формат', 'SubRip или WebVTT.'],
  command: ['Program', 'Программа', 'Программа и её аргументы; без оболочки.'],
  stage: ['Which texts', 'Какие тексты', 'Черновик, исправленный текст или оба.'],
  write: ['Which texts', 'Какие тексты', 'Черновик и потом исправленный текст, или только один из них.'],
  timeoutMs: ['Time limit (ms)', 'Предел времени (мс)', 'Программа, которая работает дольше, завершается.'],
  model: ['Model', 'Модель', 'ID модели: под этим именем её скачали или добавили.'],
  passes: ['Passes', 'Проходы', 'Сколько раз читается каждый отрезок. 1 — быстрее всего.'],
  beams: ['Beams', 'Лучи', 'За сколькими вариантами текста следить сразу. 1 — быстрее всего.'],
  beamsWithinMs: [
    'Several beams within (ms)',
    'Несколько лучей — не дольше (мс)',
    'Если с несколькими лучами дольше, читается с одним.',
  ],
  int8Encoder: ['Encoder in 8 bits', 'Кодировщик в 8 битах', 'Быстрее и меньше, но чуть менее точно.'],
  precision: ['Precision', 'Точность', 'Округлять ли матрицы до 8 бит: быстрее и вчетверо меньше.'],
  threads: ['Threads', 'Потоки', 'По умолчанию — по числу ядер.'],
  keepMemory: ['Keep memory', 'Не отдавать память', 'Чуть быстрее, но память занята и между чтениями.'],
};
