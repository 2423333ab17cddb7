// A process that guards what it starts: a child, and a child of that as a session of its own, which outlives its parent.

import { spawn } from 'node:child_process';
import { guardChildren } from '@voiceinput/rig/guard';

guardChildren();
const orphan = `
  const child = require('node:child_process').spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
  child.unref();
  process.stdout.write(String(child.pid));`;
const child = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
spawn(process.execPath, ['-e', orphan], { stdio: ['ignore', 'pipe', 'inherit'] }).stdout.once('data', (pid) =>
  process.send([child.pid, Number(pid)]),
);
