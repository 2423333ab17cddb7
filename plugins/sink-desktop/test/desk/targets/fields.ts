// Programs of our own around one field of a toolkit: they write down what it holds and what is selected.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Tier } from '@voiceinput/sink-desktop';
import { Key } from '@voiceinput/rig/desk';
import type { Reading } from '../round.ts';
import { clear, clickBehind, everything, settled, utf16 } from './target.ts';
import type { Target } from './target.ts';

const qtProgram = `
import sys, json, os
from PyQt6 import QtWidgets, QtCore
path, kind = sys.argv[1], sys.argv[2]
app = QtWidgets.QApplication(sys.argv)
app.setApplicationName('fieldsofqt')
window = QtWidgets.QMainWindow()
window.resize(600, 300)
field = QtWidgets.QPlainTextEdit() if kind == 'text' else QtWidgets.QLineEdit()
window.setCentralWidget(field)
def tell():
    if kind == 'text':
        cursor = field.textCursor()
        told = dict(text=field.toPlainText(), start=cursor.selectionStart(), end=cursor.selectionEnd())
    else:
        text = field.text()
        start = field.selectionStart() if field.hasSelectedText() else field.cursorPosition()
        end = field.selectionEnd() if field.hasSelectedText() else start
        told = dict(text=text, start=start, end=end)
    with open(path + '.new', 'w', encoding='utf-8') as file: json.dump(told, file)
    os.rename(path + '.new', path)
timer = QtCore.QTimer(); timer.timeout.connect(tell); timer.start(50)
window.show(); field.setFocus()
sys.exit(app.exec())
`;

const swingProgram = `
import java.nio.file.*;
import javax.swing.*;
public class FieldOfSwing {
  public static void main(String[] args) {
    SwingUtilities.invokeLater(() -> {
      var frame = new JFrame("field");
      var area = new JTextArea(10, 40);
      frame.add(area);
      frame.setDefaultCloseOperation(JFrame.EXIT_ON_CLOSE);
      frame.pack();
      frame.setVisible(true);
      area.requestFocusInWindow();
      new Timer(50, event -> {
        try {
          var fresh = Path.of(args[0] + ".new");
          Files.writeString(fresh, area.getSelectionStart() + " " + area.getSelectionEnd() + "\\n" + area.getText());
          Files.move(fresh, Path.of(args[0]), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (java.io.IOException error) { throw new java.io.UncheckedIOException(error); }
      }).start();
    });
  }
}
`;

interface FieldProgram {
  readonly name: string;
  readonly toolkit: string;
  readonly tier: Tier;
  readonly needs: string;
  readonly windowClass: string;
  readonly source: { readonly name: string; readonly text: string };
  /** Absent: Control+Home. */
  readonly toStart?: readonly [key: number];
  command(source: string, told: string): readonly string[];
  readingOf(told: string): Reading;
}

function fieldOfProgram(known: FieldProgram): Target {
  const { name, toolkit, tier, needs, windowClass, source } = known;
  return {
    name,
    toolkit,
    tier,
    needs,
    isInCi: false,
    ...(known.toStart && { toStart: known.toStart }),
    moods: everything.filter((mood) => mood !== 'click'),
    length: utf16,
    async open({ desk }) {
      const [path, told] = [join(desk.folder, source.name), join(desk.folder, `${windowClass}.told`)];
      writeFileSync(path, source.text);
      const program = await desk.open(known.command(path, told), windowClass);
      while (!existsSync(told)) await pause(50);
      return {
        program,
        clear: () => clear(desk),
        clickBehind: () => clickBehind(desk, program),
        read: async () => known.readingOf(await settled(() => readFileSync(told, 'utf8'))),
      };
    },
  };
}

function qt(kind: 'text' | 'line'): Target {
  return fieldOfProgram({
    name: kind === 'text' ? 'Qt 6 QPlainTextEdit' : 'Qt 6 QLineEdit',
    toolkit: `Qt 6 ${kind}`,
    tier: 'verified',
    needs: '/usr/bin/python3',
    windowClass: 'fieldsofqt',
    // A line knows nothing of Control+Home.
    ...(kind === 'line' && { toStart: [Key.home] }),
    source: { name: 'fieldsofqt', text: qtProgram },
    command: (source, told) => ['/usr/bin/python3', source, told, kind],
    readingOf(told) {
      const { text, start, end } = JSON.parse(told) as { text: string; start: number; end: number };
      return { text, selection: { start, end } };
    },
  });
}

const swing = fieldOfProgram({
  name: 'Swing JTextArea',
  toolkit: 'Swing',
  tier: 'offered',
  needs: 'java',
  // It is compiled as it starts, by the program that its window is named after.
  windowClass: 'com-sun-tools-javac-launcher-Main',
  source: { name: 'FieldOfSwing.java', text: swingProgram },
  command: (source, told) => ['java', source, told],
  readingOf(told) {
    const [places = '', ...lines] = told.split('\n');
    const [start = 0, end = 0] = places.split(' ').map(Number);
    return { text: lines.join('\n'), selection: { start, end } };
  },
});

export const fieldPrograms: readonly Target[] = [qt('text'), qt('line'), swing];
