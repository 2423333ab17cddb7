// How text stands in XML.

const entities = [
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
] as const;

export function escaped(text: string): string {
  return entities.reduce((done, [character, entity]) => done.replaceAll(character, entity), text);
}

export function unescaped(text: string): string {
  return entities.reduceRight((done, [character, entity]) => done.replaceAll(entity, character), text);
}
