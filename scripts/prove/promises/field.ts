// What holds in text fields that are shared with their users.

import type { Counts, Proof } from '../proof.ts';

/** In the order of the page. */
export const fieldProofs = ({ property, recorded, runs, seed }: Counts): Proof[] => [
  {
    promise:
      'Whatever the user types between, before, after or inside: no character of theirs is lost, a segment is draft or refined, never a mixture',
    project: 'sink-desktop',
    files: 'own',
    env: property,
    count: `${runs} interleavings a property`,
  },
  {
    promise: 'Changes of a text compose, invert and map over each other by their laws, in every unit',
    project: 'field',
    files: 'changes',
    env: property,
    count: `${runs} cases a law`,
  },
  {
    promise:
      'One to three keystrokes, deletions or selections between the calls of one replacement lose nothing of the user’s and leave no text half old, half new',
    project: 'field',
    files: 'races',
    env: property,
    count: `${runs} races a kind`,
  },
  {
    promise: 'The same over the accessibility bus, with fields that tell their changes too early',
    project: 'sink-desktop',
    files: 'races',
    env: property,
    count: `${runs} races a kind`,
  },
  {
    promise: 'The same in real windows, with a second user who types while texts are replaced',
    project: 'sink-desktop',
    files: 'test/rounds',
    env: { VOICEINPUT_DESK_ROUNDS: '200', VOICEINPUT_DESK_SEED: seed, VOICEINPUT_DESK_RECORD: recorded },
    count: '200 rounds a target, see below',
  },
  {
    promise: 'The same on Wayland (sway), through accessibility alone, and through the input method of the seat',
    project: 'sink-desktop',
    files: 'wayland/rounds',
    env: { VOICEINPUT_DESK_ROUNDS: '200', VOICEINPUT_DESK_SEED: seed, VOICEINPUT_DESK_RECORD: recorded },
    count: '200 rounds a target, see below',
  },
  {
    promise: 'The same on GNOME (its shell without a screen, with ibus), through accessibility alone',
    project: 'sink-desktop',
    files: 'gnome/rounds',
    env: { VOICEINPUT_DESK_ROUNDS: '200', VOICEINPUT_DESK_SEED: seed, VOICEINPUT_DESK_RECORD: recorded },
    count: '200 rounds a target, see below',
  },
  {
    promise: 'The same on KWin, the compositor of KDE, without a screen, through accessibility alone',
    project: 'sink-desktop',
    files: 'kwin/rounds',
    env: { VOICEINPUT_DESK_ROUNDS: '200', VOICEINPUT_DESK_SEED: seed, VOICEINPUT_DESK_RECORD: recorded },
    count: '200 rounds a target, see below',
  },
  {
    promise:
      'The daemon is killed or stands still while it is the input method of the seat (sway, Chromium): no key is lost, no text is half, the seat is free',
    project: 'sink-desktop',
    files: 'wayland/killed',
    env: { ...property, VOICEINPUT_KILL_ROUNDS: '25' },
    count: '25 ends of each kind, at seeded instants',
  },
  {
    promise:
      'Whoever is killed in the middle of an edit, daemon or application: the text is draft or refined, no key stays changed or held',
    project: 'sink-desktop',
    files: 'test/killed',
    env: { ...property, VOICEINPUT_KILL_ROUNDS: '40' },
    count: '40 kills a way of writing and 40 of the application, at seeded instants',
  },
  {
    promise:
      'Whenever the user types or erases while a text is changed by the input method, every key stands where it was typed',
    project: 'desktop',
    files: 'input-method/typing',
    env: { ...property, VOICEINPUT_PROPERTY_RUNS: '2000' },
    count: '2000 sequences of keys a way',
  },
  {
    promise: 'The same in real windows through ibus, with a second user who types while texts are replaced',
    project: 'sink-desktop',
    files: 'input-method/rounds',
    env: { VOICEINPUT_DESK_ROUNDS: '50', VOICEINPUT_DESK_SEED: seed, VOICEINPUT_DESK_RECORD: recorded },
    count: '50 rounds a target, see below',
  },
  {
    promise:
      'Daemon or input method are killed or stand still while they have the keyboard: no key is lost, no text is half, the user’s own input method is back',
    project: 'sink-desktop',
    files: 'input-method/killed',
    env: { ...property, VOICEINPUT_KILL_ROUNDS: '25' },
    count: '25 ends of each kind, at seeded instants',
  },
];
