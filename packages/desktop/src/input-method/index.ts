// What plugins can use of the desktop's input method.

export { openInputMethod } from './input-method.ts';
export type { InputMethod } from './input-method.ts';
export type {
  CaretAct,
  CaretChange,
  Changed,
  InputClient,
  ClientText,
  MendingWay,
  SelectionQuestion,
} from './messages.ts';
