// Editors whose text is read from the file that they save, and whose caret from a character that is typed there.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Tier } from '@voiceinput/sink-desktop';
import { Key } from '@voiceinput/rig/desk';
import type { Desk } from '@voiceinput/rig/desk';
import type { Mood } from '../round.ts';
import { savedReader } from './saved.ts';
import { clear, clickBehind, codePoints, everything, keyed } from './target.ts';
import type { Target } from './target.ts';

interface Editor {
  readonly name: string;
  readonly toolkit: string;
  readonly tier: Tier;
  readonly windowClass: string;
  /** With the path of the file that it shows. */
  command(path: string, desk: Desk): readonly string[];
  /** What is in the file at the beginning. Absent: nothing. */
  readonly template?: string;
  /** What text the saved file holds. Absent: all of it. */
  textOf?(saved: string): string;
  readonly moods?: readonly Mood[];
  /** Absent: Control+S. */
  save?(desk: Desk): Promise<void>;
  /** Absent: Control+A and Backspace. */
  clear?(desk: Desk): Promise<void>;
  /** What is to be done once it is there. */
  prepare?(desk: Desk): Promise<void>;
}

/** The mark would replace a selection. */
const withoutSelecting = everything.filter((mood) => mood !== 'select' && mood !== 'click');

function editor(known: Editor): Target {
  const { name, toolkit, tier, windowClass, moods = withoutSelecting, textOf = String } = known;
  return {
    name,
    toolkit,
    tier,
    moods,
    isInCi: false,
    needs: known.command('', { folder: '' } as Desk)[0]!,
    length: codePoints,
    async open({ desk }) {
      const path = join(
        desk.folder,
        `${windowClass.replaceAll(/\W/g, '')}.${known.template === undefined ? 'txt' : 'fodt'}`,
      );
      writeFileSync(path, known.template ?? '');
      const program = await desk.open(known.command(path, desk), windowClass);
      await pause(START_MS);
      await program.activate();
      await known.prepare?.(desk);
      return {
        program,
        clear: () => (known.clear ?? clear)(desk),
        clickBehind: () => clickBehind(desk, program),
        read: savedReader({ user: desk.user, path, textOf, ...(known.save && { save: () => known.save!(desk) }) }),
      };
    },
  };
}

/** A window that is there may still be loading. */
const START_MS = 1_500;

const FLAT_DOCUMENT = `<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text><text:p></text:p></office:text></office:body></office:document>`;

/** The paragraphs of a flat OpenDocument text, without what their markup says. */
function paragraphsOf(saved: string): string {
  const body = /<office:text[^]*<\/office:text>/u.exec(saved)?.[0] ?? '';
  return [...body.matchAll(/<text:p[^>]*?(?:\/>|>(?<inside>[^]*?)<\/text:p>)/gu)]
    .map(({ groups }) =>
      (groups?.['inside'] ?? '')
        .replaceAll(/<text:s(?: text:c="(\d+)")?\/>/gu, (_, count: string | undefined) =>
          ' '.repeat(Number(count ?? 1)),
        )
        .replaceAll(/<[^>]*>/gu, '')
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&amp;', '&'),
    )
    .join('\n');
}

const ESCAPE = 0xff1b;

export const editors: readonly Target[] = [
  editor({
    name: 'gedit',
    toolkit: 'GTK 3 text',
    tier: 'verified',
    windowClass: 'gedit',
    command: (path) => ['gedit', '-s', path],
  }),
  editor({
    name: 'Geany',
    toolkit: 'Scintilla on GTK 3',
    tier: 'verified',
    windowClass: 'geany',
    command: (path, { folder }) => ['geany', '-i', '-m', '-s', '-c', join(folder, 'geany'), path],
  }),
  editor({
    name: 'LibreOffice Writer',
    toolkit: 'VCL on GTK 3',
    tier: 'verified',
    windowClass: 'libreoffice',
    template: FLAT_DOCUMENT,
    command: (path, { folder }) => [
      'soffice',
      `-env:UserInstallation=file://${join(folder, 'office')}`,
      '--norestore',
      '--nologo',
      '--nofirststartwizard',
      '--writer',
      path,
    ],
    textOf: paragraphsOf,
    prepare: () => pause(6_000),
    async clear(desk) {
      // It loses what is typed while it saves or clears.
      await pause(1_500);
      await clear(desk);
      await pause(1_000);
    },
  }),
  editor({
    name: 'KWrite',
    toolkit: 'KDE text editor',
    tier: 'offered',
    windowClass: 'kwrite',
    command: (path) => ['kwrite', path],
  }),
  editor({
    name: 'TeXstudio',
    toolkit: 'QCodeEdit on Qt 5',
    tier: 'offered',
    windowClass: 'texstudio',
    command: (path) => ['texstudio', '--start-always', '--no-session', path],
    prepare: () => pause(3_000),
  }),
  editor({
    name: 'gvim',
    toolkit: 'Vim on GTK 3',
    tier: 'offered',
    windowClass: 'gvim',
    moods: keyed,
    command: (path) => ['gvim', '-f', '-i', 'NONE', '-n', '+startinsert', path],
    async save({ user }) {
      await user.key(ESCAPE);
      await user.type(':w');
      await user.key(Key.enter);
    },
    async clear({ user }) {
      await user.key(ESCAPE);
      await user.type(':%d');
      await user.key(Key.enter);
      await user.type('i');
    },
  }),
  editor({
    name: 'Emacs',
    toolkit: 'Emacs on GTK 3',
    tier: 'offered',
    windowClass: 'emacs',
    moods: keyed,
    command: (path) => [
      'emacs',
      '-Q',
      '--eval',
      '(setq make-backup-files nil auto-save-default nil create-lockfiles nil)',
      path,
    ],
    async save({ user }) {
      await user.key(Key.x, Key.control);
      await user.key(0x73, Key.control);
    },
    async clear({ user }) {
      await user.key(Key.x, Key.control);
      await user.key(0x68);
      await user.key(Key.backspace);
    },
  }),
];
