// The table of errors in Russian: what each means, and what to do.

import type { ErrorCode } from '@voiceinput/plugin-api';

interface Meaning {
  readonly summary: string;
  readonly hint: string;
}

/** One for each code: a missing one is an error of types. */
export const codes: Readonly<Record<ErrorCode, Meaning>> = {
  ERR_INTERNAL: {
    summary: 'Внутренняя ошибка: произошло то, чего быть не должно.',
    hint: 'Сообщите о ней, пожалуйста, и приложите команду, которую вы запускали.',
  },
  ERR_ABORTED: { summary: 'Работа прервана.', hint: 'Чтобы закончить, запустите команду ещё раз.' },
  ERR_USAGE: {
    summary: 'Неизвестная команда, неизвестный параметр или аргумент.',
    hint: 'Список покажет --help.',
  },
  ERR_DESCRIPTORS: {
    summary: 'Программе не разрешено открыть столько файлов, сколько нужно.',
    hint: 'Увеличьте предел: ulimit -n 1024',
  },
  ERR_FILE_NOT_FOUND: { summary: 'Такого файла нет.', hint: 'Проверьте путь.' },
  ERR_FILE_NOT_AUDIO: {
    summary: 'Вместо звукового файла указана папка или специальный файл.',
    hint: 'Укажите сами звуковые файлы.',
  },
  ERR_FILE_UNREADABLE: { summary: 'Файл есть, но прочитать его нельзя.', hint: 'Проверьте права доступа к нему.' },
  ERR_AUDIO_EMPTY: {
    summary: 'В файле или потоке нет звука.',
    hint: 'Проверьте, что запись или экспорт завершились до конца.',
  },
  ERR_AUDIO_FORMAT: {
    summary: 'Этот звуковой формат не поддерживается.',
    hint: 'Преобразуйте файл в WAV, FLAC, MP3, Ogg или M4A.',
  },
  ERR_AUDIO_CORRUPT: {
    summary: 'Звук повреждён или неполон.',
    hint: 'То, что удалось прочитать, распознано. Чтобы получить остальное, экспортируйте или скопируйте файл ещё раз.',
  },
  ERR_AUDIO_SAMPLES: {
    summary: 'В записи есть отсчёты, которые не являются конечными числами.',
    hint: 'Экспортируйте файл ещё раз как 16-битный PCM.',
  },
  ERR_DATASET: {
    summary: 'Данные для обучения не читаются, или обучающая часть пересеклась бы с проверочной.',
    hint: 'Что можно прочитать, покажет: voiceinput dataset --help',
  },
  ERR_RECORDER_MISSING: {
    summary: 'Не установлена программа для записи с микрофона.',
    hint: 'В Debian и Ubuntu: sudo apt-get install pulseaudio-utils (или alsa-utils). В macOS: brew install sox.',
  },
  ERR_MICROPHONE_MISSING: {
    summary: 'Микрофон не найден, или это не тот, что выбран.',
    hint: 'Подключите его или выберите другой; список: voiceinput microphones',
  },
  ERR_MICROPHONE_BUSY: {
    summary: 'Микрофон не открывается: возможно, его занимает другая программа.',
    hint: 'Закройте другие программы записи или выберите другой микрофон: voiceinput microphones',
  },
  ERR_MICROPHONE_LOST: {
    summary: 'Микрофон отключился во время работы.',
    hint: 'Подключите его снова. Всё сказанное до этого сохранено.',
  },
  ERR_MICROPHONE_MUTED: {
    summary: 'От микрофона приходит только тишина.',
    hint: 'Включите звук микрофона в настройках системы или на нём самом.',
  },
  ERR_DATASET_MISSING: {
    summary: 'Подготовка данных для обучения — отдельный пакет, и он не установлен.',
    hint: 'npm install -g @voiceinput/dataset',
  },
  ERR_TRAY_MISSING: {
    summary: 'Значок на панели — отдельный пакет, и он не установлен.',
    hint: 'npm install -g @voiceinput/tray',
  },
  ERR_CONFIG_NOT_FOUND: { summary: 'Указанного файла настроек нет.', hint: 'Проверьте путь после --config.' },
  ERR_CONFIG_SYNTAX: {
    summary: 'Файл настроек написан не по правилам JSON.',
    hint: 'Исправьте место, названное в сообщении.',
  },
  ERR_CONFIG_UNKNOWN_KEY: {
    summary: 'Такой настройки нет.',
    hint: 'Удалите её или замените ближайшей известной.',
  },
  ERR_CONFIG_INVALID: {
    summary: 'В настройках есть недопустимое значение.',
    hint: 'Исправьте значение, названное в сообщении.',
  },
  ERR_CONFIG_UNTRUSTED: {
    summary: 'Настройки из текущей папки пытаются загрузить код.',
    hint: 'Если вы им доверяете, укажите файл явно: --config.',
  },
  ERR_PROFILE_UNKNOWN: { summary: 'Профиля с таким именем нет.', hint: 'Список профилей: voiceinput config' },
  ERR_PLUGIN_NOT_FOUND: {
    summary: 'Плагин, названный в настройках, не установлен.',
    hint: 'Установите его; какие плагины есть, покажет: voiceinput plugins',
  },
  ERR_PLUGIN_LOAD: {
    summary: 'Плагин не загружается.',
    hint: 'Если он ваш, исправьте его; если нет — спросите автора или уберите плагин из настроек.',
  },
  ERR_PLUGIN_MANIFEST: {
    summary: 'Описание плагина составлено неправильно.',
    hint: 'Проверьте его набором тестов из @voiceinput/testkit.',
  },
  ERR_PLUGIN_API: {
    summary: 'Плагин написан для другой версии программного интерфейса.',
    hint: 'Установите подходящую версию плагина.',
  },
  ERR_PLUGIN_DUPLICATE: {
    summary: 'У двух плагинов одинаковое имя.',
    hint: 'Уберите один из них из настроек.',
  },
  ERR_COMMAND_UNKNOWN: {
    summary: 'Ни у одного плагина нет такой команды.',
    hint: 'Список команд: voiceinput plugins run',
  },
  ERR_PLUGIN_TIMEOUT: {
    summary: 'Плагин не ответил вовремя.',
    hint: 'Попробуйте ещё раз. Если это повторяется с плагином из ваших настроек, уберите его оттуда.',
  },
  ERR_PLUGIN_FAILED: { summary: 'Ошибка в плагине.', hint: 'Передайте сообщение его автору.' },
  ERR_MODEL_UNKNOWN: { summary: 'Модели с таким именем нет.', hint: 'Список моделей: voiceinput models' },
  ERR_MODEL_ABSENT: {
    summary: 'Модель известна, но на этом компьютере её нет.',
    hint: 'Список моделей: voiceinput models',
  },
  ERR_MODEL_MISSING: {
    summary: 'На этом компьютере нет модели, которая понимает языки профиля.',
    hint: 'Какая подойдёт, покажет: voiceinput languages',
  },
  ERR_MODEL_OFFLINE: {
    summary: 'Сначала нужно загрузить модель, а сеть недоступна.',
    hint: 'Подключитесь один раз к сети и запустите: voiceinput models pull',
  },
  ERR_MODEL_REGISTRY: {
    summary: 'Сервер ответил на запрос модели ошибкой.',
    hint: 'Проверьте адрес реестра в настройках npm: npm config get registry',
  },
  ERR_MODEL_CHECKSUM: {
    summary: 'Контрольная сумма загруженного файла не совпала.',
    hint: 'Попробуйте ещё раз. Если это повторяется, файлы меняет что-то по пути, например прокси-сервер.',
  },
  ERR_MODEL_STORAGE: {
    summary: 'Модель не удаётся сохранить в кэше.',
    hint: 'Освободите место на диске или укажите в VOICEINPUT_CACHE_DIR папку, доступную для записи.',
  },
  ERR_MODEL_FORMAT: {
    summary: 'Этот файл или папка — не модель, которую можно импортировать.',
    hint: 'Что можно импортировать, покажет: voiceinput models import --help',
  },
  ERR_MODEL_FILES: {
    summary: 'Файлы модели непригодны.',
    hint: 'Загрузите её заново: voiceinput models pull --force',
  },
  ERR_OUTPUT: {
    summary: 'Не удаётся записать результат.',
    hint: 'Проверьте, не заполнен ли диск и нет ли ограничения на размер файла.',
  },
  ERR_OUTPUT_CLOSED: {
    summary: 'Программа, читавшая вывод, завершилась раньше.',
    hint: 'Если так и задумано (например, | head), делать ничего не нужно.',
  },
  ERR_RUNTIME: {
    summary: 'ONNX Runtime не запускается на этом компьютере.',
    hint: 'Проверьте, чего не хватает: voiceinput doctor',
  },
  ERR_LANE_DIED: {
    summary: 'Процесс распознавания неожиданно завершился.',
    hint: 'Попробуйте ещё раз. Если это повторяется, запустите: voiceinput doctor',
  },
  ERR_LANE_TIMEOUT: {
    summary: 'Распознавание длится слишком долго для такой записи.',
    hint: 'Попробуйте ещё раз, когда компьютер будет меньше занят.',
  },
  ERR_DISPLAY_MISSING: {
    summary: 'Графический сеанс не найден.',
    hint: 'Запустите в графическом сеансе (X11 или Wayland) или выберите другое место для текста.',
  },
  ERR_DESKTOP: {
    summary: 'Не удалось действие на рабочем столе.',
    hint: 'Что здесь работает, покажет: voiceinput doctor',
  },
  ERR_COMMAND_FAILED: {
    summary: 'Команда из настроек не запустилась или завершилась ошибкой.',
    hint: 'Запустите её сами, чтобы увидеть, что она выводит.',
  },
  ERR_STORAGE: {
    summary: 'Запись, историю или настройки не удаётся прочитать или сохранить.',
    hint: 'Проверьте, что на диске есть место и что папка принадлежит вам.',
  },
  ERR_CLOCK: {
    summary: 'Возможно, на этом компьютере неверная дата: старые диктовки были бы удалены.',
    hint: 'Установите верную дату.',
  },
  ERR_DAEMON_MISSING: { summary: 'VoiceInput не запущен.', hint: 'Запустите его: voiceinput serve' },
  ERR_DAEMON_RUNNING: {
    summary: 'VoiceInput этого пользователя уже запущен.',
    hint: 'Пользуйтесь им или сначала остановите его: voiceinput quit',
  },
  ERR_DAEMON_REFUSED: {
    summary: 'VoiceInput не принял подключение: не тот ключ доступа или не та версия протокола.',
    hint: 'Перезапустите его: voiceinput restart',
  },
  ERR_DAEMON_LOST: {
    summary: 'VoiceInput остановился во время запроса.',
    hint: 'Запустите его снова: voiceinput serve. Незаконченные записи восстановятся и появятся в истории.',
  },
  ERR_DAEMON_TIMEOUT: {
    summary: 'VoiceInput запущен, но не отвечает.',
    hint: 'Перезапустите его: voiceinput restart',
  },
  ERR_SERVICE: {
    summary: 'VoiceInput не удаётся запускать как службу системы.',
    hint: 'Проверьте её: voiceinput service status — или запустите VoiceInput сами: voiceinput serve',
  },
  ERR_REQUEST_INVALID: {
    summary: 'Запрос к VoiceInput составлен неправильно.',
    hint: 'Все запросы описаны в docs/API.md.',
  },
  ERR_BUSY: {
    summary: 'VoiceInput занят: слишком много запросов.',
    hint: 'Попробуйте ещё раз через несколько секунд.',
  },
  ERR_PORT: {
    summary: 'Порт HTTP не открывается.',
    hint: 'Выберите другой порт: voiceinput serve --http --port 7346',
  },
  ERR_PAGE_REFUSED: {
    summary: 'Страница настроек не отвечает на этот запрос.',
    hint: 'Откройте страницу: voiceinput settings',
  },
  ERR_NOT_CONFIRMED: {
    summary: 'На странице настроек задано то, что запускает программу, а подтверждения вне страницы не было.',
    hint: 'Ответьте в терминале или измените настройку там же: voiceinput config set',
  },
  ERR_HISTORY_UNKNOWN: { summary: 'В истории нет такой диктовки.', hint: 'Список диктовок: voiceinput history' },
};
