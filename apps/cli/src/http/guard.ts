// Who may ask over HTTP: programs of this machine that know the token, and no web page, whatever it calls this machine.

import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Refusal } from './refusal.ts';

/** What a program of this machine may call it. A name that a web page made point here is none of these. */
const OWN_NAMES = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Throws a refusal with status 403 for a web page, and for a host that is not this machine by one of its own names. */
export function refuseForeigners(headers: IncomingHttpHeaders): void {
  const { host = '', origin } = headers;
  const site = headers['sec-fetch-site'];
  const name = host.replace(/:\d*$/, '').toLowerCase();
  if (!OWN_NAMES.has(name)) throw refused(`The host "${host}" is not allowed; use 127.0.0.1 or localhost.`);
  if (origin !== undefined) throw refused(`Requests from web pages are refused (${origin}).`);
  if (site !== undefined && site !== 'none')
    throw refused(`Requests from web pages are refused (Sec-Fetch-Site: ${site}).`);
}

/** Throws a refusal with status 401 when the request does not carry the token. */
export function refuseStrangers(headers: IncomingHttpHeaders, token: string): void {
  const { authorization = '' } = headers;
  const given = /^Bearer +(?<token>\S+) *$/i.exec(authorization)?.groups?.['token'];
  if (given !== undefined && isSame(given, token)) return;
  const what = given === undefined ? 'No token in the request' : 'Wrong token';
  throw new Refusal(
    'ERR_DAEMON_REFUSED',
    `${what}. Send "Authorization: Bearer …" with the token from the file shown by: voiceinput status`,
    {
      status: 401,
      headers: { 'WWW-Authenticate': 'Bearer realm="voiceinput"' },
    },
  );
}

function refused(message: string): Refusal {
  return new Refusal('ERR_DAEMON_REFUSED', message, { status: 403 });
}

function isSame(given: string, token: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}
