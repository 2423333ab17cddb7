import type { Phase } from '@voiceinput/client';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { nothingKnown, signOf, withView } from '../src/state/known.ts';
import { createRoom } from '../src/state/room.ts';

describe('what was shown long enough', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test.each([
    ['draft', 'idle'],
    ['refined', 'idle'],
    ['no-speech', 'idle'],
    ['offered', 'offered'],
    ['error', 'error'],
    ['listening', 'listening'],
    ['refining', 'refining'],
  ] as const satisfies [Phase, Phase][])('%s becomes %s', (phase, later) => {
    const room = createRoom(nothingKnown, () => undefined);
    room.change((known) => withView(known, { ...known.view, connected: true, phase }));
    expect(signOf(room.known)).toBe(phase);
    vi.advanceTimersByTime(60_000);
    expect(signOf(room.known)).toBe(later);
    room.close();
  });
});
