// How values are called: those that can be chosen, and what the default is.

import { language, words } from './words.ts';

const labels: Readonly<Record<string, readonly [en: string, ru: string]>> = {
  hold: ['held while speaking', 'держать, пока говорите'],
  toggle: ['press to start, press to stop', 'нажать для начала и для конца'],
  'hands-free': ['press to start, silence stops', 'нажать для начала, конец – по тишине'],
  auto: ['automatic', 'автоматически'],
  accessibility: ['through accessibility', 'через специальные возможности'],
  paste: ['by pasting', 'вставкой'],
  type: ['by typing', 'набором'],
  verified: ['where it can be verified', 'где это можно проверить'],
  'input-method': ['through the input method', 'через метод ввода'],
  watched: ['while nothing else was typed', 'пока не набрано другое'],
  offered: ['only offered', 'только предлагать'],
  draft: ['draft', 'черновик'],
  refined: ['better text', 'исправленный текст'],
  both: ['both', 'оба'],
  'source-microphone': ['the microphone', 'микрофон'],
  'source-file': ['an audio file', 'звуковой файл'],
  'sink-desktop': ['the field with the focus', 'поле в фокусе'],
  'sink-paste': ['the field with the focus, pasted', 'поле в фокусе, вставкой'],
  'sink-clipboard': ['the clipboard', 'буфер обмена'],
  'sink-exec': ['a program', 'программа'],
  'sink-terminal': ['the terminal', 'терминал'],
  'sink-json': ['JSON lines', 'строки JSON'],
  'sink-subtitles': ['subtitles', 'субтитры'],
  'sink-nowhere': ['nowhere but the history', 'только в историю'],
};

/** A value that can be chosen. */
export function labelOf(value: unknown): string {
  if (typeof value === 'boolean') return value ? words.on : words.off;
  const known = labels[String(value)];
  return known === undefined ? String(value) : known[language === 'ru' ? 1 : 0];
}

/** A value as a default is told. */
export function shownValue(value: unknown): string {
  if (value === '' || (Array.isArray(value) && value.length === 0)) return words.none;
  if (typeof value === 'object' && value !== null)
    return Array.isArray(value)
      ? value.join(', ')
      : Object.keys(value).length === 0
        ? words.none
        : JSON.stringify(value);
  return labelOf(value);
}
