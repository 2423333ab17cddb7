// What zsh needs to complete the command line.

import type { Place, Values } from './tree.ts';

/** `ask` prints the values of a subject, which stands after it. */
export function zshScript(places: readonly Place[], ask: string): string {
  const paths = places.flatMap(({ path }) => (path === '' ? [] : [quoted(path)]));
  return `#compdef voiceinput
# voiceinput completion zsh
_voiceinput() {
  local at='' next index
  local -a options commands
  for ((index = 2; index < CURRENT; index++)); do
    next="\${at:+$at }\${words[index]}"
    case $next in
      (${paths.join('|')}) at=$next ;;
    esac
  done
  local before=\${words[CURRENT-1]}
  if [[ $PREFIX == --*=* ]]; then
    before=\${PREFIX%%=*}
    compset -P '*='
  fi
  case "$at $before" in
${places.flatMap(valuesAfterOptions).join('\n')}
  esac
  case $at in
${places.map(wordsAt).join('\n')}
  esac
}
if [[ $funcstack[1] == _voiceinput ]]; then _voiceinput "$@"; else compdef _voiceinput voiceinput; fi
`;

  function valuesAfterOptions({ path, options }: Place): string[] {
    return options
      .filter(({ takesValue }) => takesValue)
      .map(({ flags, values }) => {
        const after = flags.map((flag) => quoted(`${path} ${flag}`)).join('|');
        return `    (${after}) ${[offered(values), 'return'].filter(Boolean).join('; ')} ;;`;
      });
  }

  function wordsAt({ path, commands, options, values }: Place): string {
    const flags = options.flatMap((option) => option.flags.map((flag) => described(flag, option.description)));
    const names = commands.map(({ name, description }) => described(name, description));
    const lists = [`options=(${flags.join(' ')})`, `commands=(${names.join(' ')})`].join('; ');
    const free = [names.length > 0 ? '_describe command commands' : '', ...values.map(offered)].filter(Boolean);
    return `    (${quoted(path)})
      ${lists}
      if [[ $PREFIX == -* ]]; then _describe -o option options; else ${free.join('; ') || ':'}; fi ;;`;
  }

  function offered(values: Values): string {
    if (values === undefined) return '';
    if ('subject' in values) return `compadd -- \${(f)"$(${ask} ${values.subject} 2> /dev/null)"}`;
    if ('files' in values) return values.files === 'any' ? '_files' : '_files -/';
    return values.words.length === 0 ? '' : `compadd -- ${values.words.map(quoted).join(' ')}`;
  }
}

/** `_describe` takes what is before the first colon for the word. */
function described(word: string, description: string): string {
  return quoted(`${word.replaceAll(':', '\\:')}:${description.replaceAll(':', '\\:')}`);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
