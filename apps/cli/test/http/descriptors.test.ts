import { expect, test } from 'vitest';
import { affordableConnections, connectionsWithin } from '../../src/http/descriptors.ts';

test.each([
  [256, 64],
  [128, 16],
  [1_024, 832],
  [1_048_576, 2_000],
  [Infinity, 2_000],
])('with %i open files there may be %i connections', (openFiles, connections) => {
  expect(connectionsWithin(openFiles, 2_000)).toBe(connections);
});

test('this process can afford some', async () => {
  expect(await affordableConnections(10)).toBe(10);
});
