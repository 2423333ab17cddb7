#!/usr/bin/env node
// How the program is read; where not even all of its own files may be open, that is said.

try {
  await import('./program/main.ts');
} catch (error) {
  if (!['EMFILE', 'ENFILE'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  // What tells errors otherwise is among the files that cannot be read.
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  const [heading, message, hint] = /^ru(?:[_.@]|$)/.test(LC_ALL || LC_MESSAGES || LANG || '')
    ? ['ошибка', 'Программе не разрешено открыть столько файлов, сколько нужно.', 'Увеличьте предел: ulimit -n 1024']
    : ['error', 'This process may not open as many files as it needs.', 'Allow more with: ulimit -n 1024'];
  const code = 'ERR_DESCRIPTORS';
  const told = process.argv.includes('--json')
    ? JSON.stringify({ type: 'error', code, message, hint })
    : `${heading}: ${message} [${code}]\n  ${hint}`;
  process.stderr.write(`${told}\n`);
  process.exitCode = 1;
}
