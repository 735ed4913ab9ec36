import { createHash } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { breakOffAfter, type FileServer, sendInstead, startFileServer } from '../../../../tests/file-server.js';
import { temporaryFolder } from '../../../../tests/temporary-folder.js';
import {
  createBackbone,
  fetchPretrained as fetchAnywhere,
  pretrainedWeights,
  saveSafetensors,
} from '../../src/index.js';
import { type FetchPretrainedOptions, fetchPretrained, weightsCacheFolder } from '../../src/node.js';
import { writeSafetensors } from '../../src/weights/write-safetensors.js';

/** A safetensors file of one tensor. */
const other = Buffer.from(writeSafetensors({ a: { shape: [50_000], data: new Float32Array(50_000) } }));
let content: Buffer;
let sha256: string;
const { path: lite0, file: lite0File } = pretrainedWeights('efficientNetLite0');
const { path: squeeze, file: squeezeFile } = pretrainedWeights('squeezeNet11');
let server: FileServer;
let cacheFolder: string;

beforeAll(async () => {
  const { model } = createBackbone('efficientNetLite0', { imageSize: 32, seed: 5 });
  content = Buffer.from(await saveSafetensors(model, { naming: 'timm' }));
  model.dispose();
  sha256 = createHash('sha256').update(content).digest('hex');
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
  server.files.set(squeeze, other);
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
    server.files.set(pretrainedWeights('squeezeNet10').path, other);
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

  it('nor the weights of another network', async () => {
    server.files.set(lite0, other);
    await expect(get('efficientNetLite0')).rejects.toThrow(
      /gives something else: its weights are not those of efficientNetLite0 \(1 tensors beside the classifier; expected 245\)/,
    );
    expect(readdirSync(cacheFolder)).toEqual([]);
  });

  it('takes what a mirror gave for nobody else’s where no whole checksum is known', async () => {
    const { path } = await get('efficientNetLite0');
    expect(path).toMatch(/timm-efficientnet_lite0\.ra_in1k\.from-[0-9a-f]{16}\.safetensors$/);
    // The same mirror in other words.
    const same = server.url.replace(/\/$/, '').replace('http', 'HTTP');
    expect(await get('efficientNetLite0', { baseUrl: same, offline: true })).toMatchObject({ cached: true, path });
    const offline = { cacheFolder, offline: true };
    await expect(fetchPretrained('efficientNetLite0', offline)).rejects.toMatchObject({ code: 'offline' });
    await expect(get('efficientNetLite0', { baseUrl: `${server.url}b`, offline: true })).rejects.toMatchObject({
      code: 'offline',
    });
    // The publisher's own is not taken for the mirror's either, and has its own name.
    writeFileSync(join(cacheFolder, lite0File), content);
    expect(await fetchPretrained('efficientNetLite0', offline)).toMatchObject({ path: join(cacheFolder, lite0File) });
    writeFileSync(join(cacheFolder, lite0File), other);
    await expect(fetchPretrained('efficientNetLite0', offline)).rejects.toThrow(/is damaged \(its weights are not/);
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
    for (const more of ['?token=1', '#part']) {
      await expect(get('efficientNetLite0', { baseUrl: server.url + more })).rejects.toThrow(
        'fetchPretrained: baseUrl is wrong; expected none behind ? or #',
      );
    }
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
