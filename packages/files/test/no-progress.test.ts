import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FileServer, type Misbehaviour, startFileServer } from '../../../tests/file-server.js';
import { temporaryFolder } from '../../../tests/temporary-folder.js';
import { downloadToCache } from '../src/cache/download-to-cache.js';
import { requestPatience } from '../src/download/request-patience.js';
import type { WantedFile } from '../src/download/wanted-file.js';

const content = randomBytes(300_000);
let server: FileServer;
beforeAll(async () => {
  server = await startFileServer();
});
afterAll(() => server.close());
beforeEach(() => {
  Object.assign(server, { misbehaviour: [], requests: [] });
  server.files.set('w.bin', content);
});

function get(file: Partial<WantedFile>) {
  const wanted = { url: `${server.url}w.bin`, name: 'w.bin', maxSize: 1e6, ...file };
  const context = { fetch, attempts: 3, retryDelayMs: 1, stallMs: 5000 };
  return downloadToCache(wanted, { folder: join(temporaryFolder(), 'cache') }, context);
}

/** A server that knows no parts of files, and breaks off after some bytes. */
const wholeUntil =
  (bytes: number, length?: number): Misbehaviour =>
  (_, response) => {
    response.writeHead(200, length === undefined ? {} : { 'content-length': length });
    response.write(content.subarray(0, bytes), () => setTimeout(() => length && response.destroy(), 250));
    if (length === undefined) response.end();
    return true;
  };
/** A whole file counts as a try more: tests that fail end by it. */
const always = (one: Misbehaviour) => Array.from({ length: 12 }, () => one);

describe('a server that always begins anew', () => {
  it.each([
    ['breaks off', wholeUntil(100_000, content.length), 'the connection was broken off'],
    ['ends too early, as the page of a hotel that asks for a password', wholeUntil(18), 'the answer ended too early'],
  ])('and %s is given up on', async (_, misbehaviour, why) => {
    server.misbehaviour = always(misbehaviour);
    await expect(get({ size: content.length, sha256: 'ab'.repeat(32) })).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining(`breaks off after 3 attempts: ${why}`),
    });
    // The first got on, as nothing was there before it; then three did not.
    expect(server.requests.length).toBeLessThanOrEqual(4);
  });

  it('and gets farther each time is asked until it has sent everything', async () => {
    server.misbehaviour = [0.2, 0.4, 0.6, 0.8, 0.9].map((share) => wholeUntil(share * content.length, content.length));
    const sha256 = createHash('sha256').update(content).digest('hex');
    expect((await get({ size: content.length, sha256 })).bytes.length).toBe(content.length);
    expect(server.requests.length).toBe(6);
  });
});

describe('requestPatience', () => {
  it('has defaults, and refuses what is no such number', () => {
    expect(requestPatience('f', {})).toEqual({ attempts: 5, retryDelayMs: 1000, stallMs: 60_000 });
    expect(requestPatience('f', { attempts: 1, retryDelayMs: 0 })).toMatchObject({ attempts: 1, retryDelayMs: 0 });
    for (const attempts of [0, -1, 1.5, Number.NaN, '3' as never])
      expect(() => requestPatience('f', { attempts })).toThrow(
        `f: attempts is wrong; expected a whole number from 1 on, got ${attempts}`,
      );
    expect(() => requestPatience('f', { stallMs: Number.NaN })).toThrow(/stallMs is wrong; .* got NaN$/);
    expect(() => requestPatience('f', { retryDelayMs: 1e12 })).toThrow(/retryDelayMs is wrong; .* got 1000000000000$/);
  });
});
