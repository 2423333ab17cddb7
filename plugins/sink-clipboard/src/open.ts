// Which clipboard the texts go to: that of X11, or the system's own elsewhere.

export interface Clipboard {
  put(text: string): void | Promise<void>;
  close(): Promise<void>;
}

/** Rejects with `ERR_DISPLAY_MISSING` where there is none. */
export async function openClipboard(signal: AbortSignal): Promise<Clipboard> {
  if (process.platform === 'darwin' || process.platform === 'win32') {
    const { openTextClipboard } = await import('@voiceinput/desktop/portable');
    return openTextClipboard(signal);
  }
  const { openDisplay } = await import('@voiceinput/desktop');
  const display = await openDisplay(signal);
  return { put: (text) => display.clipboard.put(text), close: () => display.close() };
}
