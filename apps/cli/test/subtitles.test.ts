import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lintSubtitles } from '@voiceinput/rig/subtitles';
import { testUnless } from '@voiceinput/rig/unless';
import sourceFile from '@voiceinput/source-file';
import { never } from '@voiceinput/testkit';
import { expect, test } from 'vitest';
import { voiceinput } from './voiceinput/run.ts';
import { fixture, ownFolder, withModels } from './voiceinput/scene.ts';

withModels();
const folder = ownFolder();

const EVALUATION = process.env['VOICEINPUT_EVAL_DIR'];
const MINUTES = Number(process.env['VOICEINPUT_SUBTITLES_MINUTES'] ?? 4);
/** Of cues without room to do better. Fast speakers with few pauses leave some. */
const MOST_HURRIED = 0.06;

test('subtitles of a recording keep the rules of style guides', async () => {
  check(await subtitlesOf(createReadStream(fixture('long.flac'))));
});

testUnless(EVALUATION === undefined ? 'VOICEINPUT_EVAL_DIR names no recordings.' : undefined)(
  `subtitles of ${MINUTES} minutes of real speech keep them too`,
  { timeout: MINUTES * 300_000 },
  async () => check(await subtitlesOf(joined(EVALUATION!, MINUTES * 60), '--raw')),
);

async function subtitlesOf(stdin: AsyncIterable<Uint8Array>, ...options: readonly string[]): Promise<string> {
  const run = await voiceinput(['transcribe', '-', '--format', 'srt', '--no-hybrid', ...options], { folder, stdin });
  expect(run).toMatchObject({ exitCode: 0 });
  return run.stdout;
}

function check(srt: string): void {
  const cues = srt.trimEnd().split('\n\n').length;
  const complaints = lintSubtitles(srt);
  const hurried = complaints.filter(({ unavoidable }) => unavoidable);
  process.stdout.write(`subtitles: ${cues} cues, ${hurried.length} without room to be read in time\n`);
  expect(complaints.filter(({ unavoidable }) => !unavoidable)).toEqual([]);
  expect(hurried.length, JSON.stringify(hurried)).toBeLessThanOrEqual(Math.ceil(cues * MOST_HURRIED));
}

/** English recordings one behind the other, with pauses, as raw samples; anew from the first where they are too few. */
async function* joined(evaluation: string, seconds: number): AsyncGenerator<Uint8Array> {
  const clips = readFileSync(join(evaluation, 'speech', 'manifest.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { audio: string; language: string })
    .filter(({ language }) => language === 'en');
  let samplesLeft = seconds * 16_000;
  for (let index = 0; samplesLeft > 0; index = (index + 1) % clips.length) {
    const context = {
      pluginId: 'source-file',
      models: { locate: neverAsked },
      prepare: neverAsked,
      log: () => undefined,
      warn: () => undefined,
    };
    const path = join(evaluation, 'speech', clips[index]!.audio);
    const source = await sourceFile.create({ path }, context, never);
    for await (const { samples } of source.frames(never)) {
      samplesLeft -= samples.length;
      yield Buffer.from(
        Int16Array.from(samples, (sample) => Math.max(-32_768, Math.min(32_767, sample * 32_768))).buffer,
      );
    }
    await source.close();
    yield new Uint8Array(((300 + (index % 5) * 200) * 16_000 * 2) / 1_000);
  }
}

const neverAsked = (): Promise<never> => Promise.reject(new Error('no models here'));
