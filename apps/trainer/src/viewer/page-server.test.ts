import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../tests/temporary-folder.js';
import { modelFiles } from './model-files.js';
import { type PageServer, servePage } from './page-server.js';

const noFiles = { 'config.json': new Uint8Array(), 'model.json': new Uint8Array() };

describe('servePage', () => {
  let server: PageServer;
  beforeAll(async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'page', 'assets'), { recursive: true });
    writeFileSync(join(folder, 'page', 'index.html'), '<h1>page</h1>');
    writeFileSync(join(folder, 'page', 'assets', 'a b.js'), 'export {};');
    writeFileSync(join(folder, 'page', 'service-worker.js'), '');
    writeFileSync(join(folder, 'secret.txt'), 'secret');
    const models = [
      { name: 'größe', from: 'runs/größe', files: { ...noFiles, 'weights.bin': Uint8Array.of(104, 105) } },
    ];
    server = await servePage(join(folder, 'page'), 0, modelFiles(models));
  });
  afterAll(() => server.close());

  /** Not fetch, which tidies paths up. */
  function get(path: string, { host, method = 'GET' }: { host?: string; method?: string } = {}) {
    const { port } = new URL(server.url);
    return new Promise<{ status: number; type: string; policy: string | undefined; body: string }>(
      (resolve, reject) => {
        const asked = request(
          { port, path, method, host: '127.0.0.1', ...(host && { headers: { host } }) },
          (answer) => {
            let body = '';
            answer.on('data', (part) => {
              body += part;
            });
            answer.on('end', () => {
              const { 'content-type': type = '', 'content-security-policy': policy } = answer.headers;
              resolve({ status: answer.statusCode!, type, policy: policy as string | undefined, body });
            });
          },
        );
        asked.on('error', reject).end();
      },
    );
  }

  it('serves the page and its files with their types', async () => {
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    expect(await get('/')).toMatchObject({ status: 200, type: 'text/html; charset=utf-8', body: '<h1>page</h1>' });
    expect(await get('/assets/a%20b.js?x=1')).toMatchObject({
      status: 200,
      type: 'text/javascript',
      body: 'export {};',
    });
    expect(await get('/', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
  });

  it('serves models beside the page, and a list of them', async () => {
    expect(await get('/models/list.json')).toMatchObject({
      status: 200,
      type: 'application/json',
      body: '{"models":["größe"]}',
    });
    const path = `/models/${encodeURIComponent('größe')}/weights.bin`;
    expect(await get(path)).toMatchObject({ status: 200, type: 'application/octet-stream', body: 'hi' });
  });

  it('sends the policy of the page with every file, as a worker has none but that of its own file', async () => {
    const ofViewer = (name: string) =>
      readFileSync(fileURLToPath(new URL(`../../../viewer/${name}`, import.meta.url)), 'utf8');
    const [, policy] = /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(ofViewer('index.html'))!;
    for (const path of ['/', '/assets/a%20b.js']) expect((await get(path)).policy).toBe(policy);
    expect(ofViewer('README.md')).toContain(`\nContent-Security-Policy: ${policy}\n`);
  });

  it.each([
    ['/../secret.txt', 404],
    ['/..%2fsecret.txt', 400],
    ['/assets/..%2f..%2fsecret.txt', 400],
    ['/%00', 400],
    ['/%', 400],
    ['/none.js', 404],
    ['/assets', 404],
    // It is there, but would have the browser keep the page for whatever comes to this port.
    ['/service-worker.js', 404],
    ['/assets/../service-worker.js?x', 404],
  ])('%s is answered with %i', async (path, status) => {
    expect(await get(path)).toMatchObject({ status, body: `${status}\n` });
  });

  it('answers to no other name than this machine’s own, and only to questions', async () => {
    expect(await get('/', { host: 'elsewhere.example' })).toMatchObject({ status: 403 });
    expect(await get('/', { host: 'localhost:1' })).toMatchObject({ status: 200 });
    expect(await get('/', { method: 'POST' })).toMatchObject({ status: 405 });
  });

  it('refuses a port that is taken', async () => {
    await expect(servePage('.', Number(new URL(server.url).port))).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
