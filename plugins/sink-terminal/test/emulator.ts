// What a user would see: a real terminal emulator behind a stream.

import { EventEmitter } from 'node:events';
import { Unicode11Addon } from '@xterm/addon-unicode11';
import headless from '@xterm/headless';
import { vi } from 'vitest';
import type { TerminalStream } from '@voiceinput/sink-terminal';

export interface Emulator {
  readonly stream: TerminalStream & { listenerCount(event: string): number };
  /** Everything that was written. */
  readonly written: string;
  /** The rows on the screen, without those that are empty at its end. */
  screen(): Promise<string[]>;
  /** Those, and all that scrolled away above them. */
  everything(): Promise<string[]>;
  /** The words, scrolled away or not, that look like this. */
  styled(look: 'dim' | 'bold'): Promise<string[]>;
  resize(columns: number, rows: number): Promise<void>;
}

/** Terminals disagree about the width of emoji: `unicode` says which tables this one has. */
export function emulator(columns: number, rows: number, unicode: '6' | '11' = '11'): Emulator {
  const terminal = new headless.Terminal({ cols: columns, rows, scrollback: 10_000, allowProposedApi: true });
  terminal.loadAddon(new Unicode11Addon());
  terminal.unicode.activeVersion = unicode;
  let written = '';
  let unread = '';
  const stream = Object.assign(new EventEmitter(), {
    isTTY: true,
    columns,
    rows,
    write(text: string, done: (error?: Error | null) => void) {
      written += text;
      unread += text;
      queueMicrotask(done);
    },
  });
  async function settled(): Promise<void> {
    const all = new Promise<void>((resolve) => terminal.write(unread, resolve));
    unread = '';
    // The emulator reads what is written in timers of its own.
    if (vi.isFakeTimers()) await vi.advanceTimersByTimeAsync(0);
    await all;
  }
  const buffer = () => terminal.buffer.active;

  async function linesFrom(first: number): Promise<string[]> {
    await settled();
    const lines: string[] = [];
    for (let row = first; row < buffer().length; row += 1)
      lines.push(buffer().getLine(row)?.translateToString(true) ?? '');
    return lines.slice(0, lines.findLastIndex((line) => line !== '') + 1);
  }

  return {
    stream,
    get written() {
      return written;
    },
    screen: async () => (await settled(), linesFrom(buffer().baseY)),
    everything: () => linesFrom(0),
    async styled(look) {
      await settled();
      let text = '';
      for (let row = 0; row < buffer().length; row += 1) {
        for (let column = 0; column < terminal.cols; column += 1) {
          const cell = buffer().getLine(row)?.getCell(column);
          const styled = look === 'dim' ? cell?.isDim() : cell?.isBold();
          text += styled ? cell?.getChars() || ' ' : '\n';
        }
      }
      return text.split(/\s+/u).filter((word) => word !== '');
    },
    async resize(newColumns, newRows) {
      await settled();
      terminal.resize(newColumns, newRows);
      Object.assign(stream, { columns: newColumns, rows: newRows });
      stream.emit('resize');
      await settled();
    },
  };
}
