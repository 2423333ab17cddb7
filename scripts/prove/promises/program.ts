// What holds of the program as a whole: installed, over HTTP, without a network, with long and odd files.

import type { Counts, Proof } from '../proof.ts';

/** In the order of the page. */
export const programProofs = ({ property }: Counts): Proof[] => [
  {
    promise:
      'A copy of the launcher is installed with plain npm from packed packages, and built by the Store’s own tool',
    project: 'launcher',
    files: 'store',
    env: { VOICEINPUT_STORE_INSTALL: '1' },
    count: 'once',
  },
  {
    promise:
      'Somebody else installs it from a registry without install scripts, below 120 MB, over what had another name, and dictates',
    project: 'scripts',
    files: 'installed',
    env: { VOICEINPUT_INSTALL: '1' },
    count: 'once',
  },
  {
    promise:
      'Over HTTP only programs of this machine with the token are answered; what is too large, too slow or too much is refused, nothing is left behind, and a dictation meanwhile is as well as alone',
    project: 'cli',
    files: 'http',
    env: { VOICEINPUT_HTTP_ROUNDS: '20', VOICEINPUT_HTTP_REQUESTS: '1000' },
    count: '20 bursts of 1,000 requests',
  },
  {
    promise:
      'Faulty connections of every kind cost nothing: others are answered meanwhile, no descriptor, slot or file is left',
    project: 'cli',
    files: 'http/faults',
    env: { ...property, VOICEINPUT_HTTP_FAULTS: '2000' },
    count: '2,000 faulty connections',
  },
  {
    promise: 'The HTTP server does what its description in OpenAPI’s form says, by schemathesis',
    project: 'cli',
    files: 'http/openapi',
    env: { ...property, VOICEINPUT_OPENAPI_EXAMPLES: '300' },
    count: '300 examples an operation',
  },
  {
    promise:
      'Transcription, dictation, HTTP, tray, launcher, commands and a day of idling ask nobody outside, also where there is no network',
    project: 'cli',
    files: 'private',
    env: { VOICEINPUT_PRIVATE_CUT_OFF: '1', VOICEINPUT_PRIVATE_DAY_MS: '120000' },
    count: 'once, without a network',
  },
  {
    promise:
      'Every container with every coding that ffmpeg can write from one clip gives its text, or a sentence that names the format ([FILES.md](FILES.md))',
    project: 'cli',
    files: 'formats/corpus',
    env: { VOICEINPUT_CORPUS: 'all' },
    count: 'every format in FILES.md',
    told: /formats: .*/,
  },
  {
    promise: 'Subtitles of long speech keep the rules of style guides',
    project: 'cli',
    files: 'test/subtitles',
    env: { VOICEINPUT_SUBTITLES_MINUTES: '60' },
    count: 'an hour of recordings, where there are any',
    told: /subtitles: .*/,
  },
  {
    promise: 'An hour of audio goes through with flat memory',
    project: 'cli',
    files: 'long',
    env: { VOICEINPUT_LONG_MINUTES: '60' },
    count: 'once',
  },
];
