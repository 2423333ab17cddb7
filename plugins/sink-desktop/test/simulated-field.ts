// How a simulated field is reached through accessibility: it answers calls and tells its changes on a bus of its own.

import { codePoints } from '@voiceinput/field';
import type { Unit } from '@voiceinput/field';
import { SimulatedField as Simulated } from '@voiceinput/testkit';
import type { SimulatedFieldOptions } from '@voiceinput/testkit';
import type { Accessible, Call, Connection } from '../src/accessibility/connection.ts';
import { Field } from '../src/accessibility/field.ts';

const OBJECT: Accessible = { owner: ':1.1', path: '/field' };

/** Runs before each writing call: the user, who is faster. */
interface Reaching {
  readonly unit: Unit;
  beforeWriting(): void;
  /** Runs behind each answer that tells the caret, before anybody could do anything with it. */
  afterCaret?(): void;
  /** Where the caret is after it was written to. Absent: it stays with the text around it. */
  readonly caret?: CaretHabit | undefined;
}

/** `left`: before what is inserted right there, as in Scintilla. `end`: behind all text, as in Qt's line edit. */
export type CaretHabit = 'left' | 'end';

/** `simulated` as it is seen on the bus: each change is told after it was done and before the call is answered. */
export function reach(simulated: Simulated, { unit, beforeWriting, afterCaret, caret }: Reaching): Field {
  const connection: Connection = {
    async call(_object, call, waiting) {
      const body = answer(simulated, call, { beforeWriting, caret });
      waiting?.answered?.(body);
      return body;
    },
    async property(_object, _interfaceName, name, waiting) {
      const value = name === 'CaretOffset' ? simulated.caret : simulated.length;
      waiting?.answered?.(value);
      if (name === 'CaretOffset') afterCaret?.();
      return value;
    },
    together: (work) => work(),
    listen: async () => undefined,
    alive: true,
    close: () => undefined,
  };
  const field = new Field(connection, OBJECT, {
    toolkit: { unit, insertLength: (text) => Buffer.byteLength(text), tellsDeleted: true, tellsLines: false },
    traits: { appName: 'simulated', isPassword: false, isSingleLine: caret === 'end' },
  });
  simulated.told = (told) => {
    field.hear(told);
    // Nobody types at this speed; the tests need not wait for a gap between keys.
    field.changedAtMs = 0;
  };
  return field;
}

function answer(
  simulated: Simulated,
  { member, body = [] }: Call,
  { beforeWriting, caret }: Pick<Reaching, 'beforeWriting' | 'caret'>,
): readonly unknown[] {
  const [first, second, third] = body;
  const at = Number(first);
  switch (member) {
    case 'GetText':
      return [simulated.textOf(at, Number(second) === -1 ? simulated.length : Number(second))];
    case 'GetSelection':
      return [Math.min(simulated.anchor, simulated.caret), Math.max(simulated.anchor, simulated.caret)];
    case 'SetCaretOffset':
      if (at <= simulated.length) simulated.userSelects(at, at);
      return [at <= simulated.length];
    case 'SetSelection':
      simulated.userSelects(Number(second), Number(third));
      return [true];
    case 'AddSelection':
      return [false];
    default: {
      beforeWriting();
      const before = simulated.caret;
      if (member === 'InsertText') simulated.insert(at, String(second));
      else simulated.delete(at, Number(second) - at);
      if (caret === 'end') simulated.caret = simulated.length;
      if (caret === 'left' && before === at) simulated.caret = at;
      return [true];
    }
  }
}

/** A field that counts code points, as GTK does. */
export class SimulatedField extends Simulated {
  /** Runs before each writing call: the user, who is faster. */
  beforeWriting: () => void = () => undefined;
  /** Runs behind each answer that tells the caret: the user's next key. */
  afterCaret: () => void = () => undefined;
  readonly field: Field;

  constructor({ caret, ...options }: SimulatedFieldOptions & Pick<Reaching, 'caret'> = {}) {
    super(options);
    this.field = reach(this, {
      unit: codePoints,
      ...(caret && { caret }),
      beforeWriting: () => this.beforeWriting(),
      afterCaret: () => this.afterCaret(),
    });
  }
}
