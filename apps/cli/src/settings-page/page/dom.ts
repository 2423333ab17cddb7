// How elements are made: text is always text, never markup.

type Child = Node | string | undefined;
type Attributes = Readonly<Record<string, string | number | boolean | undefined | ((event: Event) => void)>>;

/** An element; `true` is an attribute without a value, `undefined` and `false` are none, a function listens to `on…`. */
export function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(key.slice('on'.length), value);
    else if (value !== undefined && value !== false) element.setAttribute(key, value === true ? '' : String(value));
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

/** An element of the page's own HTML. */
export function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`The page has no #${id}.`);
  return element;
}

/** Does `change` and gives the focus back to the element of the same ID, where that had it. */
export function keepingFocus(change: () => void): void {
  const { id } = document.activeElement ?? {};
  change();
  if (id !== undefined && id !== '' && document.activeElement?.id !== id) document.getElementById(id)?.focus();
}
