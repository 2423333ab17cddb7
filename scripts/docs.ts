// What of the documentation is taken from the code; writes it, or with --check fails when it is out of step.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { openApi } from '../apps/cli/dist/http/openapi.js';
import { apiPage } from './docs/api.ts';
import { commandsPage } from './docs/commands.ts';
import { complaintsAboutConfigurations } from './docs/configurations.ts';
import { errorsPage } from './docs/errors.ts';
import { complaintsAboutLinks } from './docs/links.ts';
import { complaintsAboutMarks, fillMarked } from './docs/marked.ts';
import { markdownFiles, root } from './docs/files.ts';
import { filesPage } from './docs/formats.ts';
import { privacyPage } from './docs/privacy.ts';
import { schemaFile } from './docs/schema.ts';

const check = process.argv.includes('--check');
const complaints = new Set<string>();

await put('docs/errors.md', errorsPage());
await put('docs/COMMANDS.md', commandsPage());
await put('docs/API.md', apiPage());
await put('docs/PRIVACY.md', privacyPage());
await put('docs/FILES.md', filesPage());
await put('docs/openapi.json', JSON.stringify(openApi()));
await put('apps/cli/voiceinput.schema.json', schemaFile());
for (const path of markdownFiles()) {
  const text = await readFile(join(root, path), 'utf8');
  await put(path, await fillMarked(text, path));
}
for (const path of markdownFiles()) {
  const text = await readFile(join(root, path), 'utf8');
  for (const about of [complaintsAboutMarks, complaintsAboutLinks, complaintsAboutConfigurations]) {
    for (const complaint of about(text, path)) complaints.add(complaint);
  }
}

for (const complaint of complaints) process.stderr.write(`${complaint}\n`);
process.exitCode = complaints.size > 0 ? 1 : 0;

async function put(path: string, text: string): Promise<void> {
  const file = join(root, path);
  const wanted = await format(text, { ...(await resolveConfig(file)), filepath: file });
  const found = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (found === wanted) return;
  if (check) complaints.add(`${path} is not what the code says; write it anew with: npx pnpm run docs`);
  else await writeFile(file, wanted);
}
