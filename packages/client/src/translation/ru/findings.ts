// What is found out about a machine, in Russian.

import type { Translations } from '../translator.ts';

export const findings: Translations = {
  'Node {} on {}-{}, {} cores, {} GB of memory': 'Node {} на {}-{}, ядер: {}, памяти: {} ГБ',
  'Install Node 22 or 24 from https://nodejs.org': 'Установите Node 22 или 24: https://nodejs.org',
  '{}, {} GB free': '{}, свободно {} ГБ',
  'Free some space, or set VOICEINPUT_CACHE_DIR to a folder on another disk':
    'Освободите место или укажите в VOICEINPUT_CACHE_DIR папку на другом диске',
  'Set VOICEINPUT_CACHE_DIR to a writable folder': 'Укажите в VOICEINPUT_CACHE_DIR папку, доступную для записи',
  '{}; profile {}, hybrid {}': '{}; профиль {}, уточнение {}',
  X11: 'X11',
  'built in': 'встроенные',
  on: 'включено',
  off: 'выключено',
  '{}; {}; {}': '{}; {}; {}',
  'Draft: {} ({})': 'Черновик: {} ({})',
  'Better text: {} ({})': 'Уточнённый текст: {} ({})',
  none: 'нет',
  'no model that is known hears {} on this machine': 'ни одна известная модель не понимает {} на этом компьютере',
  'hears {}, but is not here': 'понимает {}, но ещё не загружена',
  'hears {} and is here; {} would be better': 'понимает {} и уже есть; {} была бы лучше',
  'the best for {}': 'лучшая для {}',
  'the best for {}; {} would be too slow or too large for this machine':
    'лучшая для {}; {} слишком медленная или слишком большая для этого компьютера',
  '{} is not fetched yet': '{} ещё не загружена',
  '{} is damaged': 'файлы {} повреждены',
  'opens in {} ms': 'запускается за {} мс',
  '{}: {} is listed': '{}: {}',
  'no device': 'ни одного микрофона не найдено',
  'none of {}': 'нет ни одного из: {}',
  'not installed; WAV, FLAC, MP3, Ogg and M4A work without it':
    'не установлен; WAV, FLAC, MP3, Ogg и M4A читаются и без него',
  'Install ffmpeg from https://ffmpeg.org': 'Установите ffmpeg: https://ffmpeg.org',
  'X11, by pasting alone, as on macOS and Windows': 'X11, только вставкой, как в macOS и Windows',
  '{}, by pasting; not verified by CI': '{}, вставкой; автоматически не проверяется',
  'none is set; voiceinput toggle works': 'не задана; работает voiceinput toggle',
  'For other windows the texts are in the history: voiceinput history':
    'Для других окон тексты лежат в истории: voiceinput history',
  'a compositor that is not known': 'неизвестный композитор',
  'Wayland ({}) with XWayland': 'Wayland ({}) с XWayland',
  '{}: {} are written to and mended in place, {}': '{}: текст попадает в {} и исправляется на месте, {}',
  'text fields of GTK and Qt': 'поля ввода GTK и Qt',
  'text fields of GTK and Qt, and windows of X11': 'поля ввода GTK и Qt и окна X11',
  'no others': 'в другие не попадает',
  'others get the draft once, if they take text from an input method':
    'в другие — один раз черновик, если они принимают текст от метода ввода',
  '{}. {} [{}]': '{}. {} [{}]',
  '{} [{}]': '{} [{}]',
};
