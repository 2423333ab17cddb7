// How Windows starts the daemon at login. Nobody has seen it work yet.

import { homedir } from 'node:os';
import { join } from 'node:path';
import { wordsOf } from './definition.ts';
import type { Definition, Start } from './definition.ts';
import { escaped, unescaped } from './xml.ts';

/** https://learn.microsoft.com/windows/win32/taskschd/task-scheduler-schema; the environment is that of the user. */
export const task: Definition = {
  kind: 'task',
  path: join(process.env['APPDATA'] || join(homedir(), 'AppData', 'Roaming'), 'voiceinput', 'service.xml'),
  part: 'daemon',
  isVerified: false,
  contentOf: ({ node, program, ...rest }: Start) => `<?xml version="1.0"?>
<!-- Written by: voiceinput service install -->
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><Description>VoiceInput, push-to-talk dictation</Description></RegistrationInfo>
  <Triggers><LogonTrigger><Enabled>true</Enabled></LogonTrigger></Triggers>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <RestartOnFailure><Interval>PT1M</Interval><Count>3</Count></RestartOnFailure>
  </Settings>
  <Actions>
    <Exec>
      <Command>${escaped(node)}</Command>
      <Arguments>${escaped(`"${program}" ${wordsOf('daemon', rest).join(' ')}`)}</Arguments>
    </Exec>
  </Actions>
</Task>
`,
  filesIn(content) {
    const node = /<Command>(?<node>[^<]+)<\/Command>/.exec(content)?.groups?.['node'];
    const line = /<Arguments>(?<line>[^<]+)<\/Arguments>/.exec(content)?.groups?.['line'] ?? '';
    const program = /^"(?<program>.+)" serve\b/.exec(unescaped(line))?.groups?.['program'];
    return node === undefined || program === undefined ? undefined : { node: unescaped(node), program };
  },
};
