// Which of the tarballs that are given publint or "Are the types wrong?" find something in; printed as JSON. Their commands
// take one tarball at a time, and most of their time to start.

import { readFileSync } from 'node:fs';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';

/** Every Node that the packages run on can require ES modules. */
const IGNORED_RESOLUTIONS = ['node10', 'node16-cjs'];

const found = [];
for (const tarball of process.argv.slice(2)) {
  const bytes = new Uint8Array(readFileSync(tarball));
  if ((await isLinted(bytes)) && (await isTyped(bytes))) continue;
  found.push(tarball);
}
process.stdout.write(JSON.stringify(found));

async function isLinted({ buffer }) {
  const { messages } = await publint({ pack: { tarball: buffer }, strict: true, level: 'warning' });
  return messages.length === 0;
}

async function isTyped(bytes) {
  const { types, problems } = await checkPackage(createPackageFromTarballData(bytes));
  return types === false || problems.every(({ resolutionKind }) => IGNORED_RESOLUTIONS.includes(resolutionKind));
}
