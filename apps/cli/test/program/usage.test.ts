import { existsSync, readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { exitCodes } from '@voiceinput/plugin-api';
import { createProgram } from '../../src/program/program.ts';
import { voiceinput } from '../voiceinput/here.ts';
import { lines, voiceinput as inOwnProcess } from '../voiceinput/run.ts';
import { ownFolder } from '../voiceinput/scene.ts';
import { wordsOf } from './words.ts';

const folder = ownFolder();

describe('help', () => {
  const program = createProgram('0', async () => undefined);
  const visible = (parent: Command): readonly Command[] => parent.createHelp().visibleCommands(parent);
  const commands = visible(program).flatMap((command) => [
    [command.name()],
    ...visible(command)
      .filter((one) => one.name() !== 'help')
      .map((one) => [command.name(), one.name()]),
  ]);

  test.each(commands.map((words) => words.join(' ')))('of %s has examples that are understood', async (words) => {
    const help = await helpOf([...words.split(' '), '--help']);
    const examples = [...help.matchAll(/^ {2}(?:echo .* \| )?voiceinput ?(?<line>.*)$/gm)].map(
      (match) => match.groups!['line']!,
    );
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) {
      expect(example.split(' ')[0]).toBe(words.split(' ')[0]);
      await expect(understood(wordsOf(example))).resolves.toBe(true);
    }
  });

  test('of the whole names every command and every exit code', async () => {
    const help = await helpOf(['--help']);
    for (const [word] of commands) expect(help).toMatch(new RegExp(`^ {2}${word} `, 'm'));
    for (const [code, meaning] of Object.entries(exitCodes)) expect(help).toContain(`${code}  ${meaning}`);
  });

  test('lists commands in one style: no sentences', () => {
    const program = createProgram('0', async () => undefined);
    const listed = [program, ...program.commands].flatMap((group) => group.createHelp().visibleCommands(group));
    const does = listed.map((command) => command.summary() || command.description());
    expect(does.length).toBeGreaterThan(30);
    expect(does.filter((line) => !/^\p{Ll}.*[^.]$/u.test(line))).toEqual([]);
  });

  test('comes for "help"; what to do next comes without arguments; neither is a failure', async () => {
    const [bare, asked] = await Promise.all([voiceinput([], { folder }), voiceinput(['help', 'models'], { folder })]);
    expect(bare).toMatchObject({
      stderr: '',
      exitCode: 0,
      stdout: expect.stringMatching(/^VoiceInput \d[^]*voiceinput demo[^]*voiceinput --help/),
    });
    expect(asked).toMatchObject({
      stderr: '',
      exitCode: 0,
      stdout: expect.stringMatching(/^Usage: voiceinput models/),
    });
  });

  test('--version is that of the package', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      version: string;
    };
    expect(await inOwnProcess(['--version'], { folder })).toEqual({ stdout: `${version}\n`, stderr: '', exitCode: 0 });
  });
});

describe('output that cannot be written', () => {
  test('to a full disk is told, by every command', async ({ skip }) => {
    if (!existsSync('/dev/full')) skip('There is no /dev/full.');
    const toFullDisk = ['sh', '-c', 'exec "$@" > /dev/full', 'sh'];
    const run = await inOwnProcess(['plugins', '--json'], { folder, within: toFullDisk });
    expect(lines(run.stderr)).toMatchObject([{ code: 'ERR_OUTPUT', message: expect.stringContaining('ENOSPC') }]);
    expect(run.exitCode).toBe(8);
  });

  test.skipIf(process.platform === 'win32')('to somebody who went away is no reason to talk', async () => {
    const toNobody = ['sh', '-c', '"$@" | true; echo', 'sh'];
    const run = await inOwnProcess(['config', 'schema'], { folder, within: toNobody });
    expect(run.stderr).toBe('');
  });
});

describe('what is not understood', () => {
  test.each([
    [['transcrib'], /unknown command 'transcrib'.*transcribe/],
    [['models', 'lst'], /Unknown command "models lst"[^]*models list/],
    [['transcribe', 'a.wav', '--formt', 'srt'], /unknown option '--formt'.*--format/],
    [['transcribe', 'a.wav', '--format', 'xml'], /xml.*text, json, srt, vtt/],
    [['completion', 'tcsh'], /^error: there is no shell 'tcsh'\. Allowed choices are bash, zsh, fish\./],
    [
      ['plugins', 'run', 'post-replacements', 'try'],
      /try: "text" is missing\..*\n.*voiceinput plugins run post-replacements try --set text=…/,
    ],
    [['plugins', 'run', 'post-replacements', 'try', '--set', 'txt=a'], /nearest known key is "text".*\n.*--set text=…/],
    [['transcribe'], /missing required argument 'file'/],
    [['transcribe', '-', 'a.wav', '-'], /Standard input can be read only once/],
    [['transcribe', 'https://example.org/a.wav'], /is an address; expected files.*\n.*curl -L ADDRESS \|/],
    [['transcribe', 'file:///tmp/a.wav'], /is an address; expected files.*\n.*path/],
  ])('%j', async (args, message) => {
    const run = await voiceinput(args, { folder });
    expect(run).toMatchObject({ stdout: '', exitCode: 2, stderr: expect.stringMatching(message) });
    expect(run.stderr).toMatch(/^error: .* \[ERR_USAGE\]\n {2}\S.*\n$/);
  });

  test('is told as JSON where JSON was asked for', async () => {
    const run = await voiceinput(['transcribe', '--nonsense', '-f', 'json'], { folder });
    expect(lines(run.stderr)).toEqual([
      { type: 'error', code: 'ERR_USAGE', message: expect.stringContaining('--nonsense'), hint: expect.any(String) },
    ]);
    expect(run.exitCode).toBe(2);
  });
});

async function helpOf(args: readonly string[]): Promise<string> {
  let help = '';
  const program = createProgram('0', async () => undefined);
  const all = [program, ...program.commands, ...program.commands.flatMap(({ commands }) => commands)];
  for (const command of all) command.configureOutput({ writeOut: (text) => void (help += text) });
  await expect(program.parseAsync(args, { from: 'user' })).rejects.toMatchObject({ exitCode: 0 });
  return help;
}

async function understood(args: readonly string[]): Promise<boolean> {
  let ran = false;
  await createProgram('0', async () => void (ran = true)).parseAsync(args, { from: 'user' });
  return ran;
}
