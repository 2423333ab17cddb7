// How the tray is found by others.

/** On the session bus: there is one tray for each session of the desktop. */
export const TRAY_NAME = 'io.github.voiceinput.Tray';
