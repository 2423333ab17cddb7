// What a fresh clone still needs before it can run: packages and a build; does nothing when both are there.
// Plain JavaScript without dependencies: it runs before anything is installed.

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stampFile = join(root, 'node_modules', '.voiceinput-set-up.json');
const workspaceRooms = ['packages', 'plugins', 'apps'];
const members = [
  ...workspaceRooms.flatMap((room) => readdirSync(join(root, room)).map((name) => `${room}/${name}`)),
  'bench',
  'examples',
].filter((member) => existsSync(join(root, member, 'package.json')));

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  stop(`VoiceInput needs Node 20.19 or newer; this is ${process.versions.node}. Get it from https://nodejs.org`);
}

const done = existsSync(stampFile) ? JSON.parse(readFileSync(stampFile, 'utf8')) : {};
const wanted = { packages: hashOfPackages(), sources: hashOfSources() };

if (done.packages !== wanted.packages) {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  await step('Installing packages', 'npx', [
    '--yes',
    packageManager,
    'install',
    '--frozen-lockfile',
    '--reporter=silent',
  ]);
  remember({ packages: wanted.packages });
}
if (done.packages !== wanted.packages || done.sources !== wanted.sources || !isBuilt()) {
  await step('Building', join(root, 'node_modules', '.bin', 'turbo'), ['run', 'build', '--output-logs=errors-only']);
  remember(wanted);
}

function hashOfPackages() {
  const files = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json', ...members.map((m) => `${m}/package.json`)];
  return hashOf(files.map((file) => join(root, file)));
}

function hashOfSources() {
  const files = [join(root, 'tsconfig.base.json'), join(root, 'turbo.json')];
  for (const member of members) {
    files.push(join(root, member, 'tsconfig.json'));
    const source = join(root, member, 'src');
    if (!existsSync(source)) continue;
    for (const entry of readdirSync(source, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) files.push(join(entry.parentPath, entry.name));
    }
  }
  return hashOf(files);
}

function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files.filter(existsSync).sort()) hash.update(file).update('\0').update(readFileSync(file));
  return hash.digest('hex');
}

function isBuilt() {
  return members.every((m) => !existsSync(join(root, m, 'src')) || existsSync(join(root, m, 'dist')));
}

async function step(title, command, args) {
  const startedAt = Date.now();
  const seconds = (digits) => `${((Date.now() - startedAt) / 1000).toFixed(digits)} s`;
  const path = `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH}`;
  const env = { ...process.env, PATH: path, TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1' };
  const windows = process.platform === 'win32';
  const child = spawn(command, args, { cwd: root, env, shell: windows, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
  process.stderr.write(`${title} … `);
  // The first time takes a minute: whoever looks sees that it goes on.
  const live = process.stderr.isTTY && setInterval(() => process.stderr.write(`\r${title} … ${seconds(0)}`), 1_000);
  const problem = await new Promise((resolve) => {
    child.once('error', resolve);
    child.once('close', (status) => resolve(status === 0 ? undefined : ''));
  });
  clearInterval(live);
  const start = live ? `\r${title} … ` : '';
  if (problem !== undefined) {
    process.stderr.write(`${start}failed\n`);
    stop(`${said}${problem.message ?? ''}\n${title} failed: ${command} ${args.join(' ')}`);
  }
  process.stderr.write(`${start}${seconds(1)}\n`);
}

function remember(stamp) {
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, JSON.stringify(stamp));
}

function stop(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
