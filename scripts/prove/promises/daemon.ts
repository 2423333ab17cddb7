// What holds while somebody dictates: doors, microphones, kills, and what is kept.

import type { Counts, Proof } from '../proof.ts';

/** In the order of the page. */
export const daemonProofs = ({ property, rounds, runs, seed }: Counts): Proof[] => [
  {
    promise: 'Whatever frames a stranger sends to the daemon, it refuses or ignores them and stays well',
    project: 'cli',
    files: 'daemon/door',
    env: { ...property, VOICEINPUT_DOOR_FRAMES: rounds },
    count: `${rounds} mutated frames`,
  },
  {
    promise:
      'Doors of one daemon see the same whatever they ask at once, miss no event, and come back when it is killed',
    project: 'cli',
    files: 'daemon/doors',
    env: { VOICEINPUT_PROPERTY_SEED: seed, VOICEINPUT_DOOR_CALLS: '1000' },
    count: '1000 mixed calls',
  },
  {
    promise: 'The guard of a connection passes whole frames however they are cut, and nothing else',
    project: 'client',
    files: 'frames',
    env: property,
    count: `${runs} cuts`,
  },
  {
    promise: 'What is played into a microphone is heard sample by sample, from the first to the last',
    project: 'source-microphone',
    files: 'words',
    env: { VOICEINPUT_MICROPHONE_ROUNDS: '100' },
    count: '100 recordings a recorder',
  },
  {
    promise: 'Short taps, crashes and plugs pulled leave no recorder, zombie or descriptor behind',
    project: 'source-microphone',
    files: 'processes',
    env: { VOICEINPUT_MICROPHONE_ROUNDS: '100' },
    count: '200 taps a recorder',
  },
  {
    promise: 'Short dictations leave memory flat, and no descriptor and no process behind',
    project: 'cli',
    files: 'daemon/soak',
    env: { VOICEINPUT_SOAK_DICTATIONS: '2000' },
    count: '2000 dictations',
    told: /memory: .*/,
  },
  {
    promise: 'A key that sway binds begins a dictation at once, and Escape drops it',
    project: 'cli',
    files: 'daemon/sway',
    env: { VOICEINPUT_KEY_PRESSES: '100' },
    count: '100 presses',
    told: /key → dictation: .*/,
  },
  {
    promise: 'What is said while the key is held stands in the window, first and last words whole',
    project: 'cli',
    files: 'daemon/desk',
    env: { VOICEINPUT_DESK_ROUNDS: '100' },
    count: '100 dictations into mousepad',
    told: /draft → window: .*/,
  },
  {
    promise:
      'A history of which any file is missing, cut short or flipped at any place opens, loses nothing of what lies in its other files, and keeps what comes then',
    project: 'cli',
    files: 'test/history',
    env: { ...property, VOICEINPUT_STORE_DAMAGES: '500' },
    count: '500 damages',
  },
  {
    promise:
      'Daemon or lane are killed in the middle of a dictation: at most 100 ms of audio are lost, and no word that was kept',
    project: 'cli',
    files: 'daemon/recovery',
    env: { ...property, VOICEINPUT_RECOVERY_ROUNDS: '100' },
    count: '100 kills at seeded instants',
  },
  {
    promise:
      'Daemon, lane, recorder, sound server or display are killed while a key is held: at most 100 ms of audio are lost, what was said is in the history, nothing is left behind',
    project: 'cli',
    files: 'daemon/kills',
    env: { ...property, VOICEINPUT_KILL_ROUNDS: '1000' },
    count: '1000 kills at seeded instants',
  },
];
