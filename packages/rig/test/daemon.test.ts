import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '@voiceinput/client';
import { playDaemon } from '@voiceinput/rig/daemon';
import { expect, onTestFinished, test } from 'vitest';

test.skipIf(process.platform === 'win32')(
  'a daemon of the tests answers as it is told and notes what it was asked',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'voiceinput-played-'));
    const daemon = await playDaemon({
      folder: join(folder, 'run'),
      answers: { 'commands/run': ({ id }) => ({ text: `${id} ran` }) },
    });
    onTestFinished(async () => {
      await daemon.close();
      rmSync(folder, { recursive: true });
    });
    daemon.tell({ type: 'before' });
    const client = await connect({ client: 'a test', folder: join(folder, 'run') }, new AbortController().signal);
    expect(await client.call('status', {})).toMatchObject({ state: 'idle', seq: 1 });
    expect(await client.call('commands/run', { plugin: 'p', id: 'reload' })).toEqual({ text: 'reload ran' });
    await daemon.heard('commands/run');
    const told: unknown[] = [];
    client.onEvent((event) => told.push(event.type));
    await client.call('watch', { after: 0 });
    daemon.tell({ type: 'after' });
    await expect.poll(() => told).toEqual(['before', 'after']);
    expect(daemon.asked.map(({ method }) => method)).toEqual(['hello', 'status', 'commands/run', 'watch']);
    daemon.hangUp();
    expect(await client.ended).toMatchObject({ code: 'ERR_DAEMON_LOST' });
  },
);
