// What a program can use to connection to the daemon, and the daemon to answer.

export { connect } from './client.ts';
export type { Client, ConnectOptions, TranscribeRequest } from './client.ts';
export { FrameGuard, MOST_FRAME_BYTES } from './connection/frames.ts';
export { openConnection } from './connection/connection.ts';
export type { Connection } from './connection/connection.ts';
export { readDaemonInfo, socketFile, writeDaemonInfo } from './discovery/daemon-info.ts';
export type { DaemonInfo } from './discovery/daemon-info.ts';
export { openFolder, runtimeFolder } from './discovery/folder.ts';
export { listenAtOwnSocket, removeSocket } from './discovery/own-socket.ts';
export { TRAY_NAME } from './discovery/tray-name.ts';
export { follow } from './follow/follow.ts';
export type { Following } from './follow/follow.ts';
export { openSettingsPage } from './follow/settings-page.ts';
export { findDaemon, startDaemon } from './follow/start.ts';
export type { StartOptions } from './follow/start.ts';
export { languageOfMessages } from './locale.ts';
export { errorIn, sentenceIn, sentences } from './translation/languages.ts';
export type { OtherLanguage, Told } from './translation/languages.ts';
export { counted } from './translation/ru/plural.ts';
export { createTranslator } from './translation/translator.ts';
export type { Translations, Translator } from './translation/translator.ts';
export type {
  Finding,
  HistoryEntry,
  Mode,
  Model,
  Recording,
  RemoteCommand,
  RemoteDevice,
  RemoteOutcome,
  Status,
} from './protocol/entities.ts';
export { methods, notifications, PROTOCOL_VERSION, sinkMethods } from './protocol/methods.ts';
export type { DaemonEvent, MethodName, Params, Result } from './protocol/methods.ts';
export { emptyView, viewAfter, viewOfStatus } from './view/view.ts';
export type { Phase, View } from './view/view.ts';
export type { SegmentWords } from './view/words.ts';
