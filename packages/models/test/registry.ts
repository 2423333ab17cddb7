// What the tests' own registry on 127.0.0.1 answers.

import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { MadeModel } from './made-model.ts';

export interface Registry {
  /** With a slash at its end. */
  readonly address: string;
  readonly requests: { readonly url: string; readonly headers: IncomingHttpHeaders }[];
  tarballRequests(): number;
  /** The `range` header of each request for a tarball. */
  ranges(): (string | undefined)[];
  /** Whether parts are given when they are asked for, as public registries do. */
  givesParts: boolean;
  /** While set, tarballs come up to this byte and then stall. */
  stallsAtBytes: number | undefined;
  /** Cuts every connection. */
  cut(): void;
  /** Answers instead of the registry while set; for packages' pages and tarballs alike. */
  instead: ((request: { url: string; isTarball: boolean }, response: ServerResponse) => boolean) | undefined;
  close(): Promise<void>;
}

/** A registry with `models`; `publicAddress` is where its pages say that the tarballs are. */
export async function openRegistry(models: readonly MadeModel[], publicAddress?: string): Promise<Registry> {
  const requests: Registry['requests'] = [];
  const isTarball = (url: string): boolean => url.endsWith('.tgz');
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', address).pathname;
    requests.push({ url: request.url ?? '', headers: request.headers });
    if (registry.instead?.({ url, isTarball: isTarball(url) }, response)) return;
    const model = models.find(({ source }) => decodeURIComponent(url).startsWith(`/${source.package}`));
    if (!model) return void response.writeHead(404).end('{"error":"not found"}');
    if (isTarball(url)) {
      return send(response, model.tarball, registry.givesParts ? request.headers.range : undefined);
    }
    const { package: name, version } = model.source;
    const tarball = `${publicAddress ?? address}${name}/-/model-${version}.tgz`;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ name, versions: { [version]: { name, version, dist: { tarball } } } }));
  });
  const send = (response: ServerResponse, tarball: Buffer, range: string | undefined): void => {
    const from = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
    if (from >= tarball.length) {
      return void response.writeHead(416, { 'content-range': `bytes */${tarball.length}` }).end();
    }
    const part = { 'content-range': `bytes ${from}-${tarball.length - 1}/${tarball.length}` };
    response.writeHead(from > 0 ? 206 : 200, {
      'content-length': tarball.length - from,
      ...(from > 0 ? part : {}),
    });
    if (registry.stallsAtBytes === undefined) return void response.end(tarball.subarray(from));
    response.write(tarball.subarray(from, Math.max(from, registry.stallsAtBytes)));
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const registry: Registry = {
    address,
    requests,
    tarballRequests: () => requests.filter(({ url }) => isTarball(url)).length,
    ranges: () => requests.filter(({ url }) => isTarball(url)).map(({ headers }) => headers.range),
    givesParts: true,
    stallsAtBytes: undefined,
    cut: () => server.closeAllConnections(),
    instead: undefined,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return registry;
}
