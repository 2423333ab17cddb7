// How keys and clicks are put into KWin: https://wayland.app/protocols/kde-fake-input

import type { ChildProcess, StdioOptions } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';

export interface FakeInput {
  /** By its code in `input-event-codes.h`. */
  key(code: number, isDown: boolean): void;
  move(x: number, y: number): void;
  button(code: number, isDown: boolean): void;
  close(): void;
}

const DISPLAY = 1;
const REGISTRY = 2;
const INPUT = 3;
const NAME = 'org_kde_kwin_fake_input';
const VERSION = 4;
const Request = { registry: 1, bind: 0, authenticate: 0, button: 2, moveTo: 9, key: 10 } as const;
const HEADER_BYTES = 8;
const ANSWER_MS = 10_000;
const LOOK_EVERY_MS = 20;

/** KWin lets in only programs of which it may know what they are: those of its own user. */
const RELAY = `const socket = require('node:net').connect(process.argv[1]);
  process.stdin.pipe(socket).pipe(process.stdout);`;

export type Runs = (command: readonly string[], stdio: StdioOptions) => ChildProcess;

/** Asks KWin at `path`, which has to trust all programs; `run` runs one as its user. */
export async function openFakeInput(path: string, run: Runs): Promise<FakeInput> {
  const { stdin, stdout } = run([process.execPath, '-e', RELAY, path], ['pipe', 'pipe', 'ignore']);
  let rest = Buffer.alloc(0);
  const found: number[] = [];
  stdout!.on('data', (data: Buffer) => {
    rest = Buffer.concat([rest, data]);
    while (rest.length >= HEADER_BYTES && rest.length >= rest.readUInt16LE(6)) {
      const bytes = rest.readUInt16LE(6);
      const told = rest.subarray(0, bytes);
      if (told.readUInt32LE(0) === REGISTRY && told.includes(`${NAME}\0`)) found.push(told.readUInt32LE(HEADER_BYTES));
      rest = rest.subarray(bytes);
    }
  });
  const send = (object: number, opcode: number, ...args: readonly (number | string)[]): void => {
    const body = Buffer.concat(args.map((one) => argument(one)));
    const header = Buffer.alloc(HEADER_BYTES);
    header.writeUInt32LE(object, 0);
    header.writeUInt32LE(((HEADER_BYTES + body.length) * 0x1_00_00 + opcode) >>> 0, 4);
    stdin!.write(Buffer.concat([header, body]));
  };
  send(DISPLAY, Request.registry, REGISTRY);
  for (const untilMs = performance.now() + ANSWER_MS; found.length === 0; await pause(LOOK_EVERY_MS))
    if (performance.now() > untilMs) throw new Error(`KWin has no ${NAME}.`);
  send(REGISTRY, Request.bind, found[0]!, NAME, VERSION, INPUT);
  send(INPUT, Request.authenticate, 'test', 'test');
  return {
    key: (code, isDown) => send(INPUT, Request.key, code, Number(isDown)),
    move: (x, y) => send(INPUT, Request.moveTo, fixed(x), fixed(y)),
    button: (code, isDown) => send(INPUT, Request.button, code, Number(isDown)),
    close: () => void stdin!.end(),
  };
}

const fixed = (value: number): number => Math.round(value * 256);

function argument(value: number | string): Buffer {
  const text = typeof value === 'string' ? Buffer.from(`${value}\0`) : Buffer.alloc(0);
  const buffer = Buffer.alloc(4 + Math.ceil(text.length / 4) * 4);
  buffer.writeUInt32LE(typeof value === 'string' ? text.length : value >>> 0, 0);
  text.copy(buffer, 4);
  return buffer;
}
