// Decides what is used of the package x11, which comes without types.

declare module 'x11' {
  import type { EventEmitter } from 'node:events';

  export type Answer<T> = (error: Error | null, result: T) => void;

  export interface Property {
    readonly type: number;
    readonly data: Buffer;
    readonly bytesAfter: number;
  }

  export interface XEvent {
    readonly name: string;
    readonly evtype?: number;
    readonly sourceId?: number;
    readonly detail?: number;
    readonly keycode?: number;
    readonly time: number;
    readonly requestor: number;
    readonly owner: number;
    readonly selection: number;
    readonly target: number;
    readonly property: number;
    readonly atom: number;
    readonly wid?: number;
    readonly window?: number;
    readonly state: number;
  }

  export interface XClient extends EventEmitter {
    /** The names that are known, by themselves one object for all connections. */
    atoms: Readonly<Record<string, number>>;
    AllocID(): number;
    ChangeKeyboardMapping(firstKeycode: number, perKeycode: number, keysyms: readonly number[]): void;
    ChangeProperty(mode: number, wid: number, property: number, type: number, units: number, data: Buffer): void;
    ChangeWindowAttributes(wid: number, values: { readonly eventMask: number }): void;
    ConvertSelection(requestor: number, selection: number, target: number, property: number, time: number): void;
    CreateWindow(
      id: number,
      parent: number,
      x: number,
      y: number,
      width: number,
      height: number,
      borderWidth: number,
      depth: number,
      kind: number,
      visual: number,
      values: { readonly eventMask: number },
    ): void;
    DeleteProperty(wid: number, property: number): void;
    GetInputFocus(answer: Answer<{ readonly focus: number }>): void;
    GetKeyboardMapping(first: number, count: number, answer: Answer<readonly (readonly number[])[]>): void;
    GetModifierMapping(answer: Answer<readonly (readonly number[])[]>): void;
    GetProperty(
      remove: number,
      wid: number,
      property: number,
      type: number,
      offset: number,
      length: number,
      answer: Answer<Property>,
    ): void;
    GetSelectionOwner(selection: number, answer: Answer<number>): void;
    GrabKey(
      wid: number,
      ownerEvents: number,
      modifiers: number,
      keycode: number,
      pointerMode: number,
      keyboardMode: number,
    ): void;
    InternAtom(onlyIfExists: boolean, name: string, answer: Answer<number>): void;
    GetAtomName(atom: number, answer: Answer<string>): void;
    QueryKeymap(answer: Answer<unknown>): void;
    QueryPointer(wid: number, answer: Answer<{ readonly keyMask: number }>): void;
    SendEvent(wid: number, propagate: number, mask: number, event: object): void;
    SetSelectionOwner(wid: number, selection: number, time: number): void;
    UngrabKey(wid: number, keycode: number, modifiers: number): void;
    UngrabKeyboard(time: number): void;
    flush(): Promise<void>;
    require(extension: 'xtest', answer: Answer<XTest>): void;
    require(extension: 'xinput', answer: Answer<XInput>): void;
    sync(): Promise<void>;
    terminate(): void;
  }

  export interface XTest {
    readonly KeyPress: number;
    readonly KeyRelease: number;
    FakeInput(type: number, keycode: number, time: number, wid: number, x: number, y: number): void;
  }

  export interface XInput {
    readonly AllMasterDevices: number;
    XIQueryVersion(major: number, minor: number, answer: Answer<unknown>): void;
    XIQueryDevice(deviceId: number, answer: Answer<unknown>): void;
    XISelectEvents(wid: number, masks: readonly { deviceId: number; mask: readonly string[] }[]): void;
  }

  export interface XDisplay {
    readonly client: XClient;
    readonly min_keycode: number;
    readonly max_keycode: number;
    readonly screen: readonly { readonly root: number }[];
  }

  const x11: {
    createClient(options: { bufferRequests: boolean }, answer: Answer<XDisplay>): void;
    readonly eventMask: { readonly PropertyChange: number };
  };
  export default x11;
}
