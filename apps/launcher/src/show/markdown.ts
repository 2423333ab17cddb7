// How dictated words stand in Raycast's Markdown: as they are, and with what the better reading changed.

import { diffArrays } from 'diff';

/** `text` so that Markdown shows just its characters: nothing in it becomes a heading, a link or a picture. */
export function asMarkdown(text: string): string {
  return text
    .replaceAll(/[\\`*_[\]<>~$&|]/g, String.raw`\$&`)
    .replaceAll(/^(\s*)([#+=-])/gm, String.raw`$1\$2`)
    .replaceAll(/^(\s*\d+)([.)])/gm, String.raw`$1\$2`)
    .replaceAll('\n', '  \n');
}

/** `refined` with the words that it took out of `draft` struck through and those that it put in bold. */
export function changeAsMarkdown(draft: string, refined: string): string {
  return diffArrays(wordsOf(draft), wordsOf(refined))
    .map(({ value, added, removed }) => {
      // Marks stand between spaces: beside a letter or a full stop they would not count as marks.
      const mark = removed ? '~~' : added ? '**' : '';
      return mark + asMarkdown(value.join(' ')) + mark;
    })
    .join(' ');
}

const wordsOf = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');
