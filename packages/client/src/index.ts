// Decides what a program can use to talk to the daemon, and the daemon to answer.

export { connect } from './client.ts';
export type { Client, ConnectOptions, TranscribeRequest } from './client.ts';
export { FrameGuard, MOST_FRAME_BYTES } from './connection/frames.ts';
export { talkOver } from './connection/talk.ts';
export type { Talk } from './connection/talk.ts';
export { readCard, writeCard } from './discovery/card.ts';
export type { Card } from './discovery/card.ts';
export { runtimeFolder } from './discovery/folder.ts';
export type { HistoryEntry, Mode, Recording, RemoteDevice, RemoteOutcome, Status } from './protocol/entities.ts';
export { methods, notifications, PROTOCOL_VERSION, sinkMethods } from './protocol/methods.ts';
export type { DaemonEvent, MethodName, Params, Result } from './protocol/methods.ts';
