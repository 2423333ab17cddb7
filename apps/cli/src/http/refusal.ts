// How a failure is told over HTTP: status, and the body that clients of OpenAI expect, with our own codes.

import type { ErrorCode } from '@voiceinput/plugin-api';
import { isVoiceInputError, VoiceInputError } from '@voiceinput/plugin-api';

export interface RefusalOptions {
  readonly status: number;
  /** The field of the request that is wrong. */
  readonly param?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A failure whose status its code alone does not tell. */
export class Refusal extends VoiceInputError {
  readonly status: number;
  readonly param: string | null;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ErrorCode, message: string, { status, param, headers }: RefusalOptions) {
    super(code, message);
    this.status = status;
    this.param = param ?? null;
    this.headers = headers ?? {};
  }
}

/** https://platform.openai.com/docs/guides/error-codes */
export interface ErrorBody {
  readonly error: {
    readonly message: string;
    readonly type: string;
    readonly param: string | null;
    readonly code: ErrorCode;
  };
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: ErrorBody;
}

/** What is answered when `error` was thrown, whatever it is. */
export function answerOf(error: unknown): Answer {
  const known = isVoiceInputError(error) ? error : unexpected(error);
  const refusal = known instanceof Refusal ? known : undefined;
  const status = refusal?.status ?? statusOf(known.code);
  const { code, message } = known;
  return {
    status,
    headers: refusal?.headers ?? {},
    body: { error: { message, type: typeOf(status), param: refusal?.param ?? null, code } },
  };
}

function unexpected(error: unknown): VoiceInputError {
  return new VoiceInputError('ERR_INTERNAL', `Internal error: ${String(error)}`, { cause: error });
}

function statusOf(code: ErrorCode): number {
  if (code.startsWith('ERR_AUDIO_') || code === 'ERR_REQUEST_INVALID') return 400;
  if (code === 'ERR_BUSY') return 429;
  if (code === 'ERR_DAEMON_LOST') return 503;
  return 500;
}

function typeOf(status: number): string {
  if (status === 401) return 'authentication_error';
  if (status === 403) return 'permission_error';
  if (status === 429) return 'rate_limit_error';
  return status < 500 ? 'invalid_request_error' : 'server_error';
}
