import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumForTest } from '../../../tests/browser/chromium-for-test.js';
import { servePage } from '../../../tests/browser/serve-page.js';
import { distances } from './two-surfaces.js';

const folder = fileURLToPath(new URL('browser', import.meta.url));
const executablePath = chromiumForTest('Distances to surfaces in a browser');

const pages = [
  { name: 'a plain page, in WebAssembly, on its main thread', policy: undefined, hasKernel: true },
  {
    name: 'a content security policy that allows WebAssembly',
    policy: "script-src 'self' 'wasm-unsafe-eval'",
    hasKernel: true,
  },
  { name: 'one that forbids it: in JavaScript', policy: "script-src 'self'", hasKernel: false },
];

describe.skipIf(!executablePath)('surfaceDistances in headless Chromium, the same as in Node', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  });
  afterAll(() => browser?.close());

  it.each(pages)('$name', async ({ policy, hasKernel }) => {
    const server = await servePage({ folder, scripts: ['page.ts'], policy });
    try {
      const page = await browser.newPage();
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(String(error)));
      await page.goto(server.url);
      const found = (await call(page, 'distances')) as number[];
      const expected = distances();
      expect(found).toHaveLength(expected.length);
      // A browser's sine may round the other way.
      for (const [i, distance] of found.entries()) expect(Math.abs(distance - expected[i]!)).toBeLessThan(1e-6);
      expect(await call(page, 'hasKernel')).toBe(hasKernel);
      expect(errors).toEqual([]);
    } finally {
      server.close();
    }
  });
});

function call(page: Page, name: string): Promise<unknown> {
  return page.evaluate((name) => (self as unknown as Record<string, () => unknown>)[name]!(), name);
}
