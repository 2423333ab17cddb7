// What KWin is asked of its windows: it runs a script, which answers over the message bus.

import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Message, MessageType } from '@particle/dbus-next';
import type { MessageBus } from '@particle/dbus-next';
import type { SwayWindow } from '../sway/tree.ts';

export type KwinWindow = Omit<SwayWindow, 'id'> & { readonly id: string };

export interface KwinWindows {
  all(): Promise<readonly KwinWindow[]>;
  activate(windowId: string): Promise<void>;
}

const NAME = 'org.kde.KWin';
const PATH = '/org/kde/KWin';
/** To whom scripts answer. */
const ASKER = 'org.voiceinput.Rig';
const ANSWER_MS = 10_000;

const ALL = `workspace.clientList().map((window) => ({ id: String(window.internalId), pid: window.pid,
  name: String(window.resourceClass), title: window.caption, isFocused: window.active,
  rect: { x: window.x, y: window.y, width: window.width, height: window.height } }))`;

/** Scripts are written to `folder`, which KWin can read. */
export function windowsOf(bus: MessageBus, folder: string): KwinWindows {
  const named = bus.requestName(ASKER, 0);
  let asked = 0;
  let latest: Promise<unknown> = Promise.resolve();
  const waiting = new Map<string, (answer: string) => void>();
  bus.addMethodHandler((message: Message) => {
    if (message.member !== 'Answer') return false;
    const [id, answer] = message.body as [string, string];
    waiting.get(id)?.(answer);
    bus.send(Message.newMethodReturn(message, '', []));
    return true;
  });
  const call = (path: string, interfaceName: string, member: string, ...body: string[]) =>
    bus.call(
      new Message({
        type: MessageType.METHOD_CALL,
        destination: NAME,
        path,
        interface: interfaceName,
        member,
        signature: 's'.repeat(body.length),
        body,
      }),
    );

  /** Numbers of scripts are given again: only one runs at a time. */
  function run(expression: string): Promise<string> {
    const answer = latest.then(() => ask(expression));
    latest = answer.catch(() => undefined);
    return answer;
  }

  async function ask(expression: string): Promise<string> {
    await named;
    const id = `ask-${(asked += 1)}`;
    const path = join(folder, `${id}.js`);
    const whom = [ASKER, PATH, ASKER, 'Answer', id].map((one) => JSON.stringify(one)).join(', ');
    writeFileSync(path, `callDBus(${whom}, JSON.stringify(${expression} ?? null));`);
    const answer = new Promise<string>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`KWin does not answer ${expression}.`)), ANSWER_MS);
      waiting.set(id, (told) => {
        clearTimeout(late);
        resolve(told);
      });
    });
    // Where it is not even asked, nobody waits for it.
    answer.catch(() => undefined);
    try {
      const loaded = await call('/Scripting', 'org.kde.kwin.Scripting', 'loadScript', path, id);
      const [number] = (loaded?.body ?? []) as [number?];
      if (number === undefined) throw new Error(`KWin does not load ${path}.`);
      const [, told] = await Promise.all([call(`/${number}`, 'org.kde.kwin.Script', 'run'), answer]);
      return told;
    } finally {
      waiting.delete(id);
      await call('/Scripting', 'org.kde.kwin.Scripting', 'unloadScript', id);
      rmSync(path, { force: true });
    }
  }

  return {
    all: async () => JSON.parse(await run(ALL)) as KwinWindow[],
    activate: async (id) =>
      void (await run(
        `(workspace.activeClient = workspace.clientList().find((window) => String(window.internalId) === ${JSON.stringify(id)})).active`,
      )),
  };
}
