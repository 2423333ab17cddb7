// What a panel can ask of the icon: org.kde.StatusNotifierItem.

import { dbus } from '@voiceinput/desktop/bus';
import type { Bitmap } from '../../draw/bitmap.ts';

const INTERFACE = 'org.kde.StatusNotifierItem';
export const MENU_PATH = '/MenuBar';

/** Width, height, and alpha, red, green, blue of each pixel: `(iiay)`. */
type Pixmap = readonly [widthPx: number, heightPx: number, argb: Buffer];

/** https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/StatusNotifierItem */
export class Item extends dbus.Interface {
  readonly #clicked: () => void;
  #icon: readonly Bitmap[];
  #title: string;

  constructor({ icon, title }: { icon: readonly Bitmap[]; title: string }, clicked: () => void) {
    super(INTERFACE);
    this.#icon = icon;
    this.#title = title;
    this.#clicked = clicked;
  }

  set icon(icon: readonly Bitmap[]) {
    this.#icon = icon;
    this.NewIcon();
  }

  set title(title: string) {
    this.#title = title;
    this.NewTitle();
    this.NewToolTip();
  }

  get Category(): string {
    return 'ApplicationStatus';
  }
  get Id(): string {
    return 'voiceinput';
  }
  get Title(): string {
    return this.#title;
  }
  get Status(): string {
    return 'Active';
  }
  get WindowId(): number {
    return 0;
  }
  get IconName(): string {
    return '';
  }
  get IconPixmap(): readonly Pixmap[] {
    return this.#icon.map(({ widthPx, heightPx, rgba }) => [widthPx, heightPx, argbOf(rgba)]);
  }
  get OverlayIconName(): string {
    return '';
  }
  get OverlayIconPixmap(): readonly Pixmap[] {
    return [];
  }
  get AttentionIconName(): string {
    return '';
  }
  get AttentionIconPixmap(): readonly Pixmap[] {
    return [];
  }
  get AttentionMovieName(): string {
    return '';
  }
  /** Icon name, icon, title, text. */
  get ToolTip(): readonly [string, readonly Pixmap[], string, string] {
    return ['', [], this.#title, ''];
  }
  get ItemIsMenu(): boolean {
    return false;
  }
  get Menu(): string {
    return MENU_PATH;
  }

  Activate(): void {
    this.#clicked();
  }
  SecondaryActivate(): void {
    this.#clicked();
  }
  /** The panel shows the menu by itself. */
  ContextMenu(): void {}
  Scroll(): void {}

  NewIcon(): void {}
  NewTitle(): void {}
  NewToolTip(): void {}
  NewStatus(status: string): string {
    return status;
  }
}

function argbOf(rgba: Uint8ClampedArray): Buffer {
  const argb = Buffer.alloc(rgba.length);
  for (let index = 0; index < rgba.length; index += 4) {
    argb[index] = rgba[index + 3]!;
    argb[index + 1] = rgba[index]!;
    argb[index + 2] = rgba[index + 1]!;
    argb[index + 3] = rgba[index + 2]!;
  }
  return argb;
}

const read = (signature: string) => ({ signature, access: 'read' as const });

Item.configureMembers({
  properties: {
    Category: read('s'),
    Id: read('s'),
    Title: read('s'),
    Status: read('s'),
    WindowId: read('i'),
    IconName: read('s'),
    IconPixmap: read('a(iiay)'),
    OverlayIconName: read('s'),
    OverlayIconPixmap: read('a(iiay)'),
    AttentionIconName: read('s'),
    AttentionIconPixmap: read('a(iiay)'),
    AttentionMovieName: read('s'),
    ToolTip: read('(sa(iiay)ss)'),
    ItemIsMenu: read('b'),
    Menu: read('o'),
  },
  methods: {
    Activate: { inSignature: 'ii' },
    SecondaryActivate: { inSignature: 'ii' },
    ContextMenu: { inSignature: 'ii' },
    Scroll: { inSignature: 'is' },
  },
  signals: {
    NewIcon: { signature: '' },
    NewTitle: { signature: '' },
    NewToolTip: { signature: '' },
    NewStatus: { signature: 's' },
  },
});
