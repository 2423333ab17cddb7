// What bash needs to complete the command line.

import type { Choice, Place, Values } from './tree.ts';

/** `ask` prints the values of a subject, which stands after it. What it prints is never taken for shell code. */
export function bashScript(places: readonly Place[], ask: string): string {
  const paths = places.flatMap(({ path }) => (path === '' ? [] : [quoted(path)]));
  return `# voiceinput completion bash
_voiceinput_offer() {
  local value
  for value in "$@"; do
    if [[ $value == "$word"* ]]; then COMPREPLY+=("$(printf %q "$value")"); fi
  done
}

_voiceinput_ask() {
  local value
  while IFS= read -r value; do _voiceinput_offer "$value"; done < <(${ask} "$1" 2> /dev/null)
}

_voiceinput_files() {
  local value
  compopt -o filenames 2> /dev/null
  while IFS= read -r value; do COMPREPLY+=("$value"); done < <(compgen "$1" -- "$word")
}

_voiceinput() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD - 1]} at='' next index
  COMPREPLY=()
  if [[ $word == = ]]; then word=''; elif [[ $before == = ]]; then before=\${COMP_WORDS[COMP_CWORD - 2]}; fi
  for ((index = 1; index < COMP_CWORD; index++)); do
    next="\${at:+$at }\${COMP_WORDS[index]}"
    case $next in
      ${paths.join(' | ')}) at=$next ;;
    esac
  done
  case "$at $before" in
${places.flatMap(valuesAfterOptions).join('\n')}
  esac
  case "$at" in
${places.map(wordsAt).join('\n')}
  esac
}
complete -F _voiceinput voiceinput
`;

  function valuesAfterOptions({ path, options }: Place): string[] {
    return options
      .filter(({ takesValue }) => takesValue)
      .map(({ flags, values }) => {
        const after = flags.map((flag) => quoted(`${path} ${flag}`)).join(' | ');
        return `    ${after}) ${[offered(values), 'return'].filter(Boolean).join('; ')} ;;`;
      });
  }

  function wordsAt({ path, commands, options, values }: Place): string {
    const flags = options.flatMap((option: Choice) => option.flags);
    const free = [offered({ words: commands.map(({ name }) => name) }), ...values.map(offered)].filter(Boolean);
    return `    ${quoted(path)})
      if [[ $word == -* ]]; then ${offered({ words: flags }) || ':'}; else ${free.join('; ') || ':'}; fi ;;`;
  }

  function offered(values: Values): string {
    if (values === undefined) return '';
    if ('subject' in values) return `_voiceinput_ask ${values.subject}`;
    if ('files' in values) return `_voiceinput_files ${values.files === 'any' ? '-f' : '-d'}`;
    return values.words.length === 0 ? '' : `_voiceinput_offer ${values.words.map(quoted).join(' ')}`;
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
