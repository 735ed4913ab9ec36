import { fileURLToPath } from 'node:url';
import '@tensorflow/tfjs-backend-wasm';
import { setBackend } from '@tensorflow/tfjs-core';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumForTest } from '../../../tests/browser/chromium-for-test.js';
import { servePage } from '../../../tests/browser/serve-page.js';
import type { BrowserReconstruction } from './browser/page.js';
import { reconstructDisc } from './small-reconstruction.js';

const folder = fileURLToPath(new URL('browser', import.meta.url));
const executablePath = chromiumForTest('Reconstruction in a browser');

describe.skipIf(!executablePath)('reconstruct in headless Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    await setBackend('wasm');
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  });
  afterAll(() => browser?.close());

  it('finds the same parameters, colour, mesh and rendering as in Node', async () => {
    const server = await servePage({ folder, scripts: ['page.ts'] });
    try {
      const page = await browser.newPage();
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(String(error)));
      await page.goto(server.url);
      const found = await page.evaluate(() =>
        (self as unknown as { reconstructInBrowser(): Promise<BrowserReconstruction> }).reconstructInBrowser(),
      );
      expect(errors).toEqual([]);
      const expected = await reconstructDisc();
      expect(found.normalized).toHaveLength(6);
      expect(worst(found.normalized, expected.normalized)).toBeLessThan(1e-4);
      expect(Object.keys(found.parameters)).toEqual(Object.keys(expected.parameters));
      expect(worst(Object.values(found.parameters), Object.values(expected.parameters))).toBeLessThan(5e-4);
      expect(worst(found.baseColor, expected.baseColor)).toBeLessThan(1e-4);
      expect(worst(found.positions, expected.mesh.positions)).toBeLessThan(1e-3);
      // A sample on an edge may fall to the other side.
      const changed = found.rendering.filter((value, i) => Math.abs(value - expected.rendering.data[i]!) > 1);
      expect(found.rendering).toHaveLength(expected.rendering.data.length);
      expect(changed.length).toBeLessThan(0.01 * found.rendering.length);
    } finally {
      server.close();
    }
  });
});

function worst(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Array.from(a).reduce((max, value, i) => Math.max(max, Math.abs(value - b[i]!)), 0);
}
