// What is told of files and microphones, in Russian.

import type { Translations } from '../translator.ts';

export const audio: Translations = {
  'Waits for a program that writes to {}.': 'Ожидание программы, которая пишет в {}.',
  'File not found: {}': 'Файл не найден: {}',
  'There is no folder {}.': 'Папки {} нет.',
  '{} {}; expected an audio file.': '{} — {}, а нужен звуковой файл.',
  'is a directory': 'это папка',
  'is a device or socket': 'это устройство или сокет',
  'is a terminal': 'это терминал',
  'Standard input': 'Стандартный ввод',
  '{} cannot be opened: too many files are open ({}).': '{} не открывается: открыто слишком много файлов ({}).',
  'Allow more with: ulimit -n 1024': 'Увеличьте предел: ulimit -n 1024',
  '{} cannot be read ({}).': '{} не читается ({}).',
  'is empty': 'файл пуст',
  'holds no samples': 'в файле ни одного отсчёта звука',
  '{} {}; expected audio.': '{}: {}; нужен звук.',
  '{} is {}; expected a recording.': '{} — это {}, а нужна запись.',
  'Choose a file that contains sound.': 'Выберите файл, в котором есть звук.',
  '{} starts with {}, which no known audio format does.': '{} начинается с {}: такого звукового формата нет.',
  'Convert it to WAV, FLAC, MP3 or Ogg. For raw samples (16 kHz, 16-bit, mono) add --raw.':
    'Преобразуйте файл в WAV, FLAC, MP3 или Ogg. Если это отсчёты без заголовка (16 кГц, 16 бит, моно), добавьте --raw.',
  '{} ({}) cannot be read, not even by ffmpeg.': '{} ({}) не читается даже программой ffmpeg.',
  'Export or copy the file again.': 'Экспортируйте или скопируйте файл ещё раз.',
  '{} cannot be decoded: {}.': '{} не декодируется: {}.',
  '{} is AAC, and no decoder for it is installed.': '{} — это AAC, а декодер для него не установлен.',
  'Install ffmpeg, or a decoder under the GPL 2.0 with: {}': 'Установите ffmpeg или декодер под лицензией GPL 2.0: {}',
  '{} has no readable index; it may have been cut off.': 'В {} не читается оглавление; возможно, файл обрезан.',
  '{} has no audio track.': 'В {} нет звуковой дорожки.',
  '{}{} has no audio track.': 'В {}{} нет звуковой дорожки.',
  '{}: {} bytes are missing.': '{}: не хватает {} байт.',
  '{} of the {}.': '{} из {}.',
  '{}{} ends after {}.': '{}{}: запись обрывается, прочитано {}.',
  '{} ends after {}.': '{}: запись обрывается, прочитано {}.',
  '{} ends inside a sample: {} at {} s.': '{} обрывается посреди отсчёта: {} на {} с.',
  '{}{} cannot be read completely; ffmpeg says {}.': '{}{} читается не полностью; ffmpeg сообщает: {}.',
  '{} is {}, which only ffmpeg can read, but ffmpeg is not installed.':
    '{} — это {}: такое читает только ffmpeg, а он не установлен.',
  'of an unknown format': 'файл неизвестного формата',
  'Install ffmpeg, or convert the file to WAV, FLAC, MP3 or Ogg.':
    'Установите ffmpeg или преобразуйте файл в WAV, FLAC, MP3 или Ogg.',
  '{} does not describe its AAC coding.': 'В {} нет описания кодирования AAC.',
  '{} claims a rate of {} Hz; expected {} to {}.': 'В {} указана частота {} Гц, а допустимо от {} до {}.',
  '{} claims {} channels; expected 1 to {}.': 'В {} указано каналов: {}, а допустимо от 1 до {}.',
  '{}: sample {} (at {} s) is {}; expected a finite number.':
    '{}: отсчёт {} (на {} с) равен {}, а должен быть конечным числом.',
  'Audio from a pipe cannot be stored in {}: {}': 'Звук из канала не удаётся сохранить в {}: {}',
  'Free some disk space there, set TMPDIR to another folder, or pass the file by its name.':
    'Освободите там место, укажите в TMPDIR другую папку или передайте файл по имени.',
  '{} is {}; expected PCM, float or G.711.': '{} — это {}, а нужен PCM, float или G.711.',
  'Convert it to 16-bit PCM.': 'Преобразуйте его в 16-битный PCM.',
  'Subtitle formats take one file ({} given).': 'Субтитры делаются для одного файла (указано: {}).',
  'Run it once per file: voiceinput transcribe FILE --format {} > FILE.{}':
    'Запустите для каждого файла отдельно: voiceinput transcribe ФАЙЛ --format {} > ФАЙЛ.{}',
  'Standard input can be read only once; "-" was given several times.':
    'Стандартный ввод можно прочитать только один раз, а «-» указано несколько раз.',
  '"{}" is an address; expected files.': '«{}» — это адрес, а нужны файлы.',
  'Give the path instead.': 'Укажите путь к файлу.',
  'Download it first, or pass it on: curl -L ADDRESS | voiceinput transcribe -':
    'Сначала загрузите файл или передайте его дальше: curl -L АДРЕС | voiceinput transcribe -',

  'No microphone can be listed ({}).': 'Не удаётся получить список микрофонов ({}).',
  'The microphone delivered nothing but silence.': 'От микрофона приходит только тишина.',
  'Unknown microphone: {}. Available: {}.': 'Неизвестный микрофон: {}. Есть такие: {}.',
  '{} cannot record here ({}).': '{} не может здесь записывать ({}).',
  '{} is not there ({}).': 'Нет микрофона: {} ({}).',
  '{} cannot be opened; something else may hold it ({}).':
    '{} не открывается: возможно, его занимает другая программа ({}).',
  '{} went away ({}).': '{} отключился ({}).',
  'the standard microphone': 'микрофон по умолчанию',
  'The default microphone': 'Микрофон по умолчанию',
  '{} Recording goes on with {}.': '{} Запись продолжает {}.',
  'Look through the text: some words may be missing.': 'Просмотрите текст: часть слов могла пропасть.',
  'The microphone {}': 'Микрофон {}',
};
