import { fileURLToPath } from 'node:url';
import '@tensorflow/tfjs-backend-wasm';
import { sceneByName } from '@kanrecon/scene';
import { enableWasmTraining } from '@kanrecon/tfjs-wasm-training';
import { setBackend } from '@tensorflow/tfjs-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumForTest } from '../../../tests/browser/chromium-for-test.js';
import { servePage } from '../../../tests/browser/serve-page.js';
import { type TrainingEvent, trainExperiment } from '../src/index.js';
import type { PageTraining } from './browser/page.js';
import { numbersOf, steadyExperiment } from './tiny-experiment.js';

const folder = fileURLToPath(new URL('browser', import.meta.url));
const executablePath = chromiumForTest('Training an experiment in a browser');

/** Relative difference of losses allowed: a browser's build of the backend adds in another order, and every step makes that grow. */
const tolerance = 1e-4;

// Bundling for a browser fails as soon as anything of Node.js is reached from the package's main entry.
describe.skipIf(!executablePath)('trainExperiment in headless Chromium', () => {
  let browser: Browser;
  let server: Awaited<ReturnType<typeof servePage>>;
  let page: Page;
  let expected: TrainingEvent[];
  beforeAll(async () => {
    await enableWasmTraining();
    await setBackend('wasm');
    expected = [];
    const { reconstructor } = await trainExperiment(steadyExperiment, {
      scene: sceneByName('observable'),
      validationImages: 8,
      onEvent: (event) => expected.push(event),
    });
    reconstructor.dispose();
    server = await servePage({ folder, scripts: ['page.ts', 'worker.ts'], external: ['@gltf-transform/core'] });
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
    page = await browser.newPage();
    await page.goto(server.url);
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  function expectSame(events: readonly TrainingEvent[]) {
    const [found, wanted] = [numbersOf(events), numbersOf(expected)];
    expect(found).toHaveLength(wanted.length);
    for (const [i, number] of found.entries()) {
      const difference = Math.abs(number - wanted[i]!) / wanted[i]!;
      expect(difference, `number ${i + 1}: ${number} in the browser, ${wanted[i]} in Node`).toBeLessThan(tolerance);
    }
  }

  it('tells the same events with the same losses as in Node, on a page', async () => {
    const { events, complete } = await page.evaluate(() =>
      (self as unknown as { onPage(): Promise<PageTraining> }).onPage(),
    );
    expect(complete).toBe(true);
    expect(events.map(({ type }) => type)).toEqual(expected.map(({ type }) => type));
    expectSame(events);
  });

  it('is stopped by a message in a Web Worker, and goes on in another one as if it never had been', async () => {
    const [first, second] = await page.evaluate(() =>
      (self as unknown as { inTwoWorkers(stopAfter: number): Promise<PageTraining[]> }).inTwoWorkers(5),
    );
    expect(first!.complete).toBe(false);
    expect(first!.events.at(-1)).toMatchObject({ type: 'finished', complete: false });
    const steps = first!.events.filter(({ type }) => type === 'step').length;
    // The message comes through between two steps; that one comes between it and the next is all that may happen.
    expect([5, 6]).toContain(steps);
    expect(second!.complete).toBe(true);
    const started = second!.events.find((event) => event.type === 'started');
    expect(started?.resumed).toEqual({ epoch: 1, step: steps - 4 });
    expectSame([...first!.events, ...second!.events]);
  });
});
