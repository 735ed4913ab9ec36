import { createHash, randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { breakOffAfter, type FileServer, sendInstead, startFileServer } from '../../../../tests/file-server.js';
import { temporaryFolder } from '../../../../tests/temporary-folder.js';
import { fetchPretrained as fetchAnywhere, pretrainedWeights } from '../../src/index.js';
import { type FetchPretrainedOptions, fetchPretrained, weightsCacheFolder } from '../../src/node.js';

/** A safetensors file of one tensor. */
const content = (() => {
  const numbers = randomBytes(200_000);
  const header = Buffer.from(JSON.stringify({ a: { dtype: 'F32', shape: [50_000], data_offsets: [0, 200_000] } }));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([length, header, numbers]);
})();
const sha256 = createHash('sha256').update(content).digest('hex');
const { path: lite0 } = pretrainedWeights('efficientNetLite0');
const { path: squeeze, file: squeezeFile } = pretrainedWeights('squeezeNet11');
let server: FileServer;
let cacheFolder: string;

beforeAll(async () => {
  server = await startFileServer();
  // The network is not asked: everything else than this machine would be refused.
  const real = fetch;
  vi.stubGlobal('fetch', (url: string, init: RequestInit) =>
    url.startsWith(server.url) ? real(url, init) : Promise.reject(new Error(`the network was asked for ${url}`)),
  );
});
afterAll(() => {
  vi.unstubAllGlobals();
  server.close();
});
beforeEach(() => {
  Object.assign(server, { misbehaviour: [], requests: [] });
  server.files.clear();
  server.files.set(lite0, content);
  server.files.set(squeeze, content);
  cacheFolder = join(temporaryFolder(), 'weights');
});

const get = (name: Parameters<typeof fetchPretrained>[0], options: FetchPretrainedOptions = {}) =>
  fetchPretrained(name, { baseUrl: server.url, cacheFolder, retryDelayMs: 1, attempts: 2, ...options });

describe('fetchPretrained in Node.js', () => {
  it('fetches from a mirror by the same path, once, and says what it was compared with', async () => {
    server.misbehaviour = [breakOffAfter(50_000)];
    const progress: [number, number][] = [];
    const first = await get('efficientNetLite0', { onProgress: (done, total) => progress.push([done, total]) });
    expect(first).toMatchObject({ name: 'timm-efficientnet_lite0.ra_in1k.safetensors', sha256, verified: 'none' });
    expect(first).toMatchObject({ cached: false, weights: { license: 'Apache-2.0', batchNormEpsilon: 1e-5 } });
    expect(progress.at(-1)).toEqual([content.length, content.length]);
    const again = await get('efficientNetLite0', { offline: true });
    expect(again).toMatchObject({ sha256, cached: true });
    expect(Buffer.from(again.bytes).equals(content)).toBe(true);
    expect(server.requests.map(({ range }) => range)).toEqual([undefined, 'bytes=50000-']);
  });

  it('takes no other file than the published one', async () => {
    const wrong = {
      code: 'wrong-checksum',
      message: expect.stringMatching(/^fetchPretrained: http.*\.pth gives another file than/),
    };
    await expect(get('squeezeNet10')).rejects.toMatchObject({ name: 'PretrainedError', code: 'refused' });
    server.files.set(pretrainedWeights('squeezeNet10').path, content);
    await expect(get('squeezeNet10')).rejects.toMatchObject(wrong);
    await expect(get('squeezeNet11')).rejects.toMatchObject({
      code: 'wrong-answer',
      message: expect.stringMatching(/sends 2000\d\d bytes, fewer than the 4958839 that were published/),
    });
    server.misbehaviour = [sendInstead(() => Buffer.alloc(5_000_000))];
    await expect(get('squeezeNet11')).rejects.toThrow(/sends more than the 4958839 bytes that were published/);
    expect(readdirSync(cacheFolder)).toEqual([]);
  });

  it('takes no web page for a file of weights where no checksum is known', async () => {
    server.files.set(lite0, Buffer.from('<!doctype html><title>Please log in</title>'));
    await expect(get('efficientNetLite0')).rejects.toMatchObject({
      code: 'wrong-answer',
      message: expect.stringMatching(/gives something else: this is a web page, not a file of weights/),
    });
    expect(readdirSync(cacheFolder)).toEqual([]);
    server.files.set(lite0, content);
    expect(await get('efficientNetLite0')).toMatchObject({ sha256, cached: false });
  });

  it('offline it says what is missing and where it may be put', async () => {
    await expect(get('squeezeNet11', { offline: true })).rejects.toMatchObject({
      code: 'offline',
      message: `fetchPretrained: ${join(cacheFolder, squeezeFile)} is not there, and nothing may be fetched; fetch it once without offline, or put ${server.url}${squeeze} there`,
    });
    expect(server.requests).toEqual([]);
  });

  it('stops when it is told to', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(get('efficientNetLite0', { signal })).rejects.toThrow('enough');
    expect(server.requests).toEqual([]);
  });

  it('refuses what is no address', async () => {
    await expect(get('efficientNetLite0', { baseUrl: 'mirror' })).rejects.toThrow(
      'fetchPretrained: baseUrl is no address; expected https://… or http://…, got "mirror"',
    );
    await expect(get('smallCnn')).rejects.toThrow(/no published weights of this backbone/);
  });
});

describe('fetchPretrained of the main entry, where there is no Cache API', () => {
  it('keeps nothing, and says so offline', async () => {
    const options = { baseUrl: server.url, retryDelayMs: 1 };
    server.misbehaviour = [breakOffAfter(50_000)];
    for (const _ of [1, 2]) {
      expect(await fetchAnywhere('efficientNetLite0', options)).toMatchObject({ sha256, cached: false });
    }
    expect(server.requests).toHaveLength(3);
    await expect(fetchAnywhere('efficientNetLite0', { ...options, offline: true })).rejects.toThrow(
      'fetchPretrained: there is no cache here, and nothing may be fetched; fetch it once without offline',
    );
  });
});

describe('weightsCacheFolder', () => {
  it('follows the environment', () => {
    expect(weightsCacheFolder({ KANRECON_CACHE: '/big', XDG_CACHE_HOME: '/x' }, 'linux')).toBe('/big/weights');
    expect(weightsCacheFolder({ XDG_CACHE_HOME: '/x' }, 'linux')).toBe('/x/kanrecon/weights');
    expect(weightsCacheFolder({ XDG_CACHE_HOME: 'x' }, 'linux')).toMatch(/\.cache\/kanrecon\/weights$/);
    expect(weightsCacheFolder({}, 'darwin')).toMatch(/Library\/Caches\/kanrecon\/weights$/);
    expect(weightsCacheFolder({ LOCALAPPDATA: '/local' }, 'win32')).toBe('/local/kanrecon/weights');
  });
});
