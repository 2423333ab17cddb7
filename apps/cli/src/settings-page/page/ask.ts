// How the page asks its server.

import type { Failure } from './shapes.ts';

/** What the server says went wrong. */
export class Refused extends Error {
  readonly failure: Failure;
  readonly status: number;
  constructor(status: number, failure: Failure) {
    super(failure.message.en);
    this.failure = failure;
    this.status = status;
  }
}

/** The answer to a question, or to a `body` that is sent. Rejects with `Refused`, and with a TypeError when the door is closed. */
export async function ask<T>(path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  return (await (await answer(path, body, signal)).json()) as T;
}

/** An answer that is no JSON. */
export async function answer(path: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
  const response = await fetch(`/api${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      'X-VoiceInput-Token': sessionStorage.getItem('token') ?? '',
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal !== undefined && { signal }),
  });
  if (response.ok) return response;
  const { error } = (await response.json()) as { error: Failure };
  throw new Refused(response.status, error);
}

/** Reads JSON lines as they come, to the end of the answer. */
export async function readLines(response: Response, heard: (line: unknown) => void): Promise<void> {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    const lines = `${rest}${value ?? ''}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) heard(JSON.parse(line));
  }
}
