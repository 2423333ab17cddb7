// How a command is written that the user can type as it stands: inside a clone it runs through pnpm.

let command = /\bvoiceinput (?=--)/g;

/** Which words behind `voiceinput` are commands; the program says so when it is created. */
export function knowCommands(names: readonly string[]): void {
  command = new RegExp(`\\bvoiceinput (?=--|(?:${names.join('|')})(?![\\w-]))`, 'g');
}

/** `text` with `voiceinput …` as it can be typed here. */
export function asTyped(text: string): string {
  const isClone = process.env['npm_package_name'] === 'voiceinput';
  return isClone ? text.replace(command, 'npx pnpm voiceinput ') : text;
}
