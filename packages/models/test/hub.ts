// A server on 127.0.0.1 that answers as a model hub does: a redirect to a storage, parts, and all that goes wrong.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

interface Heard {
  readonly method: string;
  readonly url: string;
  readonly authorization: string | undefined;
  readonly range: string | undefined;
}

export interface Hub {
  /** Without a slash at its end. */
  readonly address: string;
  readonly requests: Heard[];
  /** Answers instead while it gives true. */
  instead: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined;
  /** Where the hub sends to for a file; by default to its own storage at another address. */
  storage: string;
  /** While set, a body breaks off after so many bytes, `cuts` times. */
  cutsAfterBytes: number | undefined;
  cuts: number;
  /** While set, a body comes up to this byte and then stalls. */
  stallsAtBytes: number | undefined;
  /** Whether the storage gives parts. */
  givesParts: boolean;
}

/** `files` by their paths in the repository `owner/name` at revision `rev`. */
export async function openHub(files: Readonly<Record<string, Buffer>>): Promise<Hub> {
  const requests: Heard[] = [];
  const server = createServer((request, response) => {
    const { method = '', url = '', headers } = request;
    requests.push({ method, url, authorization: headers.authorization, range: headers.range });
    if (hub.instead?.(request, response)) return;
    const resolved = /^\/owner\/name\/resolve\/rev\/(.+)$/.exec(url)?.[1];
    if (resolved !== undefined && files[decodeURIComponent(resolved)] !== undefined) {
      const location = `${hub.storage}/storage/${resolved}?signature=secret`;
      return void response.writeHead(302, { location }).end('Found');
    }
    const stored = /^\/storage\/(.+)\?signature=secret$/.exec(url)?.[1];
    const content = stored === undefined ? undefined : files[decodeURIComponent(stored)];
    if (content === undefined) return void response.writeHead(404).end('Entry not found');
    send(response, content, hub.givesParts ? headers.range : undefined);
  });

  function send(response: ServerResponse, content: Buffer, range: string | undefined): void {
    const from = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
    if (from >= content.length)
      return void response.writeHead(416, { 'content-range': `bytes */${content.length}` }).end();
    response.writeHead(from > 0 ? 206 : 200, {
      'content-length': content.length - from,
      ...(from > 0 && { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` }),
    });
    if (hub.cutsAfterBytes !== undefined && hub.cuts > 0 && from + hub.cutsAfterBytes < content.length) {
      hub.cuts -= 1;
      return void response.write(content.subarray(from, from + hub.cutsAfterBytes), () => response.destroy());
    }
    if (hub.stallsAtBytes === undefined || hub.stallsAtBytes >= content.length)
      return void response.end(content.subarray(from));
    response.write(content.subarray(from, Math.max(from, hub.stallsAtBytes)));
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const hub: Hub = {
    address: `http://127.0.0.1:${port}`,
    requests,
    instead: undefined,
    storage: `http://localhost:${port}`,
    cutsAfterBytes: undefined,
    cuts: Number.POSITIVE_INFINITY,
    stallsAtBytes: undefined,
    givesParts: true,
  };
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return hub;
}
