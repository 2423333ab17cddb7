// What `voiceinput uninstall` does: takes what it put on this machine, and of what its user made only what the user says.

import { existsSync } from 'node:fs';
import { readdir, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { runtimeFolder } from '@voiceinput/client';
import { cacheFolder, modelsFolder } from '@voiceinput/models';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { sentencesFor } from '../messages/messages.ts';
import { isTrayInstalled, stopAtLogin } from '../service/login.ts';
import { userConfigurationFile, userDataFolder, userPluginFolder } from '../settings/folders.ts';
import { mainFile } from '../settings/main-file.ts';
import { megabytes } from '../show/bar.ts';
import { createReporter } from '../show/reporter.ts';
import { print } from '../show/table.ts';
import { findDaemon, quitDaemon } from './daemon.ts';
import { endTray } from './end-tray.ts';

/** What stays unless the user says otherwise. */
const KEPT = ['history', 'models', 'settings'] as const;
type Kept = (typeof KEPT)[number];

export interface UninstallOptions {
  readonly json: boolean;
  /** Removed without a question. */
  readonly history: boolean;
  readonly models: boolean;
  readonly settings: boolean;
  /** Nothing is asked: what is not named stays. */
  readonly yes: boolean;
}

/** What a daemon and its tray leave where clients find it. */
const STATE = ['daemon.json', 'daemon.log', 'tray.json', 'cues', 'uploads', 'http.token'];
const HISTORY = ['history', 'recordings', 'clock.json'];

/** Rejects with `ERR_SERVICE`, before anything else is removed, or with `ERR_STORAGE`. */
export async function uninstall(options: UninstallOptions, signal: AbortSignal): Promise<number> {
  const { json } = options;
  const say = sentencesFor();
  const places = await thereOf();
  const wanted = await chosen(options, places, signal);
  if (wanted === undefined) {
    createReporter({ json }).note(say.uninstallLeft);
    return 0;
  }
  const services = await stopAtLogin();
  await endTray(signal);
  const running = await findDaemon(signal).catch(() => undefined);
  running?.close();
  if (running !== undefined) await quitDaemon(signal);
  const removed = [
    ...services.map(({ path }) => path),
    ...(await removeAll(STATE.map((name) => join(runtimeFolder(), name)))),
  ];
  for (const what of wanted) removed.push(...(await removeAll(places[what])));
  for (const folder of [runtimeFolder(), userDataFolder(), cacheFolder(), dirname(userConfigurationFile())])
    await rmdir(folder).catch(() => undefined);
  const stays = KEPT.filter((what) => !wanted.includes(what)).flatMap((what) => places[what]);
  const command = packageCommand();
  const lines = [
    ...removed.map((path) => say.removed(path)),
    ...stays.map((path) => say.stays(path)),
    command === undefined ? say.removeClone(join(dirname(mainFile), '..', '..', '..')) : say.removePackage(command),
  ];
  print(json, { removed, stays, command }, lines.join('\n'));
  return 0;
}

/** What is there of each. */
async function thereOf(): Promise<Readonly<Record<Kept, readonly string[]>>> {
  const inData = await readdir(userDataFolder()).catch(() => []);
  // Copies of a damaged history lie beside it.
  const history = inData.filter((name) =>
    HISTORY.some((own) => name === own || name.startsWith(`${own}.`) || name.startsWith(`${own}-`)),
  );
  const there = (paths: readonly string[]): readonly string[] => paths.filter((path) => existsSync(path));
  return {
    history: history.map((name) => join(userDataFolder(), name)),
    models: there([modelsFolder(cacheFolder())]),
    settings: there([userConfigurationFile(), userPluginFolder()]),
  };
}

/** What shall go. Absent when the user left. */
async function chosen(
  options: UninstallOptions,
  places: Awaited<ReturnType<typeof thereOf>>,
  signal: AbortSignal,
): Promise<readonly Kept[] | undefined> {
  const named = KEPT.filter((what) => options[what]);
  if (options.yes || options.json || named.length > 0) return named;
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    throw new VoiceInputError('ERR_USAGE', 'Nobody can be asked here: this is no terminal.', {
      hint: 'To remove it and keep history, models and settings: voiceinput uninstall --yes',
    });
  }
  const { choose, chooseSome, Left } = await import('../setup/ask.ts');
  const say = sentencesFor();
  const there = KEPT.filter((what) => places[what].length > 0);
  const labels = { history: say.uninstallHistory, models: say.uninstallModels, settings: say.uninstallSettings };
  const option = async (value: Kept) => ({
    value,
    label: `${labels[value]} (${megabytes(await bytesIn(places[value]))} MB)`,
  });
  try {
    if (there.length > 0)
      return await chooseSome(say.askUninstall, await Promise.all(there.map(option)), { initial: [], signal });
    const sure = [
      { value: false, label: say.no },
      { value: true, label: say.yes },
    ];
    return (await choose(say.askUninstallNow, sure, { signal })) ? [] : undefined;
  } catch (error) {
    if (error instanceof Left) return undefined;
    throw error;
  }
}

async function bytesIn(paths: readonly string[]): Promise<number> {
  let bytes = 0;
  for (const path of paths) {
    const stats = await stat(path);
    if (stats.isFile()) bytes += stats.size;
    else if (stats.isDirectory()) bytes += await bytesIn((await readdir(path)).map((name) => join(path, name)));
  }
  return bytes;
}

async function removeAll(paths: readonly string[]): Promise<readonly string[]> {
  const there = paths.filter((path) => existsSync(path));
  for (const path of there) {
    await rm(path, { recursive: true, force: true }).catch((cause: Error) => {
      throw new VoiceInputError('ERR_STORAGE', `${path} cannot be removed: ${cause.message}`, { cause });
    });
  }
  return there;
}

/** What removes the program itself, which cannot do that while it runs. Absent in a clone. */
function packageCommand(): string | undefined {
  if (!mainFile.includes(`${sep}node_modules${sep}`)) return undefined;
  return `npm uninstall -g voiceinput${isTrayInstalled() ? ' @voiceinput/tray' : ''}`;
}
