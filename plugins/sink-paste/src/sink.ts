// How a desktop is written to whose windows and fields cannot be asked.

import { fieldSink, plan } from '@voiceinput/field';
import type { FieldSink, FieldWrite, Line } from '@voiceinput/field';
import { pasteKeysOf, pasteStrokes } from '@voiceinput/desktop/portable';
import type { PortableDesktop } from '@voiceinput/desktop/portable';
import type { Outcome, Surroundings } from '@voiceinput/plugin-api';
import type { PasteOptions } from './options.ts';
import { send } from './send.ts';
import { openWatch } from './watch.ts';

export type PasteSink = FieldSink;

/** Whatever has the focus, as long as nothing came that may have moved it. */
interface Target {
  readonly moves: number;
}

const offered = (reason: string): Outcome => ({ kind: 'offered', reason });
const TOUCHED: Outcome = { kind: 'refused', reason: 'user-edited' };
const UNVERIFIED: Outcome = { kind: 'applied', proof: 'unverified' };

/** Owns `desktop`: `close` closes it. */
export function pasteSink(desktop: PortableDesktop, options: PasteOptions): PasteSink {
  const { tier = 'offered', keys = 'auto', trailingSpace = false, lineBreaks = false } = options;
  const paste = pasteStrokes[keys === 'auto' ? pasteKeysOf(process.platform) : keys];
  const watch = openWatch(desktop);

  async function put({ moves }: Target, wish: FieldWrite): Promise<Outcome> {
    const isNew = wish.rewrites.every(({ before, changes }) => before === '' || changes.length === 0);
    if (isNew && moves !== watch.moves) return offered(watch.lastMove);
    if (!isNew && tier !== 'watched') return offered('not-readable');
    if (!isNew && watch.line === undefined) return offered(watch.lineEndedBy ?? 'not-watched');
    const known = tier === 'watched' ? watch.line : undefined;
    const line = known ?? watch.newLine();
    const trouble = await send({ desktop, watch, line, paste, signal: wish.signal, plan: () => plan(line, wish) });
    if (trouble === undefined) return UNVERIFIED;
    return trouble.kind === 'touched' ? TOUCHED : offered(trouble.reason);
  }

  return fieldSink<Target>({
    pin: async () => ({ moves: watch.moves }),
    async beginning() {
      const surroundings = surroundingsIn(watch.line);
      return { ...(surroundings && { surroundings }) };
    },
    // Where the caret is nobody knows.
    pinCaret: async () => undefined,
    surroundings: async () => surroundingsIn(watch.line),
    put,
    takesLineBreaks: () => lineBreaks,
    wantsTrailingSpace: () => trailingSpace,
    isSecret: () => false,
    forget: () => undefined,
    async close() {
      watch.close();
      await desktop.close();
    },
  });
}

/** Of the field only what was written there is known, and only until its user goes elsewhere. */
function surroundingsIn(line: Line | undefined): Surroundings | undefined {
  const before = line?.textBefore;
  return before === undefined ? undefined : { before };
}
