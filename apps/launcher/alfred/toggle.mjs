// What Alfred's notification says when a dictation begins or ends.

import { voiceinput } from './voiceinput.mjs';

const { answer, error } = voiceinput('toggle');
process.stdout.write(error?.message ?? (answer.recording === undefined ? 'Transcribing' : 'Listening'));
