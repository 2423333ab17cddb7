// Which profile a dictation is read with when keys have profiles of their own.

import type { Profile } from '@voiceinput/engine';
import { expect, test } from 'vitest';
import { createProfileChoice } from '../../../src/serve/open/profile-choice.ts';

/** What is used now, with what clients are told. */
function open() {
  const named = (name: string, hybrid = true) => ({ name, hybrid }) as Profile;
  const base = { profile: named('default') };
  const told: string[] = [];
  const now = { profile: base.profile } as { profile: Profile; engine: never };
  const engines = { now, use: (profile: Profile) => void (now.profile = profile) };
  const choose = createProfileChoice({
    engines,
    inForce: { base: base as never, profileNamed: (name) => named(name) },
    broadcast: { emit: (event) => void told.push(String(event['profile'])) },
  });
  return { choose, told, now, base, named };
}

test('the key without a profile goes back to the one that was set', () => {
  const { choose, told, now, named } = open();
  now.profile = named('chosen', false);
  choose('russian');
  choose('russian');
  choose('quick');
  expect(now.profile.name).toBe('quick');
  choose(undefined);
  expect(now.profile).toEqual(named('chosen', false));
  choose(undefined);
  expect(told).toEqual(['russian', 'quick', 'chosen']);
});

test('what is set meanwhile counts', () => {
  const { choose, now, named } = open();
  choose('russian');
  now.profile = named('set by hand');
  choose(undefined);
  expect(now.profile.name).toBe('set by hand');
});

test('so do settings that were read anew meanwhile', () => {
  const { choose, now, base, named } = open();
  choose('russian');
  now.profile = named('russian');
  base.profile = named('the new default');
  choose(undefined);
  expect(now.profile.name).toBe('the new default');
});
