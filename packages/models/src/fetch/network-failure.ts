// How a failing source or network is told, without anybody's credentials.

import { VoiceInputError } from '@voiceinput/plugin-api';

interface Failure extends Error {
  readonly code?: string;
  readonly statusCode?: number;
  readonly uri?: string;
}

/** The address without user, password and query, which may hold a signature. */
export function withoutCredentials(address: string): string {
  const url = new URL(address);
  return `${url.protocol}//${url.host}${url.pathname}`;
}

const clean = (text: string): string =>
  text.replace(/\b[a-z][a-z+.-]*:\/\/[^\s"'<>]+/gi, (address) =>
    URL.canParse(address) ? withoutCredentials(address) : '(address)',
  );

const isCertificate = (code: string): boolean =>
  /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|^ERR_TLS|^ERR_SSL|^EPROTO$/.test(code);

const TRANSIENT_STATUS = [408, 420, 429];
const IN_VAIN = ['ENOTFOUND', 'ENOTCACHED', 'EINVALIDPROXY', 'EINVALIDRESPONSE', 'EREDIRECT', 'ERR_INVALID_URL'];

/** Whether the same request may well succeed a little later. The same choice as npm's. */
export function isTransient(error: unknown): boolean {
  const { statusCode, code = '' } = error as Failure;
  if (statusCode !== undefined) return statusCode >= 500 || TRANSIENT_STATUS.includes(statusCode);
  return !IN_VAIN.includes(code) && !isCertificate(code);
}

/** What was asked for, and what helps when it does not come. */
export interface Request {
  readonly modelId: string;
  /** The file or package, for messages. */
  readonly what: string;
  /** The address of the source. */
  readonly from: string;
  readonly hints: {
    /** When the source asks who it is. */
    readonly signIn: string;
    /** When the source does not have it. */
    readonly missing: string;
    /** How it gets here without a network, as a sentence. */
    readonly elsewhere: string;
  };
}

/** The error to report for what a request threw. */
export function networkFailure(error: unknown, request: Request): VoiceInputError {
  const failure = error as Failure;
  // The library's own error carries headers: only its words are passed on.
  const cause = new Error(clean(`${failure.code ?? failure.name}: ${failure.message}`));
  if (failure.statusCode !== undefined) return refusal(failure, failure.statusCode, request, cause);
  const code = failure.code ?? '';
  if (isCertificate(code)) return untrusted(code, request, cause);
  if (['EINVALIDPROXY', 'EREDIRECT', 'ERR_INVALID_URL'].includes(code)) {
    return unusable(failure, request, cause);
  }
  if (code === 'ENOTCACHED') return offline(request, 'npm is set to offline and does not have it in its cache', cause);
  return offline(
    request,
    `${withoutCredentials(request.from)} cannot be reached (${code === 'ETIMEDOUT' || code === '' ? clean(failure.message) : code})`,
    cause,
  );
}

const PROXY = 'Put the user and password of your proxy into HTTPS_PROXY, as http://USER:PASSWORD@HOST:PORT';

function refusal({ uri }: Failure, status: number, request: Request, cause: Error): VoiceInputError {
  const { hints, what, modelId, from } = request;
  const hint =
    status === 401 || status === 403
      ? hints.signIn
      : status === 404
        ? hints.missing
        : status === 407
          ? PROXY
          : 'Try again later.';
  return new VoiceInputError(
    'ERR_MODEL_REGISTRY',
    `${withoutCredentials(uri ?? from)} answered ${status} for ${what}, the source of ${modelId}.`,
    { hint, cause },
  );
}

const untrusted = (code: string, { from }: Request, cause: Error): VoiceInputError =>
  new VoiceInputError(
    'ERR_MODEL_REGISTRY',
    `The certificate of ${withoutCredentials(from)} is not trusted (${code}).`,
    {
      hint: 'Configure the certificate authority of your network with: npm config set cafile FILE',
      cause,
    },
  );

const unusable = (failure: Failure, { from, what }: Request, cause: Error): VoiceInputError =>
  new VoiceInputError(
    'ERR_MODEL_REGISTRY',
    `${withoutCredentials(from)} gave no usable answer for ${what}: ${clean(failure.message)}`,
    { cause },
  );

/** For a model that has to be fetched when it cannot be; `why` is the half sentence after "and". */
export function offline({ modelId, what, from, hints }: Request, why: string, cause?: unknown): VoiceInputError {
  return new VoiceInputError(
    'ERR_MODEL_OFFLINE',
    `${modelId} has to be downloaded (${what} from ${withoutCredentials(from)}), and ${why}.`,
    {
      hint: `Go online once and run: voiceinput models pull ${modelId}. ${hints.elsewhere}`,
      ...(cause === undefined ? {} : { cause }),
    },
  );
}
