// Whether the page names the microphones, shows that one hears a voice, and lets go of it.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { missingForSoundRig, openSoundRig } from '@voiceinput/rig/sound';
import { describeUnless } from '@voiceinput/rig/unless';
import { expect, test, vi } from 'vitest';
import { missingChromium, useBrowser } from './browser.ts';
import { openPage } from './opened.ts';

const look = useBrowser();
/** Two seconds. */
const TONE = Float32Array.from({ length: 32_000 }, (_, at) => 0.3 * Math.sin(at / 8));

describeUnless(missingChromium ?? missingForSoundRig('parecord'))('the microphone', () => {
  test('is chosen by its name, tested, and free again after the test', async () => {
    const rig = await openSoundRig();
    try {
      const door = await openPage({ file: '{}' });
      for (const [name, value] of Object.entries(rig.env)) vi.stubEnv(name, value);
      const { page, complaints } = await look(door);
      const recorders = async (): Promise<string> => {
        const env = { ...process.env, ...rig.env };
        return (await promisify(execFile)('pactl', ['list', 'short', 'source-outputs'], { env })).stdout;
      };
      const choice = page.getByRole('combobox', { name: 'Microphone' });
      await expect.poll(() => choice.textContent()).toContain('Desk microphone');
      const status = page.getByRole('status');

      const button = page.getByRole('button', { name: /test/i });
      await button.press('Enter');
      expect(await status.textContent()).toBe('Speak now. Nothing is kept.');
      await expect.poll(recorders).toContain('protocol-native');
      const saying = rig.microphone.say(TONE);
      await expect.poll(() => status.textContent()).toBe('The microphone hears you.');
      await expect.poll(() => page.evaluate<number>('document.querySelector("meter").value')).toBeGreaterThan(0);
      await button.press('Enter');
      await expect.poll(recorders).not.toContain('protocol-native');
      expect(await button.textContent()).toBe('Test the microphone');

      await choice.selectOption({ label: 'Desk microphone' });
      await expect.poll(() => door.said()).toMatch(/"device": ".*desk/);
      await saying;
      expect(complaints).toEqual([]);
      await page.context().close();
    } finally {
      await rig.close();
    }
  });
});
