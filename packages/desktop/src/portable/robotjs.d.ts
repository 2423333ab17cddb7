// What is known of the parts of robotjs that its own types leave out (src/robotjs.cc).

import '@jitsi/robotjs';

declare module '@jitsi/robotjs' {
  /** On Linux only. */
  export function setXDisplayName(name: string): void;
}
