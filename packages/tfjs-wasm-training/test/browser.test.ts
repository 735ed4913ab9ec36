import { fileURLToPath } from 'node:url';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumForTest } from '../../../tests/browser/chromium-for-test.js';
import { servePage } from '../../../tests/browser/serve-page.js';
import { enableWasmTraining } from '../src/index.js';
import type { BrowserResult } from './browser/train-in-browser.js';
import { trainSmallNetwork } from './small-network.js';

const folder = fileURLToPath(new URL('browser', import.meta.url));
const executablePath = chromiumForTest('Training in a browser');

/** Relative difference of losses allowed between two builds of tfjs' and our kernels (other order of additions, other threads). */
const TOLERANCE = 2e-3;

describe.skipIf(!executablePath)('in headless Chromium', () => {
  let browser: Browser;
  let expected: number[];
  beforeAll(async () => {
    await enableWasmTraining();
    await tf.setBackend('wasm');
    expected = await trainSmallNetwork();
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  });
  afterAll(() => browser?.close());

  for (const isolated of [false, true]) {
    describe(isolated ? "a cross-origin isolated page, tfjs' multi-threaded build" : 'a plain page', () => {
      let server: Awaited<ReturnType<typeof servePage>>;
      let page: Page;
      beforeAll(async () => {
        server = await servePage({ folder, scripts: ['page.ts', 'worker.ts'], isolated });
        page = await browser.newPage();
        await page.goto(server.url);
      });
      afterAll(async () => {
        await page?.close();
        server?.close();
      });

      it('trains a CNN as in Node', async () => {
        const result = await page.evaluate(() =>
          (self as unknown as { trainInBrowser(): Promise<BrowserResult> }).trainInBrowser(),
        );
        check(result, isolated);
      });

      it('trains a CNN as in Node, in a Web Worker', async () => {
        const message = await page.evaluate(
          () =>
            new Promise<{ result?: BrowserResult; error?: string }>((resolve) => {
              const worker = new Worker('/worker.js', { type: 'module' });
              worker.onmessage = ({ data }) => resolve(data);
              worker.onerror = ({ message }) => resolve({ error: message });
            }),
        );
        expect(message.error).toBeUndefined();
        check(message.result!, isolated);
      });
    });
  }

  function check({ losses, sharedMemory, threads }: BrowserResult, isolated: boolean): void {
    expect(sharedMemory).toBe(isolated);
    expect(threads).toBe(isolated ? 2 : 1);
    expect(losses.at(-2)!).toBeLessThan(losses[0]! * 0.9);
    expect(losses).toHaveLength(expected.length);
    losses.forEach((loss, i) => {
      const difference = Math.abs(loss - expected[i]!) / expected[i]!;
      expect(difference, `number ${i + 1}: ${loss} in the browser, ${expected[i]} in Node`).toBeLessThan(TOLERANCE);
    });
  }
});
