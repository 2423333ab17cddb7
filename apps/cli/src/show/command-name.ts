// How a command is written that the user can type as it stands: inside a clone it runs through pnpm.

const COMMAND =
  /\bvoiceinput (?=transcribe|dictate|serve|history|status|start|stop|toggle|cancel|undo|watch|microphones|quit|restart|languages|text|paste|set|service|completion|models|plugins|config|doctor|tray|--)/g;

/** `text` with `voiceinput …` as it can be typed here. */
export function asTyped(text: string): string {
  const isClone = process.env['npm_package_name'] === 'voiceinput';
  return isClone ? text.replace(COMMAND, 'npx pnpm voiceinput ') : text;
}
