// What an XML property list holds, of the kinds that Alfred writes: https://developer.apple.com/library/archive/documentation/Cocoa/Conceptual/PropertyLists

export type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value };

const TAG = /<(?<end>\/?)(?<name>\w+)\/?>(?<text>[^<]*)/g;
const LETTERS: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&quot;': '"',
  '&apos;': "'",
};

/** Throws where the elements do not fit together. */
export function plist(xml: string): Value {
  const [, inside = ''] = /<plist[^>]*>([^]*)<\/plist>/.exec(xml) ?? [];
  const tags = [...inside.matchAll(TAG)].map(({ groups }) => groups as { end: string; name: string; text: string });
  const root = read();
  if (tags.length > 0) throw new Error(`<${tags[0]!.name}> stands behind the end.`);
  return root;

  function read(): Value {
    const { end, name, text } = tags.shift() ?? { end: '', name: 'nothing', text: '' };
    if (end !== '') throw new Error(`</${name}> ends what did not begin.`);
    if (name === 'true' || name === 'false') return name === 'true';
    if (name === 'array') return until(name, read);
    if (name === 'dict') return Object.fromEntries(until(name, () => [read() as string, read()] as const));
    until(name, read);
    return name === 'integer' ? Number(text) : text.replaceAll(/&\w+;/g, (letter) => LETTERS[letter]!);
  }

  function until<T>(name: string, each: () => T): T[] {
    const all: T[] = [];
    while (tags[0]?.end === '') all.push(each());
    const end = tags.shift();
    if (end?.name !== name) throw new Error(`<${name}> does not end.`);
    return all;
  }
}
