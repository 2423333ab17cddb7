// Where keys, clipboard and windows are not those of X11 or Wayland.

/** Whether texts can only be pasted here, and keys only be heard and sent one by one. */
export const isPortable = process.platform === 'darwin' || process.platform === 'win32';
