// Whether programs that were written for OpenAI's own server work with this one as they are.

import { createOpenAI } from '@ai-sdk/openai';
import { missingPrograms } from '@voiceinput/rig/programs';
import { describeUnless } from '@voiceinput/rig/unless';
import { experimental_transcribe } from 'ai';
import { execFile, execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDaemon } from '../daemon/daemon.ts';
import type { Daemon } from '../daemon/daemon.ts';
import { fixture, ownFolder, withModels } from '../voiceinput/scene.ts';

withModels();
const run = promisify(execFile);
const SAID = 'The brown fox waits by the river.';
const folder = ownFolder();
const audio = join(folder, 'note.wav');
const noAudio = join(folder, 'letter.wav');
let daemon: Daemon;
let env: Readonly<Record<string, string>>;
beforeAll(async () => {
  copyFileSync(fixture('formats/s16.wav'), audio);
  writeFileSync(noAudio, 'nothing to hear');
  daemon = await startDaemon({ folder, args: ['--http', '--port', '0'] });
  const client = await daemon.connect();
  const { http } = await client.call('status', {});
  client.close();
  env = { OPENAI_BASE_URL: http!.url, OPENAI_API_KEY: readFileSync(http!.tokenFile, 'utf8').trim() };
});
afterAll(async () => {
  daemon.child.kill('SIGTERM');
  await daemon.ended;
});

describe('the AI SDK', () => {
  const transcribe = (model: string, openai: Record<string, string | number | string[]>) => {
    const provider = createOpenAI({ baseURL: `${env['OPENAI_BASE_URL']}/`, apiKey: env['OPENAI_API_KEY']! });
    return experimental_transcribe({
      model: provider.transcription(model),
      audio: readFileSync(audio),
      providerOptions: { openai },
      maxRetries: 0,
    });
  };

  test.each([
    ['whisper-1', {}],
    ['whisper-1', { language: 'en' }],
    ['whisper-1', { prompt: 'fox', temperature: 0.2, include: ['logprobs'] }],
    ['voiceinput', { timestampGranularities: ['segment'] }],
    // It asks for times here that this format has no place for.
    ['gpt-4o-mini-transcribe', { languages: ['en', 'de'], keywords: ['fox'] }],
  ])('with %s and %o', async (model, options) => {
    expect(await transcribe(model, options)).toMatchObject({ text: SAID, durationInSeconds: expect.any(Number) });
  });

  test('gets words, language and duration', async () => {
    const { segments, language, durationInSeconds } = await transcribe('whisper-1', {
      timestampGranularities: ['word'],
    });
    expect(segments.map(({ text }) => text)).toEqual(SAID.split(' '));
    expect(segments[0]!.startSecond).toBeLessThan(segments[0]!.endSecond);
    expect([language, durationInSeconds]).toEqual(['en', 2.665]);
  });
});

describe('in Python', () => {
  const missing = (...modules: string[]): string | undefined => {
    try {
      execFileSync('python3', ['-c', `import ${modules.join(', ')}`], { stdio: 'ignore' });
      return undefined;
    } catch {
      return `Install what brings ${modules.join(' and ')} (pip).`;
    }
  };

  async function python(program: string, ...args: string[]): Promise<unknown> {
    const path = join(import.meta.dirname, 'clients', program);
    const { stdout } = await run('python3', [path, ...args], { env: { ...process.env, ...env } });
    return JSON.parse(stdout.trim().split('\n').at(-1)!);
  }

  test('openai gets all that it can ask for', async ({ skip }) => {
    const why = missing('openai');
    if (why !== undefined) skip(why);
    expect(await python('openai_client.py', audio, noAudio)).toMatchObject({
      json: SAID,
      text: `${SAID}\n`,
      srt: expect.stringMatching(/^1\n00:00:00,\d{3} --> /),
      vtt: expect.stringMatching(/^WEBVTT\n\n00:00:00\.\d{3} --> /),
      verbose: {
        language: 'english',
        text: SAID,
        segments: [
          {
            id: 0,
            text: SAID,
            tokens: expect.arrayContaining([expect.any(Number)]),
            avg_logprob: expect.toSatisfy((value: number) => value < 0 && value > -1),
            no_speech_prob: 0,
            compression_ratio: expect.any(Number),
          },
        ],
        words: SAID.split(' ').map((word) => ({ word, start: expect.any(Number), end: expect.any(Number) })),
      },
      events: expect.arrayContaining(['transcript.text.delta', 'transcript.text.done']),
      streamed: SAID,
      async: SAID,
      odd: SAID,
      models: ['voiceinput', 'default'],
      refusals: {
        model: ['NotFoundError', 404, 'ERR_MODEL_UNKNOWN', 'model'],
        format: ['BadRequestError', 400, 'ERR_REQUEST_INVALID', 'response_format'],
        audio: ['BadRequestError', 400, 'ERR_AUDIO_FORMAT', null],
      },
    });
  });

  test('LangChain loads a recording', async ({ skip }) => {
    const why = missingPrograms('ffmpeg') ?? missing('langchain_community', 'pydub', 'openai');
    if (why !== undefined) skip(why);
    expect(await python('langchain_client.py', audio)).toEqual([SAID]);
  });
});

describeUnless(missingPrograms('curl'))('curl, as people type it', () => {
  const asked = [
    '-F file=@note.wav -F model=whisper-1',
    '-F model=whisper-1 -F "file=@note.wav;type=audio/wav" -F language= -F temperature=0.2',
    '-X POST -H "Content-Type: multipart/form-data" --form file=@"note.wav" --form model="whisper-1" --form language=English',
    '-F file=@- -F model=whisper-1 <note.wav',
    '-H "Expect: 100-continue" -F "file=@note.wav;filename=" -F vad_filter=true',
    '--http1.0 -F file=@note.wav',
    '-H "Transfer-Encoding: chunked" -F file=@note.wav',
    '-F file=@note.wav -F response_format=verbose_json -F "timestamp_granularities[]=word"',
  ];

  test.each(asked)('%s', async (args) => {
    const answer = JSON.parse(await curl(args, '/audio/transcriptions')) as { text: string };
    expect(answer.text).toBe(SAID);
  });

  test('with the body alone, a forgotten @ or a wrong address, it is told what is right', async () => {
    const multipart = await curl('--data-binary @note.wav -H "Content-Type: audio/wav"', '/audio/transcriptions');
    expect(multipart).toMatch(/multipart\/form-data.*-F file=@/);
    expect(await curl('-F file=note.wav', '/audio/transcriptions')).toContain('-F file=@note.wav');
    expect(await curl('-F file=@note.wav', '/transcribe')).toContain('POST /v1/audio/transcriptions');
  });

  async function curl(args: string, path: string): Promise<string> {
    const script = `curl -sS "$OPENAI_BASE_URL${path}" -H "Authorization: Bearer $OPENAI_API_KEY" ${args}`;
    return (await run('sh', ['-c', script], { cwd: folder, env: { ...process.env, ...env } })).stdout;
  }
});
