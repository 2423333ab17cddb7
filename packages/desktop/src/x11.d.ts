// What is used of the package x11, which comes without types.

declare module 'x11' {
  import type { EventEmitter } from 'node:events';
  import type { Socket } from 'node:net';

  export type Answer<T> = (error: Error | null, result: T) => void;

  /** How a request went that has no answer. Gives whether the error is dealt with; others go to the event `error`. */
  export type Done = (error: { readonly error: number } | null) => boolean;

  export interface Property {
    readonly type: number;
    /** Bits of one unit. */
    readonly format: number;
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
    readonly message_type?: number;
    readonly data?: readonly number[];
  }

  export interface XClient extends EventEmitter {
    /** The names that are known, by themselves one object for all connections. */
    atoms: Readonly<Record<string, number>>;
    readonly stream: Socket;
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
      values: WindowValues,
    ): void;
    ConfigureWindow(
      wid: number,
      values: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
    ): void;
    CreateColormap(id: number, wid: number, visual: number, allocates: 0): void;
    CreateGC(id: number, drawable: number, values: object): void;
    DeleteProperty(wid: number, property: number): void;
    GetGeometry(wid: number, answer: Answer<{ readonly width: number; readonly height: number }>): void;
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
    GrabButton(
      wid: number,
      ownerEvents: number,
      mask: number,
      pointerMode: number,
      keyboardMode: number,
      confineTo: number,
      cursor: number,
      button: number,
      modifiers: number,
      done: Done,
    ): void;
    UngrabButton(wid: number, button: number, modifiers: number): void;
    GrabKey(
      wid: number,
      ownerEvents: number,
      modifiers: number,
      keycode: number,
      pointerMode: number,
      keyboardMode: number,
      done: Done,
    ): void;
    MapWindow(wid: number): void;
    PutImage(
      format: number,
      drawable: number,
      context: number,
      width: number,
      height: number,
      x: number,
      y: number,
      leftPad: number,
      depth: number,
      data: Buffer,
    ): void;
    RaiseWindow(wid: number): void;
    TranslateCoordinates(
      from: number,
      to: number,
      x: number,
      y: number,
      answer: Answer<{ readonly destX: number; readonly destY: number }>,
    ): void;
    UnmapWindow(wid: number): void;
    InternAtom(onlyIfExists: boolean, name: string, answer: Answer<number>): void;
    ListProperties(wid: number, answer: Answer<readonly number[]>): void;
    GetAtomName(atom: number, answer: Answer<string>): void;
    QueryKeymap(answer: Answer<unknown>): void;
    QueryPointer(wid: number, answer: Answer<PointerPlace>): void;
    SendClientMessage(
      destination: number,
      wid: number,
      type: number,
      format: 32,
      data: readonly number[],
      eventMask: number,
    ): void;
    SendEvent(wid: number, propagate: number, mask: number, event: object): void;
    SetSelectionOwner(wid: number, selection: number, time: number): void;
    UngrabKey(wid: number, keycode: number, modifiers: number): void;
    UngrabKeyboard(time: number): void;
    flush(): Promise<void>;
    require(extension: 'shape', answer: Answer<Shape>): void;
    require(extension: 'xinerama', answer: Answer<Xinerama>): void;
    require(extension: 'xtest', answer: Answer<XTest>): void;
    require(extension: 'xinput', answer: Answer<XInput>): void;
    sync(): Promise<void>;
    terminate(): void;
  }

  export interface WindowValues {
    readonly eventMask: number;
    readonly backgroundPixel?: number;
    readonly borderPixel?: number;
    readonly colormap?: number;
    /** 1: the window manager leaves it alone and never gives it the focus. */
    readonly overrideRedirect?: 0 | 1;
  }

  export interface PointerPlace {
    /** The window below the asked one that the pointer is in; 0 when it is in none. */
    readonly child: number;
    readonly keyMask: number;
    readonly rootX: number;
    readonly rootY: number;
  }

  export interface Shape {
    readonly Op: { readonly Set: number };
    readonly Kind: { readonly Bounding: number; readonly Input: number };
    Rectangles(
      operation: number,
      kind: number,
      wid: number,
      x: number,
      y: number,
      rectangles: readonly (readonly [x: number, y: number, width: number, height: number])[],
    ): void;
  }

  export interface Rectangle {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }

  export interface Xinerama {
    QueryScreens(answer: Answer<readonly Rectangle[]>): void;
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

  export interface XScreen {
    readonly root: number;
    readonly pixel_width: number;
    readonly pixel_height: number;
    /** By depth in bits, then by the visual's number; a class of 4 is TrueColor. */
    readonly depths: Readonly<Record<number, Readonly<Record<number, { readonly class: number }>>>>;
  }

  export interface XDisplay {
    readonly client: XClient;
    readonly min_keycode: number;
    readonly max_keycode: number;
    readonly resource_mask: number;
    readonly screen: readonly XScreen[];
  }

  const x11: {
    createClient(
      options: { display: string; bufferRequests: boolean | { maxSize: number; maxDelay: number } },
      answer: Answer<XDisplay>,
    ): Pick<XClient, 'on'>;
    /** By name, with `XK_` before it. */
    readonly keySyms: Readonly<Record<string, { readonly code: number }>>;
    readonly eventMask: {
      readonly Exposure: number;
      readonly PropertyChange: number;
      readonly StructureNotify: number;
      readonly SubstructureNotify: number;
    };
  };
  export default x11;
}
