import { fileURLToPath } from 'node:url';
import '@tensorflow/tfjs-backend-wasm';
import { setBackend } from '@tensorflow/tfjs-core';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumForTest } from '../../../tests/browser/chromium-for-test.js';
import { servePage } from '../../../tests/browser/serve-page.js';
import { loadPretrained } from '../src/node.js';
import { drawnImage } from './drawn-image.js';

const folder = fileURLToPath(new URL('browser', import.meta.url));
const assets = fileURLToPath(new URL('..', import.meta.url));
const executablePath = chromiumForTest('Shipped models in a browser');

describe.skipIf(!executablePath)('loadPretrained in headless Chromium', () => {
  let browser: Browser;
  let server: Awaited<ReturnType<typeof servePage>>;
  let expected: Float32Array;
  beforeAll(async () => {
    await setBackend('wasm');
    const { reconstructor } = await loadPretrained('observable');
    expected = (await reconstructor.predict(drawnImage())).normalized;
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
    server = await servePage({ folder, scripts: ['page.ts'], assets });
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  // The page's script lies where a package's dist would.
  it.each([
    ['from where the package lies', {}],
    ['from the folder that is given', { baseUrl: '/models/' }],
  ])('loads %s, and finds what it finds in Node', async (_, options) => {
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    await page.goto(server.url);
    const found = await page.evaluate(
      (given) => (self as unknown as { predictInBrowser(o: object): Promise<number[]> }).predictInBrowser(given),
      options,
    );
    expect(errors).toEqual([]);
    expect(found).toHaveLength(expected.length);
    found.forEach((value, i) => {
      expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-4);
    });
  });
});
