// What the shell makes of a command that a page or a help text shows.

const WORD = /"(?<double>[^"]*)"|'(?<single>[^']*)'|(?<plain>[^\s"']+)/g;

/** The words of what stands behind `voiceinput`, up to where the shell's part begins: a pipe, a redirection, the next command. */
export function wordsOf(args: string): string[] {
  const end = /(?:^|\s)(?:[|;&<>#]|\d>)/.exec(
    args.replaceAll(/"[^"]*"|'[^']*'/g, (quoted) => 'x'.repeat(quoted.length)),
  );
  const own = end === null ? args : args.slice(0, end.index);
  return [...own.matchAll(WORD)].map(({ groups }) => groups!['double'] ?? groups!['single'] ?? groups!['plain']!);
}
