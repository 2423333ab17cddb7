// How one file on the web is asked for: through the user's proxy, over redirects, with a token only where it belongs.

import fetch from 'make-fetch-happen';
import type { Options } from 'npm-registry-fetch';
import type { Base } from './hub.ts';
import type { Answer, Ask } from './resumable.ts';
import { silenceGuard } from './silence.ts';

const MOST_REDIRECTS = 5;
const REDIRECTS = [301, 302, 303, 307, 308];

/** Network settings that npm's configuration has too. */
export type Network = Pick<Options, 'ca' | 'httpsProxy' | 'noProxy' | 'proxy' | 'strictSSL'>;

export interface WebRequest {
  readonly base: Base;
  /** Of the file, with `/` between folders. */
  readonly path: string;
  readonly network: Network;
  /** How long the source may say nothing. */
  readonly silenceMs: number;
}

/**
 * The file, or what comes after its first bytes. Rejects for refusals with `statusCode` and `headers`, for a redirect
 * that leads nowhere with the code `EREDIRECT`, for silence with `ETIMEDOUT`. The token goes to the first address only.
 */
export function askingWeb({ base, path, network, silenceMs }: WebRequest, signal: AbortSignal): Ask {
  return async (fromBytes) => {
    const quiet = silenceGuard(silenceMs, signal);
    let address = new URL(path.split('/').map(encodeURIComponent).join('/'), base.address).href;
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      const headers = {
        // A part is asked for as it lies there: of a body that is packed on the way, parts fit nowhere.
        'accept-encoding': 'identity',
        ...(fromBytes > 0 && { range: `bytes=${fromBytes}-` }),
        ...(base.token !== undefined && redirects === 0 && { authorization: `Bearer ${base.token}` }),
      };
      const answer = await quiet.heard(fetch(address, { ...optionsOf(network), headers, signal: quiet.signal }));
      if (!REDIRECTS.includes(answer.status)) {
        if (answer.status >= 200 && answer.status < 300) return quiet.over(answer, address);
        quiet.end();
        throw refusal(answer, address);
      }
      address = redirected(answer, address);
    }
    quiet.end();
    throw inVain(`more than ${MOST_REDIRECTS} redirects`);
  };
}

/** Each request once: who asks tries again. */
const optionsOf = ({ ca, httpsProxy, noProxy, proxy, strictSSL }: Network) => ({
  redirect: 'manual' as const,
  retry: { retries: 0 },
  cache: 'no-store' as const,
  ca,
  noProxy,
  proxy: httpsProxy ?? proxy,
  strictSSL,
});

function redirected({ headers }: Answer, address: string): string {
  const location = headers.get('location');
  if (location === null || !URL.canParse(location, address)) throw inVain('a redirect without an address');
  const next = new URL(location, address);
  const isSafe = next.protocol === 'https:' || (next.protocol === 'http:' && address.startsWith('http:'));
  if (!isSafe) throw inVain(`a redirect to ${next.protocol}//${next.host}, which is not encrypted`);
  return next.href;
}

const inVain = (why: string): Error => Object.assign(new Error(why), { code: 'EREDIRECT' });

const refusal = ({ status, headers }: Answer, uri: string): Error =>
  Object.assign(new Error(`status ${status}`), {
    statusCode: status,
    uri,
    headers: { 'retry-after': headers.get('retry-after') ?? undefined },
  });
