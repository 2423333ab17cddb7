// What a program can ask before it loads the protocol: whether there is anybody to talk to.

export { runtimeFolder } from './folder.ts';
export { wasStarted } from './started.ts';
