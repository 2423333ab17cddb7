// What is told to whoever types only the program's name: what to do next.

import { sentencesFor } from '../messages/messages.ts';
import { print, table } from '../show/table.ts';

/** Prints the page. */
export function welcome(version: string): number {
  const say = sentencesFor();
  const steps: readonly (readonly [command: string, what: string])[] = [
    ['demo', say.welcomeDemo],
    ['setup', say.welcomeSetup],
    ['serve', say.welcomeServe],
    ['transcribe talk.mp3', say.welcomeTranscribe],
    ['settings', say.welcomeSettings],
    ['doctor', say.welcomeDoctor],
    ['--help', say.welcomeHelp],
  ];
  const rows = table(steps.map(([command, what]) => [`  voiceinput ${command}`, what]));
  print(false, undefined, `${say.welcome(version)}\n\n${rows}`);
  return 0;
}
