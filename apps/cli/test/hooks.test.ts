import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { VoiceInputError } from '@voiceinput/plugin-api';
import { afterAll, describe, expect, test } from 'vitest';
import { createHooks } from '../src/hooks/hooks.ts';
import { tones } from '../src/cues/tone.ts';

const folder = mkdtempSync(join(tmpdir(), 'voiceinput-hooks-'));
afterAll(() => rmSync(folder, { recursive: true }));
const save = `const fs = require('node:fs'); const { VOICEINPUT_STAGE: s, VOICEINPUT_SESSION: i, VOICEINPUT_SEGMENT: g } = process.env; fs.appendFileSync(process.argv[1], [s, i, g, fs.readFileSync(0, 'utf8')].join(' ') + '\\n')`;
const about = { sessionId: 'one', segmentId: 'segment-1' };

function open(commands: { draft?: string[]; refined?: string[] }) {
  const warnings: VoiceInputError[] = [];
  const hooks = createHooks({ commandFor: (stage) => commands[stage] ?? [], warn: (error) => warnings.push(error) });
  return { hooks, warnings };
}

describe('hooks', () => {
  test('get draft and refined text in order, each with its stage', async () => {
    const file = join(folder, 'both');
    const command = [process.execPath, '-e', save, file];
    const { hooks, warnings } = open({ draft: command, refined: command });
    hooks.tell({ ...about, stage: 'draft', text: 'I red it.' });
    hooks.tell({ ...about, stage: 'refined', text: 'I read it.' });
    await hooks.close();
    expect(readFileSync(file, 'utf8')).toBe('draft one segment-1 I red it.\nrefined one segment-1 I read it.\n');
    expect(warnings).toEqual([]);
  });

  test('that fail are told of and cost nothing else', async () => {
    const file = join(folder, 'after');
    const { hooks, warnings } = open({
      draft: ['/no/such/program'],
      refined: [process.execPath, '-e', save, file],
    });
    hooks.tell({ ...about, stage: 'draft', text: 'Hello.' });
    hooks.tell({ ...about, stage: 'refined', text: 'Hello!' });
    await hooks.close();
    expect(warnings).toMatchObject([{ code: 'ERR_COMMAND_FAILED', message: expect.stringMatching(/cannot be run/) }]);
    expect(readFileSync(file, 'utf8')).toMatch(/Hello!/);
  });

  test('that cannot even be tried are told of and cost nothing else', async () => {
    const file = join(folder, 'tried');
    const { hooks, warnings } = open({ draft: [''], refined: [process.execPath, '-e', save, file] });
    hooks.tell({ ...about, stage: 'draft', text: 'Hello.' });
    hooks.tell({ ...about, stage: 'refined', text: 'Hello!' });
    await hooks.close();
    expect(warnings).toMatchObject([{ code: 'ERR_COMMAND_FAILED', message: expect.stringMatching(/cannot be run/) }]);
    expect(readFileSync(file, 'utf8')).toMatch(/Hello!/);
  });

  test.skipIf(process.platform === 'win32')(
    'that leave something running hold up nobody',
    async () => {
      const { hooks, warnings } = open({ draft: ['sh', '-c', 'sleep 20 & exit 0'], refined: ['sh', '-c', 'exit 3'] });
      hooks.tell({ ...about, stage: 'draft', text: 'Hello.' });
      hooks.tell({ ...about, stage: 'refined', text: 'Hello!' });
      await hooks.close();
      expect(warnings).toMatchObject([{ message: expect.stringMatching(/exit code 3/) }]);
    },
    10_000,
  );

  test('that pile up are dropped, and that is told', async () => {
    const { hooks, warnings } = open({ draft: [process.execPath, '-e', '0'] });
    for (let index = 0; index < 70; index += 1) hooks.tell({ ...about, stage: 'draft', text: 'x' });
    expect(warnings.map(({ message }) => message)).toEqual(
      Array.from({ length: 6 }, () => expect.stringMatching(/64 others wait/)),
    );
    await hooks.close();
  });
});

test('a cue is a short and quiet WAV file', () => {
  const wav = tones([660, 880]);
  expect(wav.toString('latin1', 0, 4)).toBe('RIFF');
  expect(wav.readUInt32LE(4)).toBe(wav.length - 8);
  const seconds = wav.readUInt32LE(40) / wav.readUInt32LE(28);
  expect(seconds).toBeLessThan(0.12);
  const samples = new Int16Array(wav.buffer.slice(wav.byteOffset + 44, wav.byteOffset + wav.length));
  const loudest = Math.max(...samples.map(Math.abs));
  expect(loudest).toBeGreaterThan(1_000);
  expect(loudest).toBeLessThan(6_000);
});
