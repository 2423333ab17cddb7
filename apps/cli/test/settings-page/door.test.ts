// Who gets through the door of the settings page: the one browser that spent the code, and nobody who tries otherwise.

import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import { openPage } from './opened.ts';
import type { Opened } from './opened.ts';

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What a program can send that no `fetch` would: any host, any origin, any path. */
function send({ address }: Opened, { method = 'GET', path = '/', headers = {}, body }: Asked): Promise<Answer> {
  const { hostname, port } = new URL(address);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, method, path, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, body: text }));
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

const enter = (page: Opened, code = page.code, headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
  send(page, {
    method: 'POST',
    path: '/enter',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: 'null', ...headers },
    body: `code=${code}`,
  });

/** What a browser has that was let in. */
async function letIn(page: Opened): Promise<Readonly<Record<string, string>>> {
  const { headers, body } = await enter(page);
  const cookie = String(headers['set-cookie']).split(';')[0]!;
  const token = /name="token" content="(?<token>\w+)"/.exec(body)!.groups!['token']!;
  return { Cookie: cookie, 'X-VoiceInput-Token': token, Origin: page.address };
}

const change = (path: readonly string[], value: unknown): string => JSON.stringify({ changes: [{ path, value }] });

describe('the code', () => {
  test('lets in once, with a cookie that no script reads and no other site brings', async () => {
    const page = await openPage();
    const first = await enter(page);
    expect(first.status).toBe(200);
    const { port } = new URL(page.address);
    expect(String(first.headers['set-cookie'])).toMatch(
      new RegExp(`^voiceinput-settings-${port}=\\w{64}; Path=/; HttpOnly; SameSite=Strict$`),
    );
    const second = await enter(page);
    expect(second).toMatchObject({ status: 401 });
    expect(second.headers['set-cookie']).toBeUndefined();
    expect(first.body + second.body).not.toContain(page.code);
  });

  test('is worth nothing after five guesses', async () => {
    const page = await openPage();
    for (let guess = 0; guess < 5; guess += 1) expect((await enter(page, 'AAAA-AAAA-AAAA')).status).toBe(401);
    expect((await enter(page)).status).toBe(401);
  });

  test('is worth nothing when its time is over', async () => {
    const page = await openPage({ limits: { enterMs: 1 } });
    expect(await page.over).toBe('unopened');
    expect((await enter(page)).status).toBe(401);
  });

  test('is not taken from another page', async () => {
    const page = await openPage();
    expect((await enter(page, page.code, { Origin: 'https://evil.example' })).status).toBe(403);
    expect((await enter(page, page.code, { Origin: 'http://127.0.0.1:1' })).status).toBe(403);
    expect((await enter(page)).status).toBe(200);
  });

  test('may be typed in small letters and without hyphens', async () => {
    const page = await openPage();
    expect((await enter(page, page.code.toLowerCase().replaceAll('-', ''))).status).toBe(200);
  });
});

describe('through the door comes', () => {
  test('nobody without both secrets', async () => {
    const page = await openPage({ file: '{}' });
    const secrets = await letIn(page);
    const { Cookie: cookie, 'X-VoiceInput-Token': token } = secrets as { Cookie: string; 'X-VoiceInput-Token': string };
    const asked = (headers: Readonly<Record<string, string>>) => send(page, { path: '/api/settings', headers });
    expect((await asked(secrets)).status).toBe(200);
    expect((await asked({})).status).toBe(401);
    expect((await asked({ Cookie: cookie })).status).toBe(401);
    expect((await asked({ 'X-VoiceInput-Token': token })).status).toBe(401);
    expect((await asked({ ...secrets, Cookie: `${cookie.slice(0, -1)}x` })).status).toBe(401);
    expect((await asked({ ...secrets, 'X-VoiceInput-Token': 'x' })).status).toBe(401);
    expect((await send(page, {})).body).toContain('name="code"');
  });

  test.each(['evil.example', 'localhost', '127.0.0.1', '[::1]', '127.0.0.1.nip.io'])(
    'nobody who calls this machine %j, as a name does that was made to point here',
    async (host) => {
      const page = await openPage();
      const secrets = await letIn(page);
      const { port } = new URL(page.address);
      for (const headers of [
        { ...secrets, Host: `${host}:${port}` },
        { ...secrets, Host: host },
      ]) {
        if (headers.Host === new URL(page.address).host) continue;
        for (const path of ['/', '/style.css', '/api/settings'])
          expect((await send(page, { path, headers })).status).toBe(403);
      }
    },
  );

  test('nothing that another page sends, even with the cookie', async () => {
    const page = await openPage({ file: '{}' });
    const secrets = await letIn(page);
    const write = (headers: Readonly<Record<string, string>>) =>
      send(page, { method: 'POST', path: '/api/settings', headers, body: change(['hybrid'], false) });
    const { Origin: _own, ...without } = secrets;
    expect((await write({ ...secrets, Origin: 'https://evil.example' })).status).toBe(403);
    expect((await write({ ...secrets, Origin: 'null' })).status).toBe(403);
    expect((await write(without)).status).toBe(403);
    expect((await write({ ...secrets, 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
    expect((await write({ ...secrets, 'Sec-Fetch-Site': 'same-site' })).status).toBe(403);
    expect(page.said()).toBe('{}');
    expect((await write(secrets)).status).toBe(200);
    expect(JSON.parse(page.said())).toEqual({ hybrid: false });
  });

  test('no path to other files', async () => {
    const page = await openPage();
    const secrets = await letIn(page);
    const paths = [
      '/page/../../../package.json',
      '/page/%2e%2e/%2e%2e/package.json',
      '/..%2f..%2fetc/passwd',
      '/page//main.js',
      '/page/main.ts',
      '/page/',
    ];
    for (const path of paths) {
      const { status, body } = await send(page, { path, headers: secrets });
      expect([path, status]).toEqual([path, 404]);
      expect(body).toContain('ERR_PAGE_REFUSED');
    }
    expect((await send(page, { path: '/page/..\\main.js', headers: secrets })).status).toBe(400);
    expect((await send(page, { path: '/page/main.js', headers: secrets })).status).toBe(200);
  });

  test('no large body', async () => {
    const page = await openPage({ file: '{}' });
    const large = 'x'.repeat(2_000);
    expect((await enter(page, large)).status).toBe(413);
    const headers = await letIn(page);
    const body = change(['words'], ['x'.repeat(600_000)]);
    expect((await send(page, { method: 'POST', path: '/api/settings', headers, body })).status).toBe(413);
    const chunked = { ...headers, 'Transfer-Encoding': 'chunked' };
    expect((await send(page, { method: 'POST', path: '/api/settings', headers: chunked, body })).status).toBe(413);
    expect(page.said()).toBe('{}');
  });

  test('no other method', async () => {
    const page = await openPage();
    for (const method of ['PUT', 'DELETE', 'OPTIONS', 'TRACE'])
      expect((await send(page, { method, path: '/' })).status).toBe(405);
  });
});

test('every answer forbids scripts of others, frames, referrers and keeping', async () => {
  const page = await openPage();
  for (const path of ['/', '/style.css', '/api/settings', '/nothing']) {
    const { headers } = await send(page, { path });
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self'; /);
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers).toMatchObject({
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    expect(headers['access-control-allow-origin']).toBeUndefined();
  }
});

describe('the door closes', () => {
  test('when the page has gone, and not while one is open', async () => {
    const page = await openPage({ limits: { awayMs: 50 } });
    const headers = await letIn(page);
    const { hostname, port } = new URL(page.address);
    const reading = request({ hostname, port, path: '/api/news', headers, agent: false }).end();
    await new Promise((resolve) => reading.once('response', resolve));
    let ended: string | undefined;
    void page.over.then((why) => (ended = why));
    // Twice the time that a page may be away.
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(ended).toBeUndefined();
    reading.destroy();
    expect(await page.over).toBe('closed');
  });

  test('when nothing is done with it', async () => {
    const page = await openPage({ limits: { idleMs: 10 } });
    await letIn(page);
    expect(await page.over).toBe('idle');
  });
});
