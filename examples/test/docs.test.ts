// Shows that what the documentation takes from the code is what the code says.

import { join } from 'node:path';
import { expect, test } from 'vitest';
import { examples, node } from './run.ts';

test('the documentation is in step with the code', async () => {
  const { exitCode, stderr } = await node(
    ['--import', 'jiti/register', join('scripts', 'docs.ts'), '--check'],
    join(examples, '..'),
  );
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
}, 60_000);
