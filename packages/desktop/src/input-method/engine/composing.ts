// Dead keys and Compose: the user's own engine composes, and what it makes is committed by us.

import type { Ibus } from './ibus.ts';
import type { KeyEvent } from './keysyms.ts';

/** The program behind all plain keyboard layouts. */
const SIMPLE = 'org.freedesktop.IBus.Simple';
const ENGINE = 'org.freedesktop.IBus.Engine';
/** Preedit, and whether it has the focus. */
const CAPABILITIES = 0x1 | 0x8;

export interface Composer {
  /** True: the key was taken; a text may follow, or has been told. */
  compose(event: KeyEvent): Promise<boolean>;
}

/** Composes as the plain layout `engine` does. Rejects when ibus has no such engine running. */
export async function openComposer(ibus: Ibus, engine: string, composed: (text: string) => void): Promise<Composer> {
  const [path] = await ibus.call(SIMPLE, {
    path: '/org/freedesktop/IBus/Factory',
    interface: 'org.freedesktop.IBus.Factory',
    member: 'CreateEngine',
    signature: 's',
    body: [engine],
  });
  if (typeof path !== 'string') throw new Error(`ibus made no engine ${engine}.`);

  const ask = (member: string, signature = '', body: readonly unknown[] = []) =>
    ibus.call(SIMPLE, { path, interface: ENGINE, member, signature, body });

  await ibus.listen(path, (member, body) => {
    if (member !== 'CommitText') return;
    const [told] = body as [{ readonly value: readonly [string, unknown, string] }];
    composed(told.value[2]);
  });
  await ask('SetCapabilities', 'u', [CAPABILITIES]);
  await ask('FocusIn');
  await ask('Enable');
  return {
    async compose({ keysym, keycode, state }) {
      const [isTaken] = await ask('ProcessKeyEvent', 'uuu', [keysym, keycode, state]);
      return isTaken === true;
    },
  };
}
