// Hears from a microphone until it is killed; tells when the first samples came.

import sourceMicrophone from '@voiceinput/source-microphone';

const options = JSON.parse(process.argv[2]);
const context = { pluginId: 'test', models: {}, prepare: (work) => work(), log: () => undefined };
const source = await sourceMicrophone.create(options, context, new AbortController().signal);
let told = false;
for await (const { samples } of source.frames(new AbortController().signal)) {
  if (!told && samples.length > 0) process.stdout.write('heard\n');
  told = true;
}
