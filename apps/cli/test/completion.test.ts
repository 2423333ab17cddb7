import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { missingPrograms } from '@voiceinput/rig/programs';
import { describeUnless } from '@voiceinput/rig/unless';
import { beforeAll, describe, expect, test } from 'vitest';
import { placesOf } from '../src/completion/tree.ts';
import { createProgram } from '../src/program/program.ts';
import { nowhere, startDaemon } from './daemon/daemon.ts';
import { countingIn } from './voiceinput/counting.ts';
import { voiceinput } from './voiceinput/here.ts';
import { ownFolder, withModels } from './voiceinput/scene.ts';

withModels();
const folder = ownFolder();
const env = { VOICEINPUT_RUNTIME_DIR: join(folder, 'run') };
const EVIL = '$(touch evil)`touch evil`';

beforeAll(async () => {
  mkdirSync(join(folder, 'voiceinput'));
  writeFileSync(join(folder, 'a song.wav'), '');
  // A stranger's folder may hold one, too.
  writeFileSync(join(folder, 'voiceinput.json'), JSON.stringify({ profiles: { quick: {}, [EVIL]: {} } }));
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { stdout, stderr, exitCode } = await voiceinput(['completion', shell], { folder });
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    writeFileSync(join(folder, `completion.${shell}`), stdout);
  }
});

async function saidBy(program: string, args: readonly string[]): Promise<string[]> {
  const { stdout } = await promisify(execFile)(program, args, {
    cwd: folder,
    env: { ...process.env, ...env, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder },
    timeout: 60_000,
  });
  return stdout.split('\n').filter((line) => line !== '');
}

/** What each shell offers after these words; the last one is being typed. */
const offers = {
  bash: (words: readonly string[]): Promise<string[]> =>
    saidBy('bash', [
      '-c',
      'source completion.bash; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _voiceinput; printf "%s\\n" "${COMPREPLY[@]}"',
      'bash',
      'voiceinput',
      ...words,
    ]),
  fish: async (words: readonly string[]): Promise<string[]> => {
    const line = ['voiceinput', ...words].join(' ');
    const said = await saidBy('fish', ['-c', 'source completion.fish; complete -C $argv[1]', line]);
    return said.map((offer) => offer.split('\t')[0]!);
  },
};

describe.each(['bash', 'fish'] as const)('%s', (shell) => {
  const missing = missingPrograms(shell);
  const after = (...words: string[]): Promise<string[]> => offers[shell](words);

  describeUnless(missing)('completes', () => {
    test('commands', async () => {
      expect(await after('trans')).toEqual(['transcribe']);
      expect((await after('models', '')).toSorted()).toEqual(
        ['compare', 'export', 'help', 'import', 'list', 'pull', 'remove', 'verify'].toSorted(),
      );
      expect(await after('history', 're')).toEqual(expect.arrayContaining(['remove', 'retry']));
    });

    test('options, and what they take', async () => {
      expect(await after('models', 'pull', '--f')).toEqual(['--force']);
      expect(await after('transcribe', '--format', 's')).toEqual(['srt']);
      expect(await after('set-for-now', '--hybrid', '')).toEqual(expect.arrayContaining(['on', 'off']));
      expect(await after('models', 'remove', '--force', '')).not.toContain('text');
    });

    test('files, whatever their names', async () => {
      const [file] = await after('transcribe', '--json', shell === 'bash' ? 'a s' : 'a\\ s');
      expect(file?.replaceAll('\\', '')).toBe('a song.wav');
    });

    test('names: models, profiles, plugins, shells', async () => {
      expect((await after('models', 'remove', '')).toSorted()).toEqual(
        expect.arrayContaining(['moonshine-tiny-en', 'silero-vad-v6']),
      );
      expect(await after('config', 'show', '--profile', 'q')).toEqual(['quick']);
      expect(await after('plugins', 'list', 'sink-j')).toEqual(['sink-json']);
      expect(await after('plugins', 'run', '')).toEqual(['post-replacements']);
      expect((await after('completion', '')).toSorted()).toEqual(['bash', 'fish', 'zsh']);
    });

    test('names without running what stands in them', async () => {
      expect(await after('config', 'show', '--profile', '')).toHaveLength(3);
      expect(existsSync(join(folder, 'evil'))).toBe(false);
    });

    test('nothing of the history where no daemon runs, and starts none', async () => {
      const offered = await after('history', 'show', '');
      expect(offered.filter((offer) => /^\d/.test(offer))).toEqual([]);
      expect(existsSync(env.VOICEINPUT_RUNTIME_DIR)).toBe(false);
    });
  });
});

describeUnless(missingPrograms('bash'))('bash', () => {
  const places = placesOf(createProgram('0', async () => undefined));

  test('knows every command and every option', async () => {
    expect(places.length).toBeGreaterThan(40);
    for (const { path, commands, options } of places) {
      const words = path === '' ? [] : path.split(' ');
      const flags = options.flatMap((option) => option.flags);
      expect(await offers.bash([...words, '-']), path).toEqual(flags);
      const offered = commands.length === 0 ? [] : await offers.bash([...words, '']);
      expect(offered, path).toEqual(expect.arrayContaining(commands.map(({ name }) => name)));
    }
  });

  test('takes the value after an equals sign, as it splits words', async () => {
    expect(await offers.bash(['transcribe', '--format', '=', 'v'])).toEqual(['vtt']);
    expect(await offers.bash(['transcribe', '--format', '='])).toHaveLength(4);
  });
});

describeUnless(missingPrograms('zsh'))('zsh', () => {
  /** An interactive shell of its own: types each line and a tab, and prints what stands there then. */
  const TYPIST = `
    zmodload zsh/zpty
    zpty -b shell zsh -f -i
    zpty -w shell 'PROMPT= RPROMPT=; unsetopt zle_bracketed_paste; stty -echo; autoload -Uz compinit; compinit -u -D'
    zpty -w shell 'source completion.zsh; show() { print -r -- "<<$BUFFER>>"; BUFFER=; zle redisplay }; zle -N show'
    zpty -w shell "bindkey '^X' show; print REA''DY"
    zpty -r shell out '*READY*'
    for line in "$@"; do
      zpty -w -n shell "$line"$'\\t\\x18'
      zpty -r shell out '*<<*>>*'
      print -r -- "\${\${out#*<<}%%>>*}"
    done
    zpty -d shell`;

  test('completes commands, options, what they take, and names', async () => {
    const typed = {
      'voiceinput trans': 'voiceinput transcribe ',
      'voiceinput models pu': 'voiceinput models pull ',
      'voiceinput models pull --fo': 'voiceinput models pull --force ',
      'voiceinput transcribe --format js': 'voiceinput transcribe --format json ',
      'voiceinput transcribe --format=js': 'voiceinput transcribe --format=json ',
      'voiceinput transcribe a': 'voiceinput transcribe a\\ song.wav ',
      'voiceinput models remove sil': 'voiceinput models remove silero-vad-v6 ',
      'voiceinput config show --profile qu': 'voiceinput config show --profile quick ',
      'voiceinput completion z': 'voiceinput completion zsh ',
    };
    const said = await saidBy('zsh', ['-f', '-c', TYPIST, 'zsh', ...Object.keys(typed)]);
    expect(said).toEqual(Object.values(typed));
    expect(existsSync(join(folder, 'evil'))).toBe(false);
  });
});

test('ids of dictations are those that the daemon has', async () => {
  const daemon = await startDaemon({ folder, env, config: countingIn(folder), dictation: { sink: nowhere } });
  const client = await daemon.connect();
  const { sessionId } = await client.call('start', {});
  await client.call('stop', {});
  await client.call('result', { sessionId });
  const asked = await voiceinput(['completion-values', 'history'], { folder, env });
  client.close();
  daemon.child.kill('SIGTERM');
  await daemon.ended;
  expect(asked).toEqual({ stdout: `${sessionId}\n`, stderr: '', exitCode: 0 });
});

test('a shell that is not known is told which are', async () => {
  const { stderr, exitCode } = await voiceinput(['completion', 'tcsh'], { folder });
  expect(stderr).toMatch(/bash, zsh, fish/);
  expect(exitCode).toBe(2);
});
