// How one file on the web is asked for: through the user's proxy, over redirects, with a token only where it belongs.

import fetch from 'make-fetch-happen';
import type { Options } from 'npm-registry-fetch';
import type { Base } from './hub.ts';
import type { Answer, Ask } from './resumable.ts';

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

/** Ends a request whose source is silent for too long, before the answer and between its pieces. */
function silenceGuard(silenceMs: number, signal: AbortSignal) {
  const silent = new AbortController();
  const reason = Object.assign(new Error(`nothing came for ${silenceMs / 1000} s`), { code: 'ETIMEDOUT' });
  let timer: NodeJS.Timeout;
  const begin = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => silent.abort(reason), silenceMs);
  };
  const both = AbortSignal.any([signal, silent.signal]);
  const end = (): void => clearTimeout(timer);
  begin();

  /** The library would only say that it was aborted. */
  async function heard<T>(work: Promise<T>): Promise<T> {
    try {
      const result = await work;
      begin();
      return result;
    } catch (error) {
      end();
      throw both.aborted ? both.reason : error;
    }
  }

  async function* pieces(body: Answer['body']): AsyncGenerator<Uint8Array> {
    const iterator = body[Symbol.asyncIterator]();
    try {
      for (;;) {
        const { done, value } = await heard(unlessAborted(iterator.next(), both));
        if (done) return;
        // A slow disk is not the source's silence.
        end();
        yield value;
        begin();
      }
    } finally {
      end();
    }
  }

  return {
    signal: both,
    heard,
    end,
    over: ({ status, headers, body }: Answer, url: string): Answer => ({ url, status, headers, body: pieces(body) }),
  };
}

/** Rejects with the signal's reason as soon as it is aborted, whatever becomes of `work`. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
