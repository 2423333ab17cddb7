// What the settings are called on the page, in English and Russian, and their help in Russian; the English help is the schema's.

import type { Bilingual } from './page/shapes.ts';
import { optionTitles } from './titles-of-options.ts';
import type { SettingWords } from './titles-of-options.ts';

/** By their names; `*` is the name of any profile. */
const titles: Readonly<Record<string, SettingWords>> = {
  hybrid: [
    'Mend the draft',
    'Исправлять черновик',
    'Второе, более точное распознавание исправляет черновик прямо на месте.',
    'A second, better recognition mends the draft right where it stands.',
  ],
  profile: ['Profile', 'Профиль', 'Какой профиль используется, если не указан другой.'],
  language: [
    'Only language',
    'Единственный язык',
    'Язык, на котором вы говорите, например «ru». Если используемая модель его не знает, это ошибка.',
  ],
  languages: [
    'Languages you speak',
    'Языки, на которых вы говорите',
    'Например ru и en. Язык определяется для каждого отрезка речи.',
    'Such as ru and en. The language is found out for each stretch of speech.',
  ],
  interfaceLanguage: [
    'Language of VoiceInput',
    'Язык программы',
    'На каком языке сообщения и меню. Без выбора — как в системе. Язык этой страницы выбирает браузер.',
    'In which language messages and menus are. Not set: as your system. This page is as your browser.',
  ],
  words: ['Your own words', 'Свои слова', 'Имена и термины, которые вы часто произносите.'],
  replacements: ['Replacements', 'Замены', 'Что слышно → что пишется. Действует во всех профилях.'],
  plugins: [
    'Plugins',
    'Плагины',
    'Имена пакетов или пути относительно файла настроек. Плагин — это программа со всеми вашими правами.',
    'Names of packages, or paths from the settings file. A plugin is a program with all your rights.',
  ],
  'dictation.mode': [
    'What the key does',
    'Что делает клавиша',
    'Держать, пока говорите; нажать для начала и для конца; или нажать для начала, а конец — по тишине.',
    'Hold it while you speak; press it to start and to stop; or press it to start, and silence stops.',
  ],
  'dictation.key': [
    'Key for dictation',
    'Клавиша диктовки',
    'Например Control_R, Control+Alt+J или Mouse8. Пустое поле — без клавиши.',
    'Such as Control_R, Control+Alt+J or Mouse8. Leave it empty for none.',
  ],
  'dictation.moreKeys': [
    'More keys for dictation',
    'Ещё клавиши диктовки',
    'У каждой может быть свой профиль, например для другого языка.',
    'Each can have a profile of its own, such as one for another language.',
  ],
  'dictation.undoKey': [
    'Key to undo',
    'Клавиша отмены',
    'Убирает последнюю диктовку. Пустое поле — без клавиши.',
    'Takes the newest dictation back. Leave it empty for none.',
  ],
  'dictation.pasteKey': [
    'Key to paste',
    'Клавиша вставки',
    'Вставляет последний исправленный текст. Пустое поле — без клавиши.',
    'Pastes the newest refined text. Leave it empty for none.',
  ],
  'dictation.source.use': ['Sound comes from', 'Откуда идёт звук', 'Обычно это микрофон.', 'Usually the microphone.'],
  'dictation.sink.use': [
    'Text goes to',
    'Куда идёт текст',
    'Обычно в поле, которое в фокусе. sink-exec отдаёт текст программе.',
    'Usually the field that has the focus. A program can get the text, too.',
  ],
  'dictation.silenceMs': [
    'Silence that ends (ms)',
    'Тишина, которая завершает (мс)',
    'После такой тишины заканчивается диктовка без рук.',
  ],
  'dictation.longestMs': [
    'Longest dictation (ms)',
    'Самая долгая диктовка (мс)',
    'Если клавиша нажата дольше, она считается застрявшей.',
  ],
  'dictation.tapToggles': [
    'A tap toggles',
    'Короткое нажатие переключает',
    'Если клавишу удерживают: короткое нажатие начинает диктовку, следующее заканчивает.',
  ],
  'dictation.cues': ['Sounds', 'Звуки', 'Звук, когда запись начинается и заканчивается.'],
  'dictation.onDraft': [
    'Program for drafts',
    'Программа для черновиков',
    'Программа и её аргументы. Получает каждый черновик на стандартный ввод.',
    'A program and its arguments. It gets each draft on standard input.',
  ],
  'dictation.onRefined': [
    'Program for refined texts',
    'Программа для исправленных текстов',
    'То же для каждого исправленного текста. Если черновик не исправляется, не запускается.',
  ],
  'dictation.history.keepText': [
    'Keep texts',
    'Хранить тексты',
    'Если выключить, сохранённые раньше тексты удаляются.',
  ],
  'dictation.history.keepAudio': [
    'Keep recordings',
    'Хранить записи',
    'Оставлять ли записи после распознавания. Если выключить, сохранённые раньше удаляются.',
  ],
  'dictation.history.textDays': ['Keep texts for (days)', 'Хранить тексты (дней)', 'Сколько дней хранятся тексты.'],
  'dictation.history.audioHours': [
    'Keep recordings for (hours)',
    'Хранить записи (часов)',
    'Сколько часов хранятся записи.',
  ],
  'dictation.history.keepCorrected': [
    'Keep what you corrected',
    'Хранить то, что вы исправили',
    'Диктовки, которые вы исправили, остаются вместе с записями, пока вы их не удалите.',
  ],
  'profiles.*.hybrid': ['Mend the draft', 'Исправлять черновик', 'Вместо общей настройки с тем же названием.'],
  'profiles.*.language': ['Only language', 'Единственный язык', 'Вместо общих языков.'],
  'profiles.*.languages': ['Languages you speak', 'Языки, на которых вы говорите', 'Вместо общих языков.'],
  'profiles.*.words': ['Your own words', 'Свои слова', 'Вместо общих слов.'],
  'profiles.*.replacements': ['Replacements', 'Замены', 'Добавляются к общим; те же слова заменяют общие.'],
  'profiles.*.vad.use': ['Detector of speech', 'Детектор речи', 'Находит речь в звуке.', 'Finds speech in the sound.'],
  'profiles.*.fast.use': [
    'Recogniser of drafts',
    'Распознаватель черновиков',
    'Плагин, который читает черновик.',
    'The plugin that reads the draft.',
  ],
  'profiles.*.fast': [
    'Recognisers of drafts',
    'Распознаватели черновиков',
    'Список: первый, который знает все ваши языки.',
  ],
  'profiles.*.refine.use': [
    'Recogniser of refined texts',
    'Распознаватель исправленных текстов',
    'Плагин, который читает второй раз, точнее.',
    'The plugin that reads a second time, better.',
  ],
  'profiles.*.refine': [
    'Recognisers of refined texts',
    'Распознаватели исправленных текстов',
    'Список: первый, который читает язык черновика.',
  ],
  'profiles.*.judge.use': [
    'Judge',
    'Судья',
    'Выбирает между черновиком и вторым чтением. Без него действуют встроенные правила.',
    'Decides between the draft and the second reading. Without one, built-in rules do.',
  ],
  'profiles.*.post': ['Post-processors', 'Обработка текста', 'Плагины, которые обрабатывают текст, по порядку.'],
  'profiles.*.fit': [
    'Fit the sentence',
    'Подгонять под предложение',
    'Пробелы, прописные буквы и точки подгоняются под предложение, в которое попадает текст.',
  ],
  'profiles.*.lanes.concurrent': [
    'Both recognisers at once',
    'Оба распознавания сразу',
    'Иначе по очереди, сначала черновик. По умолчанию включено, если ядер два или больше.',
  ],
  'profiles.*.lanes.idleUnloadMs': [
    'Unload an idle model after (ms)',
    'Выгружать модель без дела через (мс)',
    'По умолчанию никогда.',
  ],
  'profiles.*.lanes.deadlineFactor': [
    'Time allowed for a reading (factor)',
    'Срок чтения (во сколько раз)',
    'Во сколько раз дольше обычного может длиться чтение; больше — для медленных или занятых машин.',
  ],
  'profiles.*.segments.enterProbability': [
    'Speech begins at probability',
    'Речь начинается с вероятности',
    'По умолчанию — как говорит о себе детектор.',
  ],
  'profiles.*.segments.leaveProbability': [
    'Speech pauses below probability',
    'Пауза — ниже вероятности',
    'По умолчанию — как говорит о себе детектор.',
  ],
  'profiles.*.segments.sureProbability': [
    'Surely speech from probability',
    'Точно речь — с вероятности',
    'Отрезок с такой средней вероятностью точно содержит речь.',
  ],
  'profiles.*.segments.minSpeechMs': [
    'Shortest speech (ms)',
    'Самая короткая речь (мс)',
    'Что короче, считается щелчком.',
  ],
  'profiles.*.segments.padMs': [
    'Audio around speech (ms)',
    'Звук вокруг речи (мс)',
    'Сколько звука остаётся до и после речи.',
  ],
  'profiles.*.segments.pauseMs': [
    'Pause that ends a short segment (ms)',
    'Пауза в конце короткого отрезка (мс)',
    'Пауза, которая завершает короткий отрезок.',
  ],
  'profiles.*.segments.minPauseMs': [
    'Pause that ends a long segment (ms)',
    'Пауза в конце длинного отрезка (мс)',
    'Пауза, которая завершает длинный отрезок.',
  ],
  'profiles.*.segments.softMaxMs': [
    'Long segment from (ms)',
    'Длинный отрезок — от (мс)',
    'С этой длины отрезок завершают более короткие паузы.',
  ],
  'profiles.*.segments.maxMs': ['Longest segment (ms)', 'Самый длинный отрезок (мс)', 'Длиннее отрезков не бывает.'],
  'profiles.*.skipRefineAboveLogProb': [
    'Sure draft from log probability',
    'Уверенный черновик — с логарифма вероятности',
    'Черновик не хуже этого не читается второй раз.',
  ],
};

/** The same option of several parts is told apart. */
const lanes: Readonly<Record<string, readonly [english: string, russian: string]>> = {
  vad: [', to find speech', ' – детектор'],
  fast: [', for drafts', ' – для черновиков'],
  refine: [', for better texts', ' – для исправленных текстов'],
};

/** The title and the help of a setting; `description` is the schema's. What is not known here is called by its key. */
export function wordsFor(name: string, description: string): { readonly title: Bilingual; readonly help: Bilingual } {
  const known = knownWords(name);
  const [en, ru, help, ownHelp = description] = known ?? [spaced(name), spaced(name), description];
  const [lane, russianLane] = lanes[/\.(?<part>vad|fast|refine)\.options\./.exec(name)?.groups?.['part'] ?? ''] ?? [
    '',
    '',
  ];
  return {
    title: { en: `${en}${lane}`, ru: `${ru}${russianLane}` },
    help: { en: ownHelp.replaceAll('`', ''), ru: help },
  };
}

/** Absent: the page has no words of its own for it. */
export function knownWords(name: string): SettingWords | undefined {
  const general = name.replace(/^profiles\.(?:[^.[]+|\["[^"]*"\])/, 'profiles.*');
  const option = /\.options\.(?<option>.+)$/.exec(general)?.groups?.['option'];
  return option === undefined ? titles[general] : optionTitles[option];
}

/** `softMaxMs` → `Soft max (ms)`. */
function spaced(name: string): string {
  const key = name.slice(name.lastIndexOf('.') + 1);
  const words = key.replace(/Ms$/, ' (ms)').replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
