// How macOS starts the daemon at login. Nobody has seen it work yet.

import { join } from 'node:path';
import { homeFolder } from '@voiceinput/plugin-api';
import { wordsOf } from './definition.ts';
import type { Definition, Start } from './definition.ts';
import { escaped, unescaped } from './xml.ts';

const LABEL = 'org.voiceinput.daemon';

/** `man launchd.plist` */
export const launchd: Definition = {
  kind: 'launchd',
  path: join(homeFolder(), 'Library', 'LaunchAgents', `${LABEL}.plist`),
  part: 'daemon',
  isVerified: false,
  contentOf(start: Start) {
    const { node, program, environment } = start;
    const log = join(homeFolder(), 'Library', 'Logs', 'voiceinput.log');
    const variables = Object.entries(environment).map(
      ([name, value]) => `    <key>${name}</key><string>${escaped(value)}</string>\n`,
    );
    return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<!-- Written by: voiceinput service install -->
<plist version="1.0">
<dict>
  <key>Label</key><string>${LABEL}</string>
  <key>ProgramArguments</key>
  <array>
    <string>${escaped(node)}</string>
    <string>${escaped(program)}</string>
${wordsOf('daemon', start)
  .map((word) => `    <string>${word}</string>\n`)
  .join('')}  </array>
  <key>EnvironmentVariables</key>
  <dict>
${variables.join('')}  </dict>
  <key>RunAtLoad</key><true/>
  <key>KeepAlive</key><dict><key>SuccessfulExit</key><false/></dict>
  <key>ProcessType</key><string>Interactive</string>
  <key>StandardErrorPath</key><string>${escaped(log)}</string>
</dict>
</plist>
`;
  },
  filesIn(content) {
    const words = /<array>\s*<string>(?<node>[^<]+)<\/string>\s*<string>(?<program>[^<]+)<\/string>/.exec(content);
    const { node, program } = words?.groups ?? {};
    return node === undefined || program === undefined
      ? undefined
      : { node: unescaped(node), program: unescaped(program) };
  },
};
