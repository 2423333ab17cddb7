// What is told of the program that runs in the background, its history and its service, in Russian.

import type { Translations } from '../translator.ts';

export const daemon: Translations = {
  'The daemon did not start.': 'VoiceInput не запустился.',
  'The daemon did not start. {}': 'VoiceInput не запустился. {}',
  'Start it in a terminal to see why: voiceinput serve':
    'Чтобы узнать причину, запустите его в терминале: voiceinput serve',
  'The settings page was not opened.': 'Страница настроек не открылась.',
  'The settings page was not opened. {}': 'Страница настроек не открылась. {}',
  'Open it in a terminal to see why: voiceinput settings':
    'Чтобы узнать причину, откройте её из терминала: voiceinput settings',
  'The daemon is not responding right now.': 'VoiceInput сейчас не отвечает.',
  'The daemon has not been started yet ({}).': 'VoiceInput ещё не запускали ({}).',
  'The discovery file of the daemon cannot be read ({}).': 'Файл, по которому находят VoiceInput, не читается ({}).',
  'The daemon is not running ({}: {}).': 'VoiceInput не запущен ({}: {}).',
  'The daemon did not respond to "{}" within {} s.': 'VoiceInput не ответил на запрос «{}» за {} с.',
  'The daemon stopped.': 'VoiceInput остановился.',
  'The connection was closed.': 'Соединение закрыто.',
  'The other side closed the connection{}': 'Соединение закрыто другой стороной{}',
  'The other side is not reading its messages.': 'Другая сторона не читает сообщения.',
  'The folder {} for the daemon cannot be created: {}': 'Не удаётся создать папку {} для VoiceInput: {}',
  '{} {}, so it may not come from your daemon.': '{}: {}; возможно, это не ваш VoiceInput.',
  'is not a regular {}': 'это не то, что создаёт VoiceInput',
  'belongs to user {}, not to you': 'владелец — пользователь {}, а не вы',
  'is accessible to others (mode {})': 'доступно другим (права {})',
  'Remove it, then start the daemon again: voiceinput serve':
    'Удалите это, затем запустите VoiceInput снова: voiceinput serve',
  'A client could not be accepted: {}': 'Подключение не принято: {}',
  'The client sent no handshake.': 'Программа подключилась и не представилась.',
  'Wrong token.': 'Неверный ключ доступа.',
  'The client uses protocol version {}, the daemon version {}.':
    'У подключившейся программы версия протокола {}, у VoiceInput — {}.',
  'Another daemon is already running ({}).': 'VoiceInput уже запущен ({}).',
  'Another daemon is using the history ({}).': 'Историей пользуется другой запущенный VoiceInput ({}).',
  'The daemon is stopping, so nothing can be recorded.': 'VoiceInput останавливается, записывать уже нельзя.',
  'The daemon has no terminal to write to.': 'У VoiceInput нет терминала, куда писать.',
  'Choose another sink; voiceinput plugins lists them.': 'Выберите другое место для текста; список: voiceinput plugins',
  'Process {} does not respond, and it may not be the daemon.': 'Процесс {} не отвечает; возможно, это не VoiceInput.',
  'The daemon (process {}) has been asked to stop, and still runs.':
    'VoiceInput (процесс {}) попросили остановиться, но он ещё работает.',
  'Check it and stop it yourself: kill {}': 'Проверьте и остановите его сами: kill {}',
  'The daemon (process {}) cannot be stopped, not even by SIGKILL.':
    'VoiceInput (процесс {}) не останавливается даже по SIGKILL.',
  '{} Dictations are saved to the history only.': '{} Диктовки сохраняются только в истории.',
  'The daemon': 'VoiceInput',
  'Port {} of {} cannot be opened: {}.': 'Порт {} на {} не открывается: {}.',
  'it is in use': 'он занят',
  '--port only works together with --http.': '--port действует только вместе с --http.',
  'Add --http.': 'Добавьте --http.',
  'Nothing to change.': 'Менять нечего.',
  'Give --hybrid, --profile or --microphone.': 'Укажите --hybrid, --profile или --microphone.',
  'The hook "{}" {}.': 'Команда «{}»: {}.',
  'Unknown command {}.': 'Неизвестная команда {}.',
  'Available: {}.': 'Есть такие: {}.',
  'Unknown language "{}"; use en or ru.': 'Неизвестный язык «{}»; есть en и ru.',
  'The tray is not installed.': 'Значок на панели не установлен.',
  'What makes data sets is not installed.': 'Подготовка данных для обучения не установлена.',
  'Nobody can be asked here: this is no terminal.': 'Спросить некого: это не терминал.',
  'Say what to set, such as: voiceinput setup --languages ru en --yes':
    'Скажите, что настроить, например: voiceinput setup --languages ru en --yes',
  'To remove it and keep history, models and settings: voiceinput uninstall --yes':
    'Чтобы удалить программу и оставить историю, модели и настройки: voiceinput uninstall --yes',
  '{} cannot be removed: {}': '{} не удаляется: {}',
  'Line {} is not a request: {}.': 'Строка {} — не запрос: {}.',
  'the key {} is not known': 'ключа {} нет',
  'the key {} is missing': 'не хватает ключа {}',
  'the key {} cannot have the value {}': 'у ключа {} не может быть значения {}',
  'A request is {"text": …} with optional "language", "before", "after" and "field" ({}), or a plain line.':
    'Запрос — это {"text": …} и, если нужно, "language", "before", "after" и "field" ({}), или просто строка.',
  'Too many files are open: {}': 'Открыто слишком много файлов: {}',
  'The output was closed early.': 'Вывод закрыт раньше времени.',
  'The output cannot be written: {}': 'Не удаётся записать вывод: {}',

  'The dictation failed for an unknown reason.': 'Диктовка не удалась по неизвестной причине.',
  'The user cancelled the dictation.': 'Диктовка отменена.',
  'The recording cannot be saved in {}: {}': 'Запись не удаётся сохранить в {}: {}',
  'The upload cannot be saved: {}': 'Загруженный файл не удаётся сохранить: {}',
  'The date is {} days ahead of when VoiceInput last ran. If that is right, {} will be deleted.':
    'Дата на {} дн. позже последнего запуска VoiceInput. Если она верна, будет удалено: {}.',
  'If the date of this machine is wrong, set it right within the next {} hours.':
    'Если дата на компьютере неверна, исправьте её в ближайшие {} ч.',
  'The history in {} cannot be opened: {}. Dictations are only kept until the daemon stops.':
    'История в {} не открывается: {}. Диктовки хранятся, только пока VoiceInput работает.',
  'The history was damaged ({}). {} dictations could be recovered.':
    'История была повреждена ({}). Удалось восстановить диктовок: {}.',
  'A copy of the damaged files is in {} until a dictation is removed or expires; keep another one if you need it.':
    'Копия повреждённых файлов лежит в {}, пока какая-нибудь диктовка не будет удалена; если она нужна, сохраните её отдельно.',
  'The history cannot be exported to {}: {}': 'Историю не удаётся экспортировать в {}: {}',
  'Name a new folder: nothing is written over.': 'Укажите новую папку: поверх старого ничего не записывается.',
  'Name a folder that you may write to.': 'Укажите папку, в которую вам можно писать.',
  '{} could not play the recording (exit code {}).': '{} не удалось воспроизвести запись (код выхода {}).',
  'No program that plays sounds was found ({}).': 'Не найдена программа, воспроизводящая звук ({}).',
  'Install one, or get the recording as a file with: voiceinput history export FOLDER':
    'Установите одну из них или получите запись файлом: voiceinput history export ПАПКА',
  'Name one dictation, or --all, or --corrected.': 'Укажите одну диктовку, либо --all, либо --corrected.',
  'See the IDs with: voiceinput history': 'Номера диктовок: voiceinput history',
  'This deletes {} dictations for good.': 'Диктовки будут удалены навсегда: {}.',
  'If you are sure, add --yes.': 'Если вы уверены, добавьте --yes.',
  'There is no dictation to insert yet.': 'Вставлять пока нечего: диктовок нет.',
  'The text of {} was not saved.': 'Текст диктовки {} не сохранён.',
  'Texts are saved when dictation.history.keepText is on. {}':
    'Тексты сохраняются, когда включена настройка dictation.history.keepText. {}',
  'For another one, give its ID (voiceinput history).': 'Чтобы взять другую, укажите её номер (voiceinput history).',
  'Nothing was recognised in {}.': 'В диктовке {} ничего не распознано.',
  'The recording of {} has been deleted.': 'Запись диктовки {} уже удалена.',
  'dictation.history.audioHours sets how long recordings are kept.':
    'Сколько хранятся записи, задаёт настройка dictation.history.audioHours.',
  'The recording of {} was not saved.': 'Запись диктовки {} не сохранена.',
  'Recordings are saved when dictation.history.keepAudio is on.':
    'Записи сохраняются, когда включена настройка dictation.history.keepAudio.',
  'The dictation {} was cancelled: neither its text nor its audio was saved.':
    'Диктовка {} отменена: ни текст, ни звук не сохранены.',
  'The dictation {} went into a password field: neither its text nor its audio was saved.':
    'Диктовка {} попала в поле пароля: ни текст, ни звук не сохранены.',
  'No speech was found in {}.': 'В диктовке {} не слышно речи.',
  'Nothing was recorded for {}: {}': 'Для {} ничего не записано: {}',
  'The model "{}" cannot be located: {}': 'Не удаётся найти модель «{}»: {}',
  'The process of {} ended {}.{}': 'Процесс {} завершился: {}.{}',
  'The {} lane did not finish a clip within {} ms.': 'Распознавание ({}) не закончилось за {} мс.',

  '{} cannot be written.': '{} не записывается.',
  '{} was not written by VoiceInput.': 'Файл {} создан не VoiceInput.',
  'Move it away, then run: voiceinput service install': 'Уберите его и запустите: voiceinput service install',
  '{} is masked: systemd does not start it.': 'Служба {} замаскирована: systemd её не запускает.',
  'Undo that with: systemctl --user unmask {}': 'Отмените это: systemctl --user unmask {}',
  '{} has failed, and is not started again.': 'Служба {} завершилась с ошибкой и больше не запускается.',
  'See why with: journalctl --user -u {}; then: voiceinput service install':
    'Причину покажет: journalctl --user -u {}; затем: voiceinput service install',
  'The service starts {}, which does not exist: {} was moved.':
    'Служба запускает {}, но такого файла нет: {} перенесли.',
  'systemd was not found (systemctl is not on the PATH).': 'systemd не найден (systemctl нет в PATH).',
  'Start it yourself: voiceinput serve': 'Запускайте VoiceInput сами: voiceinput serve',
  'systemctl --user {} failed: {}': 'systemctl --user {}: ошибка: {}',
};
