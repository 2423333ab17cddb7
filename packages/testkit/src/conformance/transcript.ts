// What a well-formed transcript is.

import assert from 'node:assert/strict';
import type { Transcript } from '@voiceinput/plugin-api';

/** Throws when `transcript` breaks a promise of its type. */
export function assertTranscript(transcript: Transcript): void {
  assert.equal(typeof transcript, 'object');
  assert.equal(typeof transcript.text, 'string', 'The text should be a string.');
  assert.deepEqual(structuredClone(transcript), transcript, 'A transcript should survive structuredClone.');
  const { meanLogProb = 0, noSpeechProb = 0, language, languageProbability } = transcript;
  assert.ok(Number.isFinite(meanLogProb) && meanLogProb <= 0, `meanLogProb should be ≤ 0, not ${meanLogProb}.`);
  assert.ok(isProbability(noSpeechProb), `noSpeechProb should be 0…1, not ${noSpeechProb}.`);
  if (languageProbability !== undefined) {
    assert.ok(language, 'A language probability should come with its language.');
    assert.ok(isProbability(languageProbability), `languageProbability should be 0…1, not ${languageProbability}.`);
  }
  assert.ok([undefined, 'language'].includes(transcript.doubtful), 'doubtful should say why, or be absent.');
  if (transcript.tokens) {
    assert.ok(transcript.tokens.every(Number.isInteger), 'Tokens should be integers.');
    assert.ok(transcript.vocabulary, 'Tokens should come with the name of their vocabulary.');
  }
  for (const word of transcript.words ?? []) {
    assert.ok(word.endSample >= word.startSample, `The word "${word.text}" should not end before it begins.`);
    assert.ok(isProbability(word.confidence), `The confidence of "${word.text}" should be 0…1.`);
  }
}

const isProbability = (value: number): boolean => value >= 0 && value <= 1;
