// What is told of the desktop: keys, clipboard, windows; in Russian.

import type { Translations } from '../translator.ts';

export const desktop: Translations = {
  'Keys can be set on sway only, not on {}.': 'Назначить клавиши можно только в sway, не в {}.',
  'See where the lines belong: voiceinput keys': 'Куда вписать строки, покажет: voiceinput keys',
  'How this compositor binds keys to commands is not known.':
    'Как этот композитор назначает клавиши командам, неизвестно.',
  'Bind voiceinput toggle to a key in its configuration; voiceinput keys --for shows how others do it: {}.':
    'Назначьте клавишу команде voiceinput toggle в его настройках; как это делают другие, покажет voiceinput keys --for: {}.',
  'No clipboard is available.': 'Буфер обмена недоступен.',
  'The desktop cannot be used: {}': 'Рабочий стол недоступен: {}',
  'Bind commands to keys of the desktop.': 'Назначьте клавиши командам в настройках рабочего стола.',
  'On Wayland no program hears keys.': 'В Wayland программы не слышат клавиш.',
  'Neither text fields nor input methods can be reached on {}, only on Linux.':
    'На {} недоступны ни поля ввода, ни методы ввода; это есть только в Linux.',
  'The connection to the message bus was closed.': 'Соединение с шиной сообщений закрыто.',
  'No D-Bus session bus was found.': 'Сеансовая шина D-Bus не найдена.',
  '{} was not answered within {} s.': 'Нет ответа на {} за {} с.',
  '{} failed: {}.': 'Ошибка {}: {}.',
  'No X11 display was found (DISPLAY is not set).': 'Экран X11 не найден (DISPLAY не задан).',
  'The display {} cannot be reached: {}': 'Экран {} недоступен: {}',
  'The display cannot be used: {}': 'Экран недоступен: {}',
  'The input method failed: {}.': 'Ошибка метода ввода: {}.',
  'The input method has exited.': 'Метод ввода завершился.',
  'ibus is no longer running.': 'ibus больше не работает.',
  '"{}" is a button that windows need, or that no mouse has.':
    'Кнопка {} нужна окнам, или такой кнопки у мыши не бывает.',
  'Take Mouse8 or Mouse9, the buttons at the side, or Mouse2, the one in the middle.':
    'Подойдут боковые кнопки Mouse8 и Mouse9 или средняя – Mouse2.',
  '{} is a button of the mouse, which can be a key on X11 only.':
    '{} — кнопка мыши, а она может быть клавишей диктовки только в X11.',
  'Bind voiceinput toggle to it in the settings of the desktop, or take a key of the keyboard.':
    'Назначьте её на команду voiceinput toggle в настройках рабочего стола или выберите клавишу на клавиатуре.',
  'Unknown key "{}".': 'Неизвестная клавиша «{}».',
  '"{}" holds only modifiers: take one alone, or add another key.':
    'В «{}» одни модификаторы: возьмите один из них или добавьте другую клавишу.',
  '"{}" would be typed: it needs Control, Alt or Super.':
    'Клавиша «{}» печатает знак: к ней нужен Control, Alt или Super.',
  'Take one of {}, or a key with modifiers, such as Control+Alt+J.':
    'Возьмите одну из клавиш {} или сочетание, например Control+Alt+J.',
  'The keyboard has no key "{}".': 'На клавиатуре нет клавиши «{}».',
  'The keyboard layout has no spare key to borrow.': 'В раскладке клавиатуры нет свободной клавиши.',
  'Set dictation.key to a key that exists on it.': 'Укажите в dictation.key клавишу, которая на ней есть.',
  'That key has no name that could be set.': 'У этой клавиши нет имени, которое можно указать.',
  'Take another one, or a letter with modifiers, such as Control+Alt+J.':
    'Возьмите другую или букву с модификаторами, например Control+Alt+J.',
  'The display cannot shape windows.': 'Экран не умеет окна произвольной формы.',
  'The display has no transparent windows.': 'Экран не умеет прозрачных окон.',
  'The key "{}" is not known on this system.': 'Клавиша «{}» в этой системе неизвестна.',
  'Set dictation.key to a modifier such as Control_R, a function key, or a letter with modifiers.':
    'Укажите в dictation.key модификатор, например Control_R, функциональную клавишу или букву с модификаторами.',
  'The system does not allow listening to keys: {}': 'Система не разрешает следить за клавишами: {}',
  'The clipboard does not accept text.': 'Буфер обмена не принимает текст.',
  'This desktop does not let programs have a global key (no GlobalShortcuts portal).':
    'Этот рабочий стол не даёт программам общих клавиш (нет портала GlobalShortcuts).',
  '{} To see how: voiceinput keys': '{} Как это сделать, покажет: voiceinput keys',
  'Bind `voiceinput toggle` to a key in the keyboard settings of the desktop.':
    'Назначьте клавишу команде `voiceinput toggle` в настройках клавиатуры.',
  'bind `voiceinput toggle` to a key in the keyboard settings of the desktop.':
    'назначьте клавишу команде `voiceinput toggle` в настройках клавиатуры.',
  'The dictation key was declined in the dialog of the desktop.': 'Клавиша диктовки отклонена в окне рабочего стола.',
  'Restart the daemon to be asked again, or {}': 'Перезапустите VoiceInput, чтобы окно появилось снова, или {}',
  'The desktop did not grant a dictation key.': 'Рабочий стол не дал клавишу для диктовки.',
  'The desktop has not given a key for dictation yet.': 'Рабочий стол пока не дал клавишу для диктовки.',
  'Answer the desktop’s dialog. Without one: {}': 'Ответьте в окне рабочего стола. Если окна нет: {}',
  'No key is assigned to dictation in the settings of the desktop.':
    'В настройках рабочего стола диктовке не назначена клавиша.',
  'Assign a shortcut to VoiceInput in the settings of the desktop.':
    'Назначьте VoiceInput сочетание клавиш в настройках рабочего стола.',
  'The connection to the desktop portal, which reports keys, was lost.':
    'Потеряна связь с порталом рабочего стола, который сообщает о клавишах.',
  'The desktop revoked the dictation key.': 'Рабочий стол отобрал клавишу диктовки.',
  'Restart the daemon to ask for it again: voiceinput restart':
    'Перезапустите VoiceInput, чтобы попросить её снова: voiceinput restart',
  'Another program uses the key {} too: dictation works, but windows receive the key as well.':
    'Клавишу {} использует и другая программа: диктовка работает, но нажатия получают и окна.',
  'Take {} from the shortcuts of the desktop or that program, or set dictation.key to another key.':
    'Освободите {} в сочетаниях рабочего стола или той программы либо укажите в dictation.key другую клавишу.',
  'This session has no accessibility bus, through which text fields are written to on Wayland.':
    'В этом сеансе нет шины специальных возможностей, а в Wayland текст попадает в поля ввода через неё.',
  'Install it and log in again: sudo apt-get install at-spi2-core':
    'Установите её и войдите в систему заново: sudo apt-get install at-spi2-core',
  '{} could not copy (exit code {}).': '{} не удалось скопировать (код выхода {}).',
  'Find your dictations with: voiceinput history': 'Ваши диктовки: voiceinput history',
  'On Wayland copying needs the program {}.': 'В Wayland для копирования нужна программа {}.',
  'Install it: sudo apt-get install wl-clipboard': 'Установите её: sudo apt-get install wl-clipboard',
  'sway refused "{}": {}.': 'sway отклонил «{}»: {}.',
  'sway cannot be reached: it gave no answer.': 'sway недоступен: он не отвечает.',
  "No key is bound to dictation in sway's configuration.": 'В конфигурации sway для диктовки не назначена клавиша.',
  'Bind them for good: voiceinput keys >> ~/.config/sway/config; swaymsg reload. Until sway is reloaded: voiceinput keys --set.':
    'Назначить насовсем: voiceinput keys >> ~/.config/sway/config; swaymsg reload. До перезагрузки sway: voiceinput keys --set.',
  'sway has gone, and its keys with it.': 'sway завершился, и его клавиш больше нет.',
  'Start the daemon under sway.': 'Запустите службу внутри sway.',
  'Run this in a terminal under sway.': 'Запустите это в терминале внутри sway.',
  'The Wayland compositor cannot be reached.': 'Композитор Wayland недоступен.',
  'No Wayland compositor was found (WAYLAND_DISPLAY is not set).':
    'Композитор Wayland не найден (WAYLAND_DISPLAY не задан).',
  'The tray is already running in this desktop session.': 'Значок в этом сеансе уже запущен.',
  'Look for its icon in the panel.': 'Поищите его на панели.',
  '{} could not be opened: {}.': '{} не открывается: {}.',
  'Open it in an editor of your choice.': 'Откройте файл в любом редакторе.',
  'No panel here shows status icons; the icon appears when one does.':
    'Здесь нет панели, показывающей значки; значок появится вместе с ней.',
  'GNOME needs the extension "AppIndicator and KStatusNotifierItem Support".':
    'В GNOME нужно расширение «AppIndicator and KStatusNotifierItem Support».',
  'The tray needs the session bus of a desktop: {}': 'Значку нужна сеансовая шина рабочего стола: {}',
  'Start the tray inside a graphical session.': 'Запустите значок в графическом сеансе.',
  'The tray does not run on {}, only on Linux, macOS and Windows.':
    'На {} значок не работает, только в Linux, macOS и Windows.',
  'Use the command line instead: voiceinput toggle': 'Пользуйтесь командной строкой: voiceinput toggle',
  'The icon cannot be shown: {}': 'Значок не удаётся показать: {}',
  'Install VoiceInput again: its package systray2 is needed for the icon.':
    'Установите VoiceInput заново: для значка нужен его пакет systray2.',
  'The program that shows the icon is gone: {}.': 'Программа, показывающая значок, завершилась: {}.',
  "The tray's file {} cannot be used: {}": 'Файл значка {} непригоден: {}',
  'Nothing was undone: {}.': 'Ничего не отменено: {}.',
  'The text was not inserted: {}.': 'Текст не вставлен: {}.',
  'Try Ctrl+Z in the application, or change the text by hand.':
    'Попробуйте Ctrl+Z в самой программе или исправьте текст вручную.',
  'Change the text by hand, or find the dictation with: voiceinput history':
    'Исправьте текст вручную или найдите диктовку: voiceinput history',
};
