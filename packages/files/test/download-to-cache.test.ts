import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  answerWith,
  breakOffAfter,
  type FileServer,
  ignoreRange,
  sendInstead,
  stallAfter,
  startFileServer,
  tagOf,
} from '../../../tests/file-server.js';
import { temporaryFolder } from '../../../tests/temporary-folder.js';
import { type CachedFileOptions, downloadToCache } from '../src/cache/download-to-cache.js';
import { ownIdentity } from '../src/cache/process-identity.js';
import type { RequestContext } from '../src/download/request.js';
import type { WantedFile } from '../src/download/wanted-file.js';
import { hasEnded, processStart } from '../src/process-start.js';

const content = randomBytes(300_000);
const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const sha256 = digest(content);
let server: FileServer;
let folder: string;

beforeAll(async () => {
  server = await startFileServer();
});
afterAll(() => server.close());
beforeEach(() => {
  Object.assign(server, { misbehaviour: [], requests: [], tags: true });
  server.files.clear();
  server.files.set('w.bin', content);
  folder = join(temporaryFolder(), 'cache');
});

function get(
  file: Partial<WantedFile> = {},
  options: Partial<CachedFileOptions> = {},
  context: Partial<RequestContext> = {},
) {
  const wanted = { url: `${server.url}w.bin`, name: 'w.bin', maxSize: 1e6, ...file };
  const base = { fetch, attempts: 3, retryDelayMs: 1, stallMs: 5000 };
  return downloadToCache(wanted, { folder, ...options }, { ...base, ...context });
}
const cacheProgram = fileURLToPath(new URL('cache-in-a-process.mjs', import.meta.url));
const ranges = () => server.requests.map(({ range, ifRange }) => [range, ifRange].filter(Boolean).join(' '));
const partFolder = (id: string) => join(folder, `.w.bin.${id.repeat(8)}-0000-4000-8000-000000000000.part`);
/** A folder as a process leaves it that dies while it downloads. */
function leave(part: Buffer, more: { version?: string; owner?: object } = {}, id = '0') {
  const path = partFolder(id);
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, 'content'), part);
  if (more.version) writeFileSync(join(path, 'version'), more.version);
  if (more.owner) writeFileSync(join(path, 'owner'), JSON.stringify(more.owner));
}

describe('downloadToCache', () => {
  it('fetches once, with progress, and leaves nothing but the file and its checksum', async () => {
    const progress: number[] = [];
    const first = await get({ sha256 }, { onProgress: (done, total) => progress.push(done / total) });
    expect(first).toMatchObject({ sha256, cached: false, path: join(folder, 'w.bin') });
    expect(Buffer.from(first.bytes).equals(content)).toBe(true);
    expect(progress.at(-1)).toBe(1);
    expect(readdirSync(folder).sort()).toEqual(['w.bin', 'w.bin.sha256']);
    expect(readFileSync(join(folder, 'w.bin.sha256'), 'utf8')).toBe(`${sha256}  w.bin\n`);
    expect(await get({ sha256 }, { offline: true })).toMatchObject({ sha256, cached: true });
    expect(ranges()).toEqual(['']);
  });

  it('goes on after broken connections, silence and server errors, by the version', async () => {
    server.misbehaviour = [breakOffAfter(100_000), answerWith(503), stallAfter(50_000), breakOffAfter(10_000)];
    const reasons: string[] = [];
    const { bytes } = await get({}, {}, { stallMs: 500, onRetry: (reason) => reasons.push(reason) });
    expect(digest(bytes)).toBe(sha256);
    const tag = tagOf(content);
    const after = [100_000, 100_000, 150_000, 160_000].map((at) => `bytes=${at}- ${tag}`);
    expect(ranges()).toEqual(['', ...after]);
    expect(reasons).toHaveLength(4);
  });

  it('what was changed between two tries is not glued together', async () => {
    const other = randomBytes(300_000);
    const swap = (request: Parameters<ReturnType<typeof breakOffAfter>>[0], ...rest: [never, never]) => {
      server.files.set('w.bin', other);
      return breakOffAfter(100_000)(request, ...rest);
    };
    server.misbehaviour = [swap as never];
    expect(digest((await get()).bytes)).toBe(digest(other));
    expect(ranges()).toEqual(['', `bytes=100000- ${tagOf(content)}`]);
  });

  it('nor where the server keeps to Range and not to If-Range', async () => {
    const other = randomBytes(300_000);
    server.misbehaviour = [
      breakOffAfter(100_000),
      (request, response) => {
        server.files.set('w.bin', other);
        return breakOffAfter(200_000)(request, response, other);
      },
    ];
    expect(digest((await get()).bytes)).toBe(digest(other));
    expect(ranges().at(-1)).toBe('');
  });

  it('without a version and without a checksum it begins anew; with a checksum it goes on', async () => {
    const breakOff: typeof ignoreRange = (_, response) => {
      response.writeHead(200, { 'content-length': content.length });
      response.write(content.subarray(0, 100_000), () => setTimeout(() => response.destroy(), 250));
      return true;
    };
    server.tags = false;
    server.misbehaviour = [breakOff];
    expect(digest((await get()).bytes)).toBe(sha256);
    expect(ranges()).toEqual(['', '']);
    server.requests = [];
    server.misbehaviour = [breakOff];
    folder = join(temporaryFolder(), 'cache');
    expect((await get({ sha256: sha256.slice(0, 8) })).sha256).toBe(sha256);
    expect(ranges()).toEqual(['', 'bytes=100000-']);
  });

  it('listens from the start to a server that ignores Range, and asks again for wrong bytes', async () => {
    leave(content.subarray(0, 1000), { version: tagOf(content) });
    server.misbehaviour = [ignoreRange];
    expect((await get({ sha256 })).sha256).toBe(sha256);
    expect(ranges()).toEqual([`bytes=1000- ${tagOf(content)}`]);
    folder = join(temporaryFolder(), 'cache');
    server.misbehaviour = [sendInstead((bytes) => Buffer.alloc(bytes.length, 1))];
    expect((await get({ sha256 })).sha256).toBe(sha256);
  });

  it('refuses wrong bytes, wrong lengths, missing files and what has no length', async () => {
    const wrong = sendInstead((bytes) => Buffer.alloc(bytes.length, 1));
    const refused = async (file: Partial<WantedFile>, code: string, message: RegExp) => {
      await expect(get(file)).rejects.toMatchObject({
        name: 'DownloadError',
        code,
        message: expect.stringMatching(message),
      });
      expect(readdirSync(folder)).toEqual([]);
    };
    server.misbehaviour = [wrong, wrong];
    await refused(
      { sha256: sha256.slice(0, 8) },
      'wrong-checksum',
      /w\.bin gives another file .* expected [0-9a-f]{8}…$/,
    );
    server.misbehaviour = [sendInstead((bytes) => bytes.subarray(1))];
    await refused(
      { size: content.length },
      'wrong-answer',
      /sends 299999 bytes, fewer than the 300000 that were published/,
    );
    server.misbehaviour = [sendInstead((bytes) => Buffer.concat([bytes, bytes]))];
    await refused({ size: content.length }, 'wrong-answer', /sends more than the 300000 bytes that were published/);
    await refused({ maxSize: 1000 }, 'wrong-answer', /more than the 1000 bytes that are taken at most/);
    server.misbehaviour = [
      (_, response) => Boolean(response.writeHead(200).write(content, () => response.end()) || true),
    ];
    await refused({}, 'wrong-answer', /does not say how long the file is, and no checksum of it is known/);
    await refused({ url: `${server.url}nowhere` }, 'refused', /the server answers with 404 for w\.bin/);
    server.misbehaviour = [answerWith(503), answerWith(503), answerWith(503)];
    await refused({}, 'unreachable', /breaks off after 3 attempts: the server answers with 503/);
  });

  it('offline it takes what is there, says what is not, and believes nothing that is damaged', async () => {
    await expect(get({}, { offline: true })).rejects.toMatchObject({
      code: 'offline',
      message: `${join(folder, 'w.bin')} is not there, and nothing may be fetched`,
    });
    await get();
    writeFileSync(join(folder, 'w.bin'), Buffer.alloc(10));
    await expect(get({}, { offline: true })).rejects.toThrow(
      /w\.bin is damaged \(the SHA-256 of w\.bin is .*nothing may/,
    );
    expect((await get()).sha256).toBe(sha256);
    expect(ranges()).toEqual(['', '']);
  });

  it('gives up on what is damaged again as soon as it is in its place', async () => {
    // Right whenever it has come, and never where it is kept.
    let looks = 0;
    const answers = [undefined, 'spoiled', 'spoiled', undefined, 'spoiled'];
    await expect(get({ explainWrong: () => answers[looks++] })).rejects.toMatchObject({
      code: 'wrong-checksum',
      message: expect.stringMatching(/w\.bin is damaged \(spoiled\) right after it was downloaded, 2 times; /),
    });
    expect(looks).toBe(answers.length);
    expect(ranges()).toEqual(['', '']);
  });

  it('an aborted download is gone on with, and so is that of a process that died', async () => {
    const stop = new AbortController();
    server.misbehaviour = [stallAfter(120_000)];
    const onProgress = (done: number) => void (done >= 120_000 && stop.abort());
    await expect(get({}, { onProgress }, { signal: stop.signal, stallMs: 60_000 })).rejects.toThrow(/abort/i);
    leave(content.subarray(0, 5000), { version: tagOf(content) });
    expect((await get()).sha256).toBe(sha256);
    expect(ranges()).toEqual(['', `bytes=120000- ${tagOf(content)}`]);
    expect(readdirSync(folder).sort()).toEqual(['w.bin', 'w.bin.sha256']);
    folder = join(temporaryFolder(), 'cache');
    leave(content.subarray(0, 7000), { version: tagOf(content), owner: { host: hostname(), process: 2 ** 22 + 1 } });
    expect((await get()).sha256).toBe(sha256);
    expect(ranges().at(-1)).toBe(`bytes=7000- ${tagOf(content)}`);
  });

  it('waits while another process is downloading', async () => {
    leave(content.subarray(0, 7000), { owner: { host: 'another', process: 1 } });
    const stop = new AbortController();
    const waiting = get({}, { onWait: () => setTimeout(() => stop.abort(), 300) }, { signal: stop.signal });
    await expect(waiting).rejects.toThrow(/abort/i);
    expect(server.requests).toEqual([]);
  });

  it('waits for a process of this computer however long it is silent, and for no other of its number', async () => {
    const longAgo = new Date(Date.now() - 3_600_000);
    const isWaitedFor = async (owner: object) => {
      folder = join(temporaryFolder(), 'cache');
      server.requests = [];
      leave(content.subarray(0, 7000), { version: tagOf(content), owner });
      utimesSync(join(partFolder('0'), 'owner'), longAgo, longAgo);
      const stop = new AbortController();
      let waited = false;
      const onWait = () => {
        waited = true;
        setTimeout(() => stop.abort(), 300);
      };
      const outcome = await get({}, { onWait }, { signal: stop.signal }).catch(() => undefined);
      expect(outcome?.sha256).toBe(waited ? undefined : sha256);
      expect(server.requests.length).toBe(waited ? 0 : 1);
      return waited;
    };
    const self = ownIdentity();
    expect(self).toMatchObject({ host: hostname(), process: process.pid });
    const parent = { ...self, process: process.ppid, started: processStart(process.ppid) };
    // On Windows a process of that number is believed for minutes only.
    expect(await isWaitedFor(parent)).toBe(parent.started !== undefined);
    // What this process downloads it knows: another of its threads has ended.
    expect(await isWaitedFor(self)).toBe(false);
    expect(await isWaitedFor({ ...self, started: 'another time' })).toBe(false);
    expect(await isWaitedFor({ ...self, space: 'another container' })).toBe(false);
    expect(await isWaitedFor({ host: hostname(), process: process.pid })).toBe(false);
    for (const id of [0, -1, 1.5, '1', null, 2 ** 40]) expect(await isWaitedFor({ ...self, process: id })).toBe(false);
    expect(await isWaitedFor([])).toBe(false);
  });

  it('does not wait for one that has ended, be it by a clock that was wrong or before anybody asked how', async () => {
    const tomorrow = new Date(Date.now() + 86_400_000);
    leave(content.subarray(0, 7000), { version: tagOf(content), owner: { host: hostname(), process: 2 ** 22 + 1 } });
    utimesSync(join(partFolder('0'), 'owner'), tomorrow, tomorrow);
    expect((await get()).sha256).toBe(sha256);
    if (process.platform !== 'linux') return;
    const parent = spawn('sh', ['-c', 'true & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const zombie = await new Promise<number>((resolve) => parent.stdout.once('data', (data) => resolve(Number(data))));
    while (!hasEnded(zombie)) await new Promise((resolve) => setTimeout(resolve, 20));
    folder = join(temporaryFolder(), 'cache');
    const owner = { ...ownIdentity(), process: zombie, started: processStart(zombie) };
    leave(content.subarray(0, 7000), { version: tagOf(content), owner });
    expect((await get()).sha256).toBe(sha256);
    parent.kill();
  });

  it('waits for a process that was stopped, which then is the one that downloads', async () => {
    if (process.platform === 'win32') return;
    server.misbehaviour = [stallAfter(50_000)];
    const child = spawn(process.execPath, [cacheProgram, `${server.url}w.bin`, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const output = new Promise<string>((resolve) => {
      let out = '';
      child.stdout.on('data', (data) => {
        out += data;
      });
      child.on('close', () => resolve(out));
    });
    while (server.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill('SIGSTOP');
    const [part] = readdirSync(folder).filter((name) => name.endsWith('.part'));
    const longAgo = new Date(Date.now() - 3_600_000);
    utimesSync(join(folder, part!, 'owner'), longAgo, longAgo);
    const goOn = () => setTimeout(() => child.kill('SIGCONT'), 300);
    const found = await get({}, { onWait: goOn });
    expect(found).toMatchObject({ sha256, cached: true });
    expect(await output).toBe(sha256);
    // Its own silence made it ask again, from where it was.
    expect(ranges()).toEqual(['', `bytes=50000- ${tagOf(content)}`]);
  });

  it('one that seemed dead on another computer does no harm, and waits itself', async () => {
    let taken: Promise<unknown> | undefined;
    server.misbehaviour = [stallAfter(50_000)];
    const onProgress = (done: number) => {
      if (done < 50_000 || taken) return;
      // What another computer does to a folder that is silent: it copies what is there, and removes it.
      const [part] = readdirSync(folder).filter((name) => name.endsWith('.part'));
      rmSync(join(folder, part!), { recursive: true });
      taken = get();
    };
    const first = await get({}, { onProgress }, { stallMs: 1000 });
    expect(first.sha256).toBe(sha256);
    expect(await taken).toMatchObject({ sha256 });
    expect(readdirSync(folder).sort()).toEqual(['w.bin', 'w.bin.sha256']);
  });

  it('two processes at once have one file, of one download', async () => {
    server.misbehaviour = [breakOffAfter(50_000), breakOffAfter(50_000)];
    const runs = [0, 1, 2].map(
      () =>
        new Promise<string>((resolve, reject) => {
          const child = spawn(process.execPath, [cacheProgram, `${server.url}w.bin`, folder], {
            stdio: ['ignore', 'pipe', 'inherit'],
          });
          let out = '';
          child.stdout.on('data', (data) => {
            out += data;
          });
          child.on('close', (code) => (code === 0 ? resolve(out) : reject(new Error(`ended with ${code}`))));
        }),
    );
    expect(await Promise.all(runs)).toEqual([sha256, sha256, sha256]);
    expect(readdirSync(folder).sort()).toEqual(['w.bin', 'w.bin.sha256']);
    // Those that come at the very same moment may each have begun.
    expect(server.requests.filter(({ range }) => !range).length).toBeLessThan(3);
  });
});
