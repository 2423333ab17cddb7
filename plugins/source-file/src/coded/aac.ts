// The decoder of AAC, which is there only where the user has installed it.

import { fileURLToPath } from 'node:url';
import { VoiceInputError } from '@voiceinput/plugin-api';
import type * as Aac from '@audio/decode-aac';
import { ForeignCoding } from './foreign-coding.ts';

const PACKAGE = '@audio/decode-aac@1.6.0';

/** Rejects with `ForeignCoding` where it is not installed: its licence (GPL-2.0) is not everybody's. */
export async function importAac(name: string): Promise<typeof Aac> {
  return import('@audio/decode-aac').catch((cause: unknown) => {
    const otherwise = new VoiceInputError('ERR_AUDIO_FORMAT', `${name} is AAC, and no decoder for it is installed.`, {
      hint: `Install ffmpeg, or a decoder under the GPL 2.0 with: ${installing(import.meta.url)}`,
      cause,
    });
    throw new ForeignCoding('AAC', { cause, otherwise });
  });
}

/** The command that puts the package where a module at `url` finds it. */
export function installing(url: string): string {
  const path = fileURLToPath(url);
  const installed = path.lastIndexOf('node_modules');
  if (installed >= 0) return `npm install --prefix ${path.slice(0, installed)} ${PACKAGE}`;
  return `npx pnpm --dir ${fileURLToPath(new URL('../../../..', url))} add --workspace-root ${PACKAGE}`;
}
