// Who may ask for the page and through it: the browser that spent the code, and no other page, program or name of this machine.

import { VoiceInputError } from '@voiceinput/plugin-api';
import { isSame } from './code.ts';

/** The header with the second secret: cookies go to every port of this machine, what the page keeps does not. */
export const TOKEN_HEADER = 'x-voiceinput-token';

export interface Secrets {
  /** In the cookie. */
  readonly cookie: string;
  /** In the header. */
  readonly token: string;
}

/** A request that is not answered. */
export class Turned extends VoiceInputError {
  readonly status: number;
  constructor(status: number, message: string) {
    super('ERR_PAGE_REFUSED', message);
    this.status = status;
  }
}

/** Throws a `Turned` unless the request is for `address` by that very name: a name that was made to point here is another one. */
export function refuseOtherNames(headers: Headers, address: string): void {
  const host = headers.get('host') ?? '';
  if (host !== new URL(address).host) throw new Turned(403, `The host "${host}" is not this page's.`);
}

/** Throws a `Turned` for what another page sent. `null` is the origin of the file that brings the code. */
export function refuseOtherOrigins(headers: Headers, allowed: readonly string[]): void {
  const origin = headers.get('origin');
  if (origin === null || !allowed.includes(origin))
    throw new Turned(403, `Requests from ${origin ?? 'nowhere'} are refused.`);
}

/** Throws a `Turned` for what a browser says comes from another site. */
export function refuseOtherSites(headers: Headers): void {
  const site = headers.get('sec-fetch-site') ?? 'same-origin';
  if (site !== 'same-origin' && site !== 'none')
    throw new Turned(403, `Requests of other sites are refused (Sec-Fetch-Site: ${site}).`);
}

/** Throws a `Turned` unless both secrets are there. */
export function refuseStrangers(headers: Headers, cookie: string | undefined, secrets: Secrets): void {
  const token = headers.get(TOKEN_HEADER) ?? '';
  if (cookie === undefined || !isSame(cookie, secrets.cookie) || !isSame(token, secrets.token))
    throw new Turned(401, 'This browser was not let in. Open the page again with: voiceinput settings');
}
