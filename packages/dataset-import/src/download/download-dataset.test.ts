import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DatasetError } from '@kanrecon/dataset';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../tests/temporary-folder.js';
import { type DownloadDatasetOptions, downloadDataset } from './download-dataset.js';

const content = randomBytes(400_000);
const md5 = createHash('md5').update(content).digest('hex');

type Behaviour = (request: IncomingMessage, response: ServerResponse) => boolean;

/** What the server does to the next requests for the file, one each; then it answers as it should. */
let misbehaviour: Behaviour[] = [];
let requests: { url: string; range?: string }[] = [];
let record: (base: string) => object;
let server: Server;
let base: string;

const goodRecord = (base: string): object => ({
  id: 77,
  doi: '10.5281/zenodo.77',
  metadata: { title: 'Cylinders', license: { id: 'cc-by-4.0' } },
  files: [
    { key: 'data set.rar', size: content.length, checksum: `md5:${md5}`, links: { self: `${base}moved/data` } },
    {
      key: 'README.md',
      size: 5,
      checksum: `md5:${createHash('md5').update('hello').digest('hex')}`,
      links: { self: `${base}readme` },
    },
  ],
});

beforeAll(async () => {
  server = createServer((request, response) => {
    const { url = '' } = request;
    const range = request.headers.range;
    requests.push({ url, ...(range && { range }) });
    if (url === '/api/records/77') response.end(JSON.stringify(record(base)));
    else if (url === '/readme') response.end('hello');
    else if (url === '/moved/data') response.writeHead(302, { location: '/content' }).end();
    else if (url === '/content') {
      if (misbehaviour.shift()?.(request, response)) return;
      const start = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
      const part = content.subarray(start);
      response.writeHead(range ? 206 : 200, {
        'content-length': part.length,
        ...(range && { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` }),
      });
      response.end(part);
    } else response.writeHead(404).end('not here');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => void server.close());
beforeEach(() => {
  misbehaviour = [];
  requests = [];
  record = goodRecord;
});

const download = (options: Partial<DownloadDatasetOptions> = {}) =>
  downloadDataset({ dir: temporaryFolder(), doi: '10.5281/zenodo.77', baseUrl: base, retryDelayMs: 1, ...options });
const ranges = () => requests.filter(({ url }) => url === '/content').map(({ range }) => range);
const breakOffAfter =
  (bytes: number): Behaviour =>
  (request, response) => {
    const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    response.writeHead(start > 0 ? 206 : 200, {
      'content-length': content.length - start,
      ...(start > 0 && { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` }),
    });
    response.write(content.subarray(start, start + bytes), () => setTimeout(() => response.destroy(), 20));
    return true;
  };

describe('downloadDataset', () => {
  it('fetches all files, through redirects, and verifies them', async () => {
    const dir = join(temporaryFolder(), 'new');
    const progress: number[] = [];
    const seen: string[] = [];
    const { record, files } = await download({
      dir,
      onRecord: ({ title, license, files }) => seen.push(title, license ?? '', String(files.length)),
      onProgress: (done, total) => progress.push(done / total),
    });
    expect(seen).toEqual(['Cylinders', 'cc-by-4.0', '2']);
    expect(record.id).toBe('77');
    expect(readFileSync(join(dir, 'data set.rar')).equals(content)).toBe(true);
    expect(files.map(({ name, md5, verified }) => [name, md5, verified])).toEqual([
      ['data set.rar', md5, true],
      ['README.md', '5d41402abc4b2a76b9719d911017c592', true],
    ]);
    expect(progress.at(-1)).toBe(1);
    expect([...progress].sort((a, b) => a - b)).toEqual(progress);
    expect(readdirSync(dir).sort()).toEqual(['README.md', 'data set.rar']);
    requests = [];
    await download({ dir });
    expect(ranges()).toEqual([]);
  });

  it('shows nothing of a record that could rewrite a terminal', async () => {
    record = () => {
      const good = goodRecord(base) as { metadata: object };
      return {
        ...good,
        metadata: { ...good.metadata, title: '\u001b[2J\u001b]0;x\u0007Cyl\u001b[31minders\r\n2\u009b1m' },
      };
    };
    const { record: read } = await download({ files: ['README.md'] });
    expect(read.title).toMatch(/^[ -~]+$/);
    expect(read.title).toContain('Cylinders 2');
  });

  it.skipIf(!existsSync('/proc/self'))('ends where no folder can be made', async () => {
    await expect(download({ dir: '/proc/x/y' })).rejects.toThrow(/cannot write to \/proc\/x\/y: .*\(ENOTSUP\)/);
  });

  it('takes the DOI in any form and only the files that are wanted', async () => {
    const { files } = await download({ doi: 'https://doi.org/10.5281/zenodo.77', files: ['README.md'] });
    expect(files.map(({ name }) => name)).toEqual(['README.md']);
    await expect(download({ files: ['x.zip'] })).rejects.toThrow(
      /no file "x.zip"; expected one of data set.rar, README/,
    );
    await expect(download({ doi: '10.1000/182' })).rejects.toThrow(/is no DOI of a Zenodo record/);
  });

  it('goes on by Range after broken connections and server errors', async () => {
    misbehaviour = [
      breakOffAfter(100_000),
      (_, response) => Boolean(response.writeHead(503, { 'retry-after': '0' }).end()),
      breakOffAfter(50_000),
    ];
    const reasons: string[] = [];
    const { files } = await download({ onRetry: (reason) => reasons.push(reason) });
    expect(files[0].md5).toBe(md5);
    expect(ranges()).toEqual([undefined, 'bytes=100000-', 'bytes=100000-', 'bytes=150000-']);
    expect(reasons).toEqual([
      'the connection was broken off',
      'the server answers with 503',
      'the connection was broken off',
    ]);
  });

  it('an aborted download is finished by the next call', async () => {
    const dir = temporaryFolder();
    const controller = new AbortController();
    misbehaviour = [
      (_, response) => {
        response.writeHead(200, { 'content-length': content.length });
        response.write(content.subarray(0, 120_000), () => setTimeout(() => controller.abort(), 50));
        return true;
      },
    ];
    await expect(download({ dir, signal: controller.signal })).rejects.toThrow(/abort/i);
    expect(existsSync(join(dir, 'data set.rar'))).toBe(false);
    await download({ dir });
    expect(ranges()).toEqual([undefined, 'bytes=120000-']);
    expect(readFileSync(join(dir, 'data set.rar')).equals(content)).toBe(true);
  });

  it('listens from the start to a server that ignores Range', async () => {
    const dir = temporaryFolder();
    writeFileSync(join(dir, 'data set.rar.part'), content.subarray(0, 1000));
    misbehaviour = [(_, response) => Boolean(response.writeHead(200).end(content))];
    expect((await download({ dir })).files[0].md5).toBe(md5);
    expect(ranges()).toEqual(['bytes=1000-']);
  });

  it('a part that belongs to another version is thrown away, once', async () => {
    const dir = temporaryFolder();
    writeFileSync(join(dir, 'data set.rar.part'), Buffer.alloc(1000, 7));
    expect((await download({ dir })).files[0].md5).toBe(md5);
    expect(ranges()).toEqual(['bytes=1000-', undefined]);
  });

  it('a wrong checksum is told, and nothing is left', async () => {
    record = (base) => {
      const good = goodRecord(base) as { files: object[] };
      return { ...good, files: [{ ...good.files[0], checksum: `md5:${'0'.repeat(32)}` }] };
    };
    const dir = temporaryFolder();
    await expect(download({ dir })).rejects.toThrow(`the MD5 of data set.rar is ${md5}; expected 00000`);
    expect(readdirSync(dir)).toEqual([]);
    record = goodRecord;
    await expect(download({ dir, sha256: { 'data set.rar': 'ab'.repeat(32) } })).rejects.toThrow(
      /the SHA-256 of data set/,
    );
  });

  it('a whole file that is another one is not touched', async () => {
    const dir = temporaryFolder();
    writeFileSync(join(dir, 'data set.rar'), 'mine');
    await expect(download({ dir })).rejects.toThrow(/is another file than the published one/);
    expect(readFileSync(join(dir, 'data set.rar'), 'utf8')).toBe('mine');
  });

  it('more than was published is not taken', async () => {
    misbehaviour = [(_, response) => Boolean(response.writeHead(200).end(Buffer.concat([content, content])))];
    await expect(download()).rejects.toThrow(/sends more than the 400000 bytes/);
  });

  it('a stalled connection is broken off and taken up again', async () => {
    misbehaviour = [(_, response) => response.writeHead(200, { 'content-length': content.length }).write('') || true];
    const reasons: string[] = [];
    await download({ stallMs: 300, onRetry: (reason) => reasons.push(reason) });
    expect(reasons).toEqual([expect.stringMatching(/no answer for 0\.3 s|broken off/)]);
  });

  it('does not try again what cannot get better', async () => {
    const reasons: string[] = [];
    const onRetry = (reason: string) => void reasons.push(reason);
    const attempt = download({ baseUrl: 'http://127.0.0.1:1/', onRetry });
    await expect(attempt).rejects.toThrow(/127\.0\.0\.1:1 cannot be reached: bad port$/);
    await expect(attempt).rejects.toBeInstanceOf(DatasetError);
    const untrusted = async () => {
      const cause = Object.assign(new Error('self-signed certificate'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
      throw new TypeError('fetch failed', { cause });
    };
    await expect(download({ fetch: untrusted, onRetry })).rejects.toThrow(
      /cannot be reached: self-signed certificate$/,
    );
    expect(reasons).toEqual([]);
  });

  it('says what is not there and who cannot be reached', async () => {
    await expect(download({ doi: '10.5281/zenodo.78' })).rejects.toThrow(/knows no record of the DOI .*78 \(404\)/);
    misbehaviour = [(_, response) => Boolean(response.writeHead(404).end())];
    await expect(download()).rejects.toThrow(/the server answers with 404 for data set\.rar/);
    const closed = createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port } = closed.address() as AddressInfo;
    closed.close();
    await expect(download({ baseUrl: `http://127.0.0.1:${port}/`, attempts: 2 })).rejects.toThrow(
      /127\.0\.0\.1:\d+ cannot be reached .* after 2 attempts: the connection is refused \(ECONNREFUSED\)/,
    );
    await expect(download({ baseUrl: 'ftp://x' })).rejects.toThrow(/baseUrl must begin with https/);
    record = () => ({ id: 77, metadata: { title: 'closed' }, files: [] });
    await expect(download()).rejects.toThrow(/has no public files/);
    record = () => ({ metadata: {}, files: [{ key: '../x', size: 1, links: { self: base } }] });
    await expect(download()).rejects.toThrow(/the name "\.\.\/x", which cannot be used/);
  });
});
