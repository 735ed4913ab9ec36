import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import '@tensorflow/tfjs-backend-cpu';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chromiumForTest } from '../../../../tests/browser/chromium-for-test.js';
import { servePage } from '../../../../tests/browser/serve-page.js';
import {
  answerWith,
  breakOffAfter,
  type FileServer,
  stallAfter,
  startFileServer,
} from '../../../../tests/file-server.js';
import { createBackbone, pretrainedWeights, saveSafetensors } from '../../src/index.js';
import type { Calls } from '../browser/page.js';

const folder = fileURLToPath(new URL('../browser', import.meta.url));
const executablePath = chromiumForTest('Published weights in a browser');
const { path } = pretrainedWeights('efficientNetLite0');

describe.skipIf(!executablePath)('fetchPretrained in headless Chromium', () => {
  let browser: Browser;
  let pages: Awaited<ReturnType<typeof servePage>>;
  let server: FileServer;
  let page: Page;
  let content: Buffer;
  let sha256: string;
  let cache = 0;
  beforeAll(async () => {
    const { model } = createBackbone('efficientNetLite0', { imageSize: 32, seed: 5 });
    content = Buffer.from(await saveSafetensors(model, { naming: 'timm' }));
    model.dispose();
    sha256 = createHash('sha256').update(content).digest('hex');
    [server, pages] = await Promise.all([startFileServer(), servePage({ folder, scripts: ['page.ts'] })]);
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
    page = await browser.newPage();
    await page.goto(pages.url);
    await page.waitForFunction(() => 'calls' in self);
  });
  afterAll(async () => {
    await browser?.close();
    pages?.close();
    server?.close();
  });
  beforeEach(() => {
    Object.assign(server, { misbehaviour: [], requests: [] });
    server.files.set(path, content);
    cache++;
  });

  const options = () => ({ baseUrl: server.url, cache: `test-${cache}`, retryDelayMs: 1, attempts: 3 });
  /** Calls a function of the page. */
  function call<Name extends keyof Calls>(name: Name, ...args: Parameters<Calls[Name]>) {
    return page.evaluate(
      ([name, args]) =>
        (self as unknown as { calls: Record<string, (...args: unknown[]) => unknown> }).calls[name]!(...args),
      [name, args] as [string, unknown[]],
    ) as Promise<Awaited<ReturnType<Calls[Name]>>>;
  }

  it('keeps the file in the Cache API, and needs no network then', async () => {
    const first = await call('fetchLite0', options());
    expect(first).toMatchObject({ sha256, length: content.length, cached: false, verified: 'none' });
    expect(first.progress.at(-1)).toBe(1);
    expect(await call('fetchLite0', { ...options(), offline: true })).toMatchObject({ sha256, cached: true });
    expect(await call('create', { ...options(), offline: true })).toEqual({
      loaded: 245,
      mean: [0.485, 0.456, 0.406],
      cached: true,
    });
    expect(server.requests).toHaveLength(1);
  });

  it('tries again after broken connections; of two calls at once one downloads', async () => {
    server.misbehaviour = [breakOffAfter(100_000), answerWith(503)];
    const [a, b] = await call('fetchTwice', options());
    expect([a, b].map((one) => 'cached' in one && one.cached).sort()).toEqual([false, true]);
    expect(a).toMatchObject({ sha256 });
    expect([...a.retries, ...b.retries]).toHaveLength(2);
    // No checksum of this file is known beforehand, and other servers hide ETags from a page: never a part.
    expect(server.requests.map(({ range }) => range)).toEqual([undefined, undefined, undefined]);
  });

  it('fetches what was damaged in the cache once more', async () => {
    await call('fetchLite0', options());
    await call('spoil', options().cache);
    expect(await call('fetchLite0', { ...options(), offline: true })).toMatchObject({ error: { code: 'offline' } });
    expect(await call('fetchLite0', options())).toMatchObject({ sha256, cached: false });
  });

  it('says what went wrong', async () => {
    const at = { ...options(), offline: true };
    const { error } = (await call('fetchLite0', at)) as { error?: object };
    expect(error).toEqual({
      name: 'PretrainedError',
      code: 'offline',
      message: `fetchPretrained: timm-efficientnet_lite0.ra_in1k.safetensors is not in the browser's cache ${at.cache}, and nothing may be fetched; fetch it once without offline`,
    });
    server.files.delete(path);
    expect(await call('fetchLite0', options())).toMatchObject({
      error: { code: 'refused', message: expect.stringMatching(/the server answers with 404/) },
    });
    server.files.set(path, content);
    server.misbehaviour = [stallAfter(1000)];
    expect(await call('abort', options())).toBe('enough');
  });
});
