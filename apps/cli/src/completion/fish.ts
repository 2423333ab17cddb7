// What fish needs to complete the command line.

import type { Choice, Place, Values } from './tree.ts';

/** `ask` prints the values of a subject, which stands after it. */
export function fishScript(places: readonly Place[], ask: string): string {
  const paths = places.flatMap(({ path }) => (path === '' ? [] : [quoted(path)]));
  return `# voiceinput completion fish
function __voiceinput_at
    set -l at ''
    for word in (commandline -opc)[2..]
        set -l next (string trim -- "$at $word")
        contains -- "$next" ${paths.join(' ')}; and set at $next
    end
    test "$at" = "$argv[1]"
end
complete -c voiceinput -f
${places.flatMap(linesOf).join('\n')}
`;

  function linesOf({ path, commands, options, values }: Place): string[] {
    const here = `complete -c voiceinput -n ${quoted(`__voiceinput_at ${quoted(path)}`)}`;
    return [
      ...commands.map(({ name, description }) => `${here} -a ${quoted(name)} -d ${quoted(description)}`),
      ...options.map((option) => `${here} ${flagged(option)} -d ${quoted(option.description)}`),
      ...values.flatMap((value) => (value === undefined ? [] : [`${here} ${offered(value)}`])),
    ];
  }

  function flagged({ flags, takesValue, values }: Choice): string {
    const words = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
    if (!takesValue) return words.join(' ');
    return [...words, values !== undefined && 'files' in values ? '-r -F' : `-x ${offered(values)}`].join(' ').trim();
  }

  function offered(values: Values): string {
    if (values === undefined) return '';
    if ('subject' in values) return `-a ${quoted(`(${ask} ${values.subject} 2> /dev/null)`)}`;
    if ('files' in values) return values.files === 'any' ? '-F' : `-a ${quoted('(__fish_complete_directories)')}`;
    return `-a ${quoted(values.words.join(' '))}`;
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
