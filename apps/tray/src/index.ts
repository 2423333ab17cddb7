// What other programs can use of the tray.

export { runTray } from './tray.ts';
export type { TrayOptions } from './tray.ts';
export { isLanguage } from './messages/messages.ts';
export type { Language } from './messages/messages.ts';
