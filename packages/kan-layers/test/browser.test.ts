import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumForTest } from '../../../tests/browser/chromium-for-test.js';
import { servePage } from '../../../tests/browser/serve-page.js';
import { skipped } from '../../../tests/skipped.js';
import { golden } from './backends.js';
import type { checks } from './browser/checks.js';
import { goldenLayers } from './golden-layers.js';
import { cases } from './layers.js';

type Checks = typeof checks;

const folder = fileURLToPath(new URL('browser', import.meta.url));
const executablePath = chromiumForTest('KAN layers in a browser');

/** A graphics card in software for both, so that the tests run, and give the same numbers, on machines without one. */
const softwareGraphics = [
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
];

/**
 * All three compute in float32; on the layers without sine and cosine all errors are below 1e-6. A graphics card's sine and cosine
 * may be wrong by 2⁻¹¹ (Vulkan and WebGPU promise no more; the card in software makes use of it), a Fourier
 * series multiplies that by the number of its harmonics (3e-3 was measured), and a difference quotient divides it by its step.
 */
const settings = [
  { backend: 'wasm', tolerance: 1e-4, forDifferences: 1e-3 },
  { backend: 'webgl', tolerance: 5e-3, forDifferences: 5e-3 },
  { backend: 'webgpu', tolerance: 5e-3, forDifferences: 5e-3 },
];

describe.skipIf(!executablePath)('in headless Chromium', () => {
  let browser: Browser;
  let server: Awaited<ReturnType<typeof servePage>>;
  beforeAll(async () => {
    server = await servePage({ folder, scripts: ['page.ts'] });
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', ...softwareGraphics] });
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  describe.each(settings)('on $backend', ({ backend, tolerance, forDifferences }) => {
    let page: Page;
    let started = false;
    const complaints: string[] = [];
    beforeAll(async () => {
      page = await browser.newPage();
      await page.goto(server.url);
      started = await run('startBackend', backend);
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('console', (message) => complaints.push(message.text()));
      if (!started)
        skipped(
          `KAN layers on ${backend}: this Chromium does not offer it; a current one does, without a graphics card.`,
        );
    });
    afterAll(() => page?.close());

    function run<Name extends keyof Checks>(name: Name, ...args: Parameters<Checks[Name]>) {
      return page.evaluate(
        ([name, args]) =>
          (self as unknown as { checks: Record<string, (...args: unknown[]) => unknown> }).checks[name]!(...args),
        [name, args] as [string, unknown[]],
      ) as Promise<Awaited<ReturnType<Checks[Name]>>>;
    }

    it.for(goldenLayers)('$f: output and every gradient as in PyTorch', async ({ f }, { skip }) => {
      if (!started) skip();
      const file = golden(f);
      const errors = await run('golden', f, file);
      // Of fasterKAN the reference's gradients are wrong, so that its files have none.
      expect(Object.keys(errors)).toHaveLength(file.inputGradient ? 2 + Object.keys(file.gradients).length : 1);
      for (const [what, error] of Object.entries(errors)) expect(error, what).toBeLessThan(tolerance);
    });

    it.for(cases)('$name: gradients by finite differences, save and load, no leak', async ({ name }, { skip }) => {
      if (!started) skip();
      for (const [weight, error] of Object.entries(await run('gradients', name))) {
        expect(error, weight).toBeLessThan(forDifferences);
      }
      expect(await run('extremes', name)).toBe(0);
      const { error, sameConfiguration } = await run('saveAndLoad', name);
      expect(error).toBeLessThan(tolerance);
      expect(sameConfiguration).toBe(true);
      expect(await run('leaks', name)).toEqual({
        afterTraining: 0,
        buffersAfterTraining: 0,
        afterDispose: 0,
        buffersAfterDispose: 0,
        lossIsFinite: 1,
      });
    });

    it('a grid that only the device knows is found to be uniform', async ({ skip }) => {
      if (!started) skip();
      const { errors, kernels, kernelsOfUniform } = await run('gridOnDevice');
      for (const error of errors) expect(error).toBeLessThan(tolerance);
      // Where nothing is read synchronously, the first call takes the general recursion.
      if (backend === 'webgpu') expect(kernels[0]).toBeGreaterThan(kernelsOfUniform);
      else expect(kernels[0]).toBe(kernelsOfUniform);
      expect(kernels.slice(1)).toEqual([kernelsOfUniform, kernelsOfUniform]);
    });

    it('no warning, no error that nobody caught', ({ skip }) => {
      if (!started) skip();
      expect(complaints).toEqual([]);
    });
  });
});
