// Why a text does not stand where it was meant to go, and what can be done in a window; in Russian.

import type { Translations } from '../translator.ts';

export const reasons: Translations = {
  'too many dictations came after it': 'после неё было слишком много диктовок',
  'the program failed': 'ошибка программы',
  'the application stayed busy': 'программа всё время занята',
  'the text changed in the meantime': 'текст за это время изменился',
  'the clipboard could not be saved first': 'не удалось сначала сохранить буфер обмена',
  'the dictation was over': 'диктовка уже закончилась',
  'an input method was used': 'использовался метод ввода',
  'the input method had to be stopped': 'метод ввода пришлось остановить',
  'the typed keys were not seen': 'набранные клавиши не замечены',
  'another program typed': 'печатала другая программа',
  'the application did not answer': 'программа не ответила',
  'on Wayland this window takes text from no other program': 'в Wayland это окно не принимает текст от других программ',
  'the text field does not show what was typed': 'поле ввода не показывает набранное',
  'the text field is read-only': 'поле доступно только для чтения',
  'the application did not accept the paste': 'программа не приняла вставку',
  'the text in the field has changed': 'текст в поле изменился',
  'a key was held down': 'была нажата клавиша',
  'the typed keys did not arrive': 'набранные клавиши не дошли',
  'a key such as Ctrl or Shift was held': 'была нажата клавиша вроде Ctrl или Shift',
  'no dictation has started': 'диктовка не начиналась',
  'it has scrolled away': 'текст уже прокручен',
  'a newer version was already there': 'там уже стоял более новый текст',
  'the cursor was moved': 'курсор передвинут',
  'the mouse was clicked': 'был щелчок мышью',
  'text in front of it was deleted': 'текст перед ним удалён',
  'the text there differs': 'там стоит другой текст',
  'Enter was pressed': 'был нажат Enter',
  'the text field is gone': 'поля ввода больше нет',
  'another window or field has the focus': 'фокус в другом окне или поле',
  'no window has the focus': 'ни у одного окна нет фокуса',
  'whether the draft is there is not known': 'неизвестно, стоит ли там черновик',
  'the text field cannot be read; Ctrl+Z in the application may still work':
    'поле ввода не читается; возможно, поможет Ctrl+Z в самой программе',
  'the keyboard layout lacks some of its characters': 'в раскладке клавиатуры нет некоторых его знаков',
  'changes to the text field could not be observed': 'не удалось проследить за изменениями в поле ввода',
  'right-to-left text cannot be edited with keys': 'текст справа налево нельзя править клавишами',
  'it is a password field': 'это поле пароля',
  'a key combination was used': 'было нажато сочетание клавиш',
  'the cursor is too far from it': 'курсор слишком далеко от него',
  'something was typed into it in the meantime': 'в него за это время что-то впечатали',
  'its position is lost': 'неизвестно, где он теперь',
  'the refined text is inserted instead': 'вместо него вставлен уточнённый текст',
  'you have edited it': 'вы его изменили',
  'there is no text': 'текста нет',
  'it can no longer be changed': 'изменить его уже нельзя',
  'it was already undone': 'он уже отменён',

  'It is a password field: what is dictated goes in and is never replaced.':
    'Это поле пароля: надиктованное попадает в него и больше не заменяется.',
  'Your settings say so ("tier": "{}").': 'Так сказано в ваших настройках ("tier": "{}").',
  'Accessibility reads the field and writes to it.': 'Поле читается и меняется через специальные возможности.',
  'Accessibility could write to it, but your settings say "tier": "{}".':
    'Поле можно менять через специальные возможности, но в ваших настройках сказано "tier": "{}".',
  'ibus runs, and the program tells the text around its caret.':
    'ibus работает, и программа сообщает текст вокруг курсора.',
  'ibus runs; the program does not tell its text, so what is replaced is selected and compared first.':
    'ibus работает; программа не сообщает свой текст, поэтому заменяемое сначала выделяется и сверяется.',
  'The program tells the text around its caret, and takes text from an input method, as which we replace what we put there.':
    'Программа сообщает текст вокруг курсора и принимает текст от метода ввода; так заменяется то, что было вставлено.',
  'Accessibility cannot write to it. Text goes in once, as that of an input method, and stays.':
    'Через специальные возможности сюда не написать. Текст вставляется один раз, методом ввода, и остаётся.',
  'Accessibility cannot write to it, and ibus does not run.':
    'Через специальные возможности сюда не написать, а ibus не работает.',
  'Accessibility cannot write to it, and it takes no text from ibus, or you write with another input method.':
    'Через специальные возможности сюда не написать, а текст от ibus программа не принимает, или вы пишете другим методом ввода.',
  'Accessibility cannot write to it, and on Wayland it takes text from no other program.':
    'Через специальные возможности сюда не написать, а в Wayland окно не принимает текст от других программ.',
  'Accessibility cannot write to it, and with ibus nobody tried programs of its kind.':
    'Через специальные возможности сюда не написать, а с ibus такие программы никто не пробовал.',
  'It is a terminal: nothing that stands there is replaced.': 'Это терминал: то, что в нём стоит, не заменяется.',
  'Pages change what is typed by themselves: "watched" is not for them.':
    'Веб-страницы сами меняют набранное: "watched" не для них.',
  'Your settings say how texts are inserted ("insert": "{}").':
    'Как вставлять тексты, сказано в ваших настройках ("insert": "{}").',
  'Nothing here can read what stands in it.': 'Прочитать, что в нём стоит, здесь нечем.',
};
