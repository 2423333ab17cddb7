// Fails when something can open a connection that is not known for it.

import { resolve } from 'node:path';
import { complaintsAbout, connectingFiles } from './connections/find.ts';

const complaints = complaintsAbout(connectingFiles(resolve(import.meta.dirname, '..')));
for (const complaint of complaints) process.stderr.write(`${complaint}\n`);
process.exitCode = complaints.length > 0 ? 1 : 0;
