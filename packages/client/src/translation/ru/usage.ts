// What the library that reads command lines says of them, in Russian.

import type { Translations } from '../translator.ts';

export const usage: Translations = {
  "unknown command '{}'": 'неизвестная команда «{}»',
  "unknown command '{}'\n(Did you mean {}?)": 'неизвестная команда «{}» (может быть, {}?)',
  "unknown command '{}'\n(Did you mean one of {}?)": 'неизвестная команда «{}» (может быть, одна из этих: {}?)',
  "unknown option '{}'": 'неизвестный параметр «{}»',
  "unknown option '{}'\n(Did you mean {}?)": 'неизвестный параметр «{}» (может быть, {}?)',
  "unknown option '{}'\n(Did you mean one of {}?)": 'неизвестный параметр «{}» (может быть, один из этих: {}?)',
  'Name one of these commands.': 'Укажите одну из этих команд.',
  "missing required argument '{}'": 'не хватает аргумента «{}»',
  "option '{}' argument missing": 'у параметра «{}» не хватает значения',
  "required option '{}' not specified": 'не указан обязательный параметр «{}»',
  "option '{}' cannot be used with option '{}'": 'параметр «{}» нельзя указать вместе с «{}»',
  "option '{}' argument '{}' is invalid. {}": 'параметр «{}»: значение «{}» не подходит. {}',
  "there is no {} '{}'. {}": 'не подходит «{2}» ({1}). {3}',
  'Allowed choices are {}.': 'Варианты: {}.',
  'Expected a whole number from 1 to 999.': 'Нужно целое число от 1 до 999.',
  'Expected a number from 0 to 1.': 'Нужно число от 0 до 1.',
  'Expected a port from 0 to 65535.': 'Нужен порт от 0 до 65535.',
  'too many arguments. Expected {} argument but got {}.': 'слишком много аргументов: нужно {}, указано {}.',
  'too many arguments. Expected {} arguments but got {}.': 'слишком много аргументов: нужно {}, указано {}.',
  "too many arguments for '{}'. Expected {} argument but got {}.":
    'слишком много аргументов у «{}»: нужно {}, указано {}.',
  "too many arguments for '{}'. Expected {} arguments but got {}.":
    'слишком много аргументов у «{}»: нужно {}, указано {}.',
};
