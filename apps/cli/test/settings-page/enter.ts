// How a browser gets into a settings page that another process opened.

import { expect } from 'vitest';

export interface Place {
  readonly address: string;
  readonly code: string;
}

/** Spends the code. Gives what a browser then sends with each request. */
export async function enter({ address, code }: Place): Promise<Readonly<Record<string, string>>> {
  const answer = await fetch(`${address}/enter`, {
    method: 'POST',
    headers: { Origin: 'null' },
    body: new URLSearchParams({ code }),
  });
  expect(answer.status).toBe(200);
  const token = /name="token" content="(?<token>\w+)"/.exec(await answer.text())!.groups!['token']!;
  return { Cookie: answer.headers.getSetCookie()[0]!.split(';')[0]!, 'X-VoiceInput-Token': token, Origin: address };
}
