// Which of several tracks somebody speaks on, without recognising anything.

import type { Pcm } from './pcm.ts';

const FRAMES_A_SECOND = 50;
const FLOOR_DB = -80;
/** The loudest 20 ms of a second in which somebody speaks, after a filter that lets little of hum and rumble through. */
const LOUD_DB = -60;
/** How much loudness varies within a second: music 2 to 5 dB, noise below 1, speech 8 to 20. */
const SPOKEN_DB = 6;
/** Enough to hear beyond a film's opening titles. */
const LONGEST_SECONDS = 180;

/** The first of `tracks` that is about as much like speech as any of them. Hears the first minutes of each. */
export async function spokenTrack<Track>(
  tracks: readonly [Track, ...Track[]],
  open: (track: Track) => AsyncIterable<Pcm>,
): Promise<Track> {
  if (tracks.length === 1) return tracks[0];
  const heard: number[] = [];
  for (const track of tracks) heard.push(await spokenSeconds(open(track)));
  const least = Math.max(...heard) / 2;
  return tracks[heard.findIndex((seconds) => seconds >= least)] ?? tracks[0];
}

/** In how many of its first seconds a recording is like speech. One that cannot be decoded is so until there. */
async function spokenSeconds(audio: AsyncIterable<Pcm>): Promise<number> {
  let spoken = 0;
  let seconds = 0;
  let levels: number[] = [];
  let frame = { energy: 0, samples: 0 };
  let before = 0;
  try {
    for await (const { samples, rateHz } of audio) {
      for (const sample of samples) {
        frame.energy += (sample - before) ** 2;
        before = sample;
        if (++frame.samples < rateHz / FRAMES_A_SECOND) continue;
        levels.push(Math.max(FLOOR_DB, 10 * Math.log10(frame.energy / frame.samples + Number.MIN_VALUE)));
        frame = { energy: 0, samples: 0 };
        if (levels.length < FRAMES_A_SECOND) continue;
        if (isSpoken(levels)) spoken++;
        levels = [];
        if (++seconds >= LONGEST_SECONDS) return spoken;
      }
    }
  } catch {
    // Whoever reads the track is told.
  }
  return levels.length >= FRAMES_A_SECOND / 2 && isSpoken(levels) ? spoken + levels.length / FRAMES_A_SECOND : spoken;
}

function isSpoken(levels: readonly number[]): boolean {
  const mean = levels.reduce((sum, level) => sum + level, 0) / levels.length;
  const variance = levels.reduce((sum, level) => sum + (level - mean) ** 2, 0) / levels.length;
  return Math.max(...levels) > LOUD_DB && Math.sqrt(variance) > SPOKEN_DB;
}
