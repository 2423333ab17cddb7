// What `--help` says, in Russian, by what it says in English.

import type { Translations } from '@voiceinput/client';

export const help: Translations = {
  'Usage:': 'Вызов:',
  'Options:': 'Параметры:',
  'Arguments:': 'Аргументы:',
  'Commands:': 'Команды:',
  'Examples:': 'Примеры:',
  'Exit codes:': 'Коды выхода:',
  '[options]': '[параметры]',
  '[command]': '[команда]',
  'default:': 'по умолчанию:',
  'choices:': 'варианты:',
  'output the version number': 'показать номер версии',
  'display help for command': 'показать справку по команде',
  'Dictate:': 'Диктовка:',
  'Files and scripts:': 'Файлы и сценарии:',
  'Set up:': 'Настройка:',

  'Success.': 'Успешно.',
  'Internal error.': 'Внутренняя ошибка.',
  'Invalid arguments.': 'Неверные аргументы.',
  'An audio file or stream cannot be read.': 'Звуковой файл или поток не читается.',
  'The configuration is not valid.': 'Ошибка в настройках.',
  'A plugin cannot be loaded or failed.': 'Плагин не загрузился или завершился ошибкой.',
  'A model cannot be downloaded or used.': 'Модель не загрузилась или непригодна.',
  'Speech recognition failed.': 'Ошибка распознавания речи.',
  'The output cannot be written.': 'Не удалось записать результат.',
  'The daemon is not running, or it refused.': 'VoiceInput не запущен или отказал в запросе.',
  'A part of an audio file cannot be read; the text of the rest was printed.':
    'Часть звукового файла не читается; текст остального выведен.',
  'The output was closed early (as `| head` does).': 'Вывод закрыт раньше времени (как делает `| head`).',
  'Interrupted (Ctrl-C, SIGTERM, SIGHUP); everything recognised so far was printed.':
    'Прервано (Ctrl-C, SIGTERM, SIGHUP); всё, что успело распознаться, выведено.',

  'Dictation: a draft appears in your text field at once, and a better text replaces it in place.':
    'Диктовка: черновик появляется в поле ввода сразу, а уточнённый текст заменяет его на месте.',
  'print JSON': 'вывести JSON',
  'print JSON, one event per line': 'вывести JSON, по событию в строке',
  'print JSON; asks nothing': 'вывести JSON; вопросов не будет',
  'draft only, skip the refine pass': 'только черновик, без уточнения',
  'use this profile': 'взять этот профиль',
  'use this profile from the configuration': 'взять этот профиль из настроек',
  'use this profile of the configuration': 'взять этот профиль из настроек',
  'use this configuration file instead of your own': 'взять этот файл настроек вместо вашего',
  'where the text goes, such as clipboard or nowhere; voiceinput plugins lists all':
    'куда отправить текст, например clipboard или nowhere; весь список: voiceinput plugins',

  'run the daemon': 'запустить VoiceInput',
  'Runs the daemon, which holds the models, the microphone, the key and the history, and types into applications.':
    'Запускает сам VoiceInput: он держит модели, микрофон, клавишу и историю и вставляет текст в программы.',
  'also serve an OpenAI-compatible HTTP API on this machine; see docs/HTTP.md':
    'отвечать и по HTTP, как API OpenAI, только на этом компьютере; см. docs/HTTP.md',
  'port for --http (default: 7345; 0: any free port)': 'порт для --http (по умолчанию 7345; 0 — любой свободный)',
  'show an icon in the panel': 'показать значок на панели',
  'Shows an icon with a menu in the panel, and an overlay while you dictate. Starts the daemon if needed.':
    'Показывает значок с меню на панели и индикатор во время диктовки. Если нужно, запускает VoiceInput.',
  'en or ru; default: the language of the desktop': 'en или ru; по умолчанию — язык системы',
  'dictate into the focused window': 'диктовать в активное окно',
  'Dictates from the microphone into the focused window. Starts the daemon if needed. Press Enter to stop.':
    'Диктует с микрофона в активное окно. Если нужно, запускает VoiceInput. Enter — закончить.',
  'start now, press Enter to stop (default)': 'начать сразу, закончить по Enter (по умолчанию)',
  'start now, stop after a silence': 'начать сразу, закончить после тишины',
  'watch push-to-talk dictations until Ctrl-C': 'показывать диктовки с клавиши, пока не нажато Ctrl-C',
  'show what the daemon is doing': 'показать, чем занят VoiceInput',
  'start recording; starts the daemon if needed': 'начать запись; если нужно, запустить VoiceInput',
  'stop after a silence instead of waiting for voiceinput stop': 'закончить после тишины, не дожидаясь voiceinput stop',
  'stop recording and insert the text': 'закончить запись и вставить текст',
  'stop recording if one is in progress, else start one': 'закончить запись, если она идёт, иначе начать',
  'discard the recording': 'отменить запись',
  'undo the last (or given) dictation: once for the draft, twice to remove it':
    'отменить последнюю (или указанную) диктовку: один раз — до черновика, второй — совсем',
  'ID of a dictation since the daemon started': 'номер диктовки с тех пор, как запущен VoiceInput',
  'list microphones': 'показать микрофоны',
  'stop the daemon': 'остановить VoiceInput',
  'restart the daemon, even if it hangs': 'перезапустить VoiceInput, даже если он завис',
  'insert an earlier dictation, or refine it where it stands': 'вставить прежнюю диктовку или уточнить её на месте',
  'Puts the refined text of a dictation in place of its draft. Where no draft stands, inserts the text at the cursor.\nTakes the last dictation, or the given one.':
    'Ставит уточнённый текст диктовки на место черновика. Если черновика нет, вставляет текст в позицию курсора.\nБерёт последнюю диктовку или указанную.',
  'insert the refined text (default)': 'вставить уточнённый текст (по умолчанию)',
  'insert at the cursor even if the draft stands': 'вставить в позицию курсора, даже если черновик на месте',
  'insert the draft': 'вставить черновик',
  'ID of the dictation, or the first characters of it': 'номер диктовки или его первые знаки',
  'change settings until the daemon stops': 'изменить настройки, пока VoiceInput работает',
  'Changes settings for the next dictations until the daemon stops. The configuration file is not changed; for a\nlasting change: voiceinput config set PATH VALUE':
    'Меняет настройки для следующих диктовок, пока VoiceInput работает. Файл настроек не меняется; чтобы изменить\nнастройку насовсем: voiceinput config set ПУТЬ ЗНАЧЕНИЕ',
  'refine the draft in the background': 'уточнять черновик в фоне',
  'a profile from the configuration, for this dictation': 'профиль из настроек, только для этой диктовки',
  'a profile from the configuration': 'профиль из настроек',
  'ID of a microphone; see voiceinput microphones': 'имя микрофона; список: voiceinput microphones',
  'show events as they happen': 'показывать события',
  'Shows the events of the daemon as they happen; reconnects when the daemon restarts.':
    'Показывает, что происходит в VoiceInput; если он перезапустится, подключается снова.',
  'include dictated text': 'показывать и надиктованный текст',

  'list earlier dictations': 'показать прежние диктовки',
  'Earlier dictations on this machine, newest first, with draft and refined text.':
    'Прежние диктовки на этом компьютере, сначала новые: черновик и уточнённый текст.',
  'list the last dictations': 'показать последние диктовки',
  'how many at most': 'сколько, не больше',
  'only dictations with a correction': 'только диктовки с исправлением',
  'only dictations that contain these words': 'только диктовки с этими словами',
  'list dictations that contain words': 'найти диктовки по словам',
  'words of draft, text or correction, in any order': 'слова черновика, текста или исправления в любом порядке',
  'show one dictation (waits until it is finished)': 'показать одну диктовку (дождавшись её конца)',
  'transcribe a saved recording again': 'распознать сохранённую запись ещё раз',
  'read it once with this model; see voiceinput models': 'один раз распознать этой моделью; список: voiceinput models',
  'copy a dictation to the clipboard': 'скопировать диктовку в буфер обмена',
  'copy the draft instead of the refined text': 'скопировать черновик, а не уточнённый текст',
  'keep what a dictation should have been': 'записать, как диктовка должна была выглядеть',
  'the right text; empty: no correction any more': 'верный текст; пустой — убрать исправление',
  'play the recording of a dictation': 'воспроизвести запись диктовки',
  'write dictations into a folder: JSON, text and recordings': 'записать диктовки в папку: JSON, тексты и звук',
  'just one of them': 'только что-то одно',
  'a new folder': 'новая папка',
  'delete a dictation and its recording, or all of them': 'удалить диктовку с её записью или все диктовки',
  'delete all dictations and recordings': 'удалить все диктовки и записи',
  'delete those with a correction': 'удалить диктовки с исправлением',
  'do not ask': 'не спрашивать',

  'turn audio files into text': 'превратить звуковые файлы в текст',
  'Turns audio files into text: WAV, FLAC, MP3, Ogg (Opus, Vorbis) and M4A of any rate; "-" reads standard input.':
    'Превращает звуковые файлы в текст: WAV, FLAC, MP3, Ogg (Opus, Vorbis) и M4A с любой частотой; «-» — стандартный ввод.',
  'what to print': 'что выводить',
  'same as --format json: one object per line, as things happen':
    'то же, что --format json: по объекту в строке, по ходу дела',
  'process at the speed of speech, as with a microphone': 'читать со скоростью речи, как с микрофона',
  'headerless audio: 16 kHz, mono, signed 16-bit, little-endian':
    'звук без заголовка: 16 кГц, моно, 16 бит со знаком, от младшего байта',
  'audio files, or - for standard input (WAV, or raw with --raw)':
    'звуковые файлы или - для стандартного ввода (WAV либо отсчёты с --raw)',
  'apply the text rules to lines of standard input': 'применить правила текста к строкам стандартного ввода',
  'Shows what dictated text becomes at a place: your post-processors, then spaces, capitals and punctuation that fit it. Reads plain lines or JSON lines {text, language?, before?, after?, field?}; prints {text, steps} for each. "before" and "after" are the text around the cursor; "text" in the answer is what would be inserted between them.':
    'Показывает, чем станет надиктованный текст на своём месте: ваши замены, затем пробелы, прописные буквы и знаки препинания. Читает простые строки или JSON {text, language?, before?, after?, field?}; на каждую выводит {text, steps}. «before» и «after» — текст вокруг курсора; «text» в ответе — то, что будет вставлено между ними.',
  'make data to train a model of your own': 'подготовить данные для обучения своей модели',
  'Makes data to train a model of your own: FLAC and metadata.jsonl in the parts train, validation and test.':
    'Готовит данные для обучения своей модели: FLAC и metadata.jsonl в частях train, validation и test.',
  'from a reading and its book: hears it with your models, finds what was heard in the text, and cuts at pauses':
    'из аудиокниги и её текста: распознаёт чтение вашими моделями, находит услышанное в тексте и режет по паузам',
  'the book: .txt, .epub or .fb2': 'книга: .txt, .epub или .fb2',
  'where the data set is made, or goes on': 'где создать набор данных или продолжить начатый',
  'what is read': 'язык чтения',
  'how far what was heard has to be what is written, 0 to 1':
    'насколько услышанное должно совпадать с написанным, от 0 до 1',
  'hear with this profile: with the best model that you have':
    'распознавать с этим профилем: лучшей моделью, что у вас есть',
  'recordings of the reading, of any length': 'записи чтения любой длины',
  'from dictations that you corrected, where their recordings were kept; nothing leaves this machine':
    'из диктовок, которые вы исправили, если сохранились их записи; данные не покидают этот компьютер',
  'what is spoken, such as ru, where the data do not say so': 'язык речи, например ru, если в данных он не указан',
  'from audio with texts: a.txt beside a.wav, a table (CSV, TSV, JSON lines), Common Voice, LibriSpeech, or a folder of Hugging Face’s datasets':
    'из звука с текстами: a.txt рядом с a.wav, таблица (CSV, TSV, строки JSON), Common Voice, LibriSpeech или папка datasets от Hugging Face',
  'whose clips stay together where no speaker is named': 'чьи отрывки держать вместе, если говорящий не указан',
  'where audio and texts are': 'где лежат звук и тексты',

  'say which languages you speak': 'выбрать языки, на которых вы говорите',
  'Sets the languages that you speak, in your configuration, and shows which models fit them; alone, only shows.':
    'Записывает в настройки языки, на которых вы говорите, и показывает подходящие модели; без аргументов только показывает.',
  'codes or names, such as ru, pt-BR or English; any: the runner decides':
    'коды или английские названия, например ru, pt-BR или English; any — решает модель',
  'list and download models': 'показать и загрузить модели',
  'Lists the models and downloads them for offline use.': 'Показывает модели и загружает их, чтобы работать без сети.',
  'list all models with state, size and licence': 'показать все модели: состояние, размер, лицензия',
  'download models (those of your profile if no ID is given)':
    'загрузить модели (если не указано, какие, — модели профиля)',
  'download again even if present': 'загрузить заново, даже если модель есть',
  'verify checksums (of all downloaded models if no ID is given)':
    'проверить контрольные суммы (если не указано, какие, — всех загруженных моделей)',
  'make a model of your own file or folder; with two arguments, take the files of a known model from a folder':
    'сделать модель из своего файла или папки; с двумя аргументами — взять файлы известной модели из папки',
  'what the model will be called': 'как будет называться модель',
  'a file or folder with a model, such as a Whisper of your own; or the ID of a known model':
    'файл или папка с моделью, например с вашей Whisper, или имя известной модели',
  'where the files of the known model are': 'где лежат файлы известной модели',
  'write an imported model into a new folder, in a form that other programs read':
    'записать импортированную модель в новую папку в виде, который читают другие программы',
  'two models read the same audio: wrong words, times, and where they differ':
    'сравнить две модели на одном звуке: ошибки, время, различия',
  'your own recordings, as without a folder': 'ваши записи, как и без папки',
  'audio files, perhaps with what was said in a.txt beside a.wav, or a part of a data set; your own recordings when it is left out':
    'звуковые файлы (сказанное может лежать в a.txt рядом с a.wav) или часть набора данных; если не указана — ваши записи',
  'remove a model from this machine': 'удалить модель с этого компьютера',
  'open the settings in your browser': 'открыть настройки в браузере',
  'Opens a page with all settings, the models and the history in your browser, on this machine only, and closes it when\nyou do. What would run a program is asked about here, in the terminal.':
    'Открывает в браузере страницу со всеми настройками, моделями и историей — только на этом компьютере — и закрывает\nеё вместе с вами. О том, что запустило бы программу, спросит здесь, в терминале.',
  'only print the address and the code': 'только показать адрес и код',
  'show or change settings': 'показать или изменить настройки',
  'Shows the effective configuration, and changes settings for good. Changes count from the next dictation on.':
    'Показывает действующие настройки и меняет их насовсем. Изменения действуют со следующей диктовки.',
  'show the effective configuration and its sources': 'показать действующие настройки и откуда они взяты',
  'print the JSON Schema of the configuration file, for editors': 'вывести JSON Schema файла настроек — для редакторов',
  'print a setting: yours, or the default': 'вывести настройку: вашу или по умолчанию',
  'setting, such as dictation.key': 'настройка, например dictation.key',
  'change a setting for good, in your configuration file': 'изменить настройку насовсем, в файле настроек',
  'text, number, true, false or JSON; several make a list':
    'строка, число, true, false или JSON; несколько значений составят список',
  'remove a setting from your configuration file, so that the default counts':
    'убрать настройку из файла, чтобы действовало значение по умолчанию',
  'write a first configuration file': 'создать файл настроек',
  'list plugins, their options and commands': 'показать плагины, их параметры и команды',
  'Lists the loaded plugins, or the options of one.': 'Показывает загруженные плагины или параметры одного из них.',
  'list all plugins, or the options of one': 'показать все плагины или параметры одного',
  'run a plugin command, or list them': 'выполнить команду плагина или показать все такие команды',
  'arguments of the command, as JSON or plain text': 'аргументы команды: JSON или просто текст',
  'check this machine': 'проверить этот компьютер',
  'Checks this machine and prints the fix for each problem.':
    'Проверяет компьютер и говорит, как исправить каждую неполадку.',
  'say how far texts are mended in the window that you go to within 3 seconds, and why':
    'сказать, исправляются ли тексты в окне, в которое вы перейдёте за 3 секунды, и почему',

  'start daemon and tray at every login': 'запускать VoiceInput и значок при входе в систему',
  'Starts the daemon and, where it is installed, the tray at every login: by systemd or, where that cannot be asked, by the autostart of the desktop. Files for macOS and Windows, not verified.':
    'Запускает VoiceInput и значок, если он установлен, при каждом входе в систему: через systemd, а где его нет — через автозапуск рабочего стола. Файлы для macOS и Windows не проверены.',
  'show whether it is installed and running': 'показать, установлено ли это и работает ли',
  'start them now and at every login (run it again after moving VoiceInput)':
    'запустить сейчас и запускать при каждом входе (повторите, если перенесли VoiceInput)',
  'print the file instead': 'вместо этого вывести файл',
  'stop them and remove them from login': 'остановить и больше не запускать при входе',
  'choose languages, microphone, key and models': 'выбрать языки, микрофон, клавишу и модели',
  'Asks for languages, models, microphone, key and the start at login, and lets you try them. Every question can be\nskipped, and nothing is changed before the end. With options it asks nothing, and sets just what they say.':
    'Спрашивает о языках, моделях, микрофоне, клавише и запуске при входе и даёт всё попробовать. Любой вопрос можно\nпропустить, и до самого конца ничего не меняется. С параметрами ни о чём не спрашивает и задаёт только указанное.',
  'what you speak, such as ru en; any: the runner decides': 'на чём вы говорите, например ru en; any — решает модель',
  'see voiceinput microphones; default: that of the system':
    'список: voiceinput microphones; default — микрофон по умолчанию',
  'such as Control_R, F9 or Control+Alt+J; none: no key':
    'например Control_R, F9 или Control+Alt+J; none — без клавиши',
  'what the key does': 'что делает клавиша',
  'download these; recommended: those that the languages need': 'загрузить эти модели; recommended — нужные для языков',
  'start daemon and tray now and at every login': 'запустить VoiceInput и значок сейчас и запускать при каждом входе',
  'do not start them at login': 'не запускать их при входе',
  'take what is suggested for whatever no option says': 'чего нет в параметрах, взять из предложенного',
  'remove VoiceInput from this machine': 'удалить VoiceInput с этого компьютера',
  'Stops daemon and tray, removes both from login, and what they left behind. Asks about history, models and\nsettings; with options it asks nothing, and what they do not name stays. Says what removes the package itself.':
    'Останавливает VoiceInput и значок, убирает их из запуска при входе и удаляет то, что они оставили.\nОб истории, моделях и настройках спрашивает; с параметрами не спрашивает, и что не названо, остаётся.\nГоворит, как удалить сам пакет.',
  'delete history and recordings, too': 'удалить и историю с записями',
  'delete the models, too': 'удалить и модели',
  'delete configuration and plugins, too': 'удалить и настройки с плагинами',
  'delete all of these': 'удалить всё это',
  'ask nothing': 'ни о чём не спрашивать',
  'show how to bind keys on Wayland': 'показать, как назначить клавиши в Wayland',
  'Prints what binds your keys to commands in the Wayland compositor that runs.':
    'Выводит строки, которые назначают ваши клавиши командам в работающем композиторе Wayland.',
  'another compositor': 'другой композитор',
  'bind them now (sway only), until it reads its configuration again':
    'назначить сейчас (только sway), пока он не перечитает свои настройки',
  'print a shell completion script': 'вывести сценарий автодополнения',
  'Prints a script that lets your shell complete commands, options, profiles, models and dictations.':
    'Выводит сценарий, с которым оболочка дополняет команды, параметры, профили, модели и диктовки.',
  'your shell': 'ваша оболочка',
};
