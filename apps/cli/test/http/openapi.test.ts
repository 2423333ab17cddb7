// Whether the description of the API says what the server does.

import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { missingPrograms } from '@voiceinput/rig/programs';
import { describeUnless } from '@voiceinput/rig/unless';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { openApi } from '../../src/http/openapi.ts';
import { createRoutes } from '../../src/http/routes.ts';
import type { RoutesPort } from '../../src/http/routes.ts';
import { ownFolder } from '../voiceinput/scene.ts';
import { ask, formOf, serve, transcribe } from './served.ts';

const EXAMPLES = process.env['VOICEINPUT_OPENAPI_EXAMPLES'] ?? '8';
const SEED = process.env['VOICEINPUT_PROPERTY_SEED'] ?? '20261121';
const METHODS = ['get', 'post', 'put', 'delete', 'patch'];
const described = openApi();
const paths = Object.entries(described.paths).map(([path, item]) => ({
  path,
  methods: METHODS.filter((method) => method in item),
}));

describe('the description', () => {
  test('has every route, and no other', () => {
    const { routes } = createRoutes({} as RoutesPort);
    const served = routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`);
    const told = paths.flatMap(({ path, methods }) =>
      methods.map((method) => `${method.toUpperCase()} ${path.replace('{id}', ':id')}`),
    );
    expect(told.toSorted()).toEqual([...new Set(served)].toSorted());
  });

  test('tells the methods: others are not allowed', async () => {
    const served = await serve();
    for (const { path, methods } of paths)
      for (const method of METHODS.filter((one) => !methods.includes(one))) {
        const { status, headers } = await ask(served, path.replace('{id}', 'voiceinput'), {
          method: method.toUpperCase(),
        });
        expect([path, method, status]).toEqual([path, method, 405]);
        expect(headers.get('allow')).toBe(methods.join().toUpperCase());
      }
  });

  test('tells the form of each answer', async () => {
    const ajv = new Ajv2020({ strict: false }).addSchema({ $id: 'api', components: described.components });
    const isA = (name: string, value: unknown): void => {
      const validate = ajv.getSchema(`api#/components/schemas/${name}`)!;
      const fits = validate(value);
      expect([fits, validate.errors]).toEqual([true, null]);
    };
    const served = await serve();
    const answer = async (asking: Promise<Response>): Promise<unknown> => (await asking).json();
    const verbose = { response_format: 'verbose_json', vad: 'x' };
    isA('Transcription', await answer(transcribe(served, formOf({ user: 'x' }))));
    isA('VerboseTranscription', await answer(transcribe(served, formOf(verbose))));
    const words = formOf({ ...verbose, 'timestamp_granularities[]': 'word' });
    isA('VerboseTranscription', await answer(transcribe(served, words)));
    isA('ModelList', await answer(ask(served, '/v1/models')));
    isA('Model', await answer(ask(served, '/v1/models/quick')));
    isA('Health', await answer(ask(served, '/health')));
    isA('Error', await answer(ask(served, '/v1/models/gpt-9')));
    isA('Error', await answer(transcribe(served, formOf({ language: '?' }))));
    expect(await answer(ask(served, '/openapi.json'))).toEqual(JSON.parse(JSON.stringify(described)));
  });
});

const missing = missingPrograms('schemathesis');
describeUnless(missing)('schemathesis', () => {
  test(`finds nothing with ${EXAMPLES} examples an operation`, { timeout: 3_600_000 }, async () => {
    const served = await serve();
    const file = join(ownFolder(), 'openapi.json');
    writeFileSync(file, JSON.stringify(described));
    // What a valid form is depends on the audio, which no schema describes; unknown fields are warned of, not refused.
    const unfit = 'positive_data_acceptance,negative_data_rejection';
    const args = ['run', file, '--url', served.url, '-H', `Authorization: Bearer ${served.token}`, '--seed', SEED];
    const how = ['--max-examples', EXAMPLES, '--exclude-checks', unfit, '--no-color'];
    const { stdout } = await promisify(execFile)('schemathesis', [...args, ...how], {
      cwd: ownFolder(),
      maxBuffer: 2 ** 26,
    }).catch((error: Error & { stdout: string }) => {
      throw new Error(error.stdout, { cause: error });
    });
    expect(stdout).toMatch(/(?<count>\d+) generated, \k<count> passed/);
    expect(served.uploads()).toEqual([]);
  });
});
