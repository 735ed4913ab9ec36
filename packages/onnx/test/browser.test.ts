import '@tensorflow/tfjs-backend-wasm';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createReconstructor, type Reconstructor, toLayersModel } from '@kanrecon/model';
import { loadPretrained } from '@kanrecon/pretrained/node';
import { setBackend } from '@tensorflow/tfjs-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumForTest } from '../../../tests/browser/chromium-for-test.js';
import { servePage } from '../../../tests/browser/serve-page.js';
import { temporaryFolder } from '../../../tests/temporary-folder.js';
import { toOnnx } from '../src/to-onnx.js';
import { expectEqual } from './compare.js';
import { formulaPixels } from './formula-pixels.js';

const executablePath = chromiumForTest('Exported networks in a browser');
const targets = [{ name: 'radius', min: 0.5, max: 1.5 }];
const config = { backbone: 'smallCnn', imageSize: 32, head: { type: 'efficientKAN', widths: [4] } } as const;

describe.skipIf(!executablePath)('exported networks in headless Chromium', () => {
  let browser: Browser;
  let server: Awaited<ReturnType<typeof servePage>>;
  let page: Page;
  let own: Reconstructor;
  let study: Float32Array;
  const errors: string[] = [];

  beforeAll(async () => {
    await setBackend('wasm');
    const assets = temporaryFolder();
    const { reconstructor } = await loadPretrained('study');
    study = await reconstructor.predictBatch(formulaPixels(2, 64));
    writeFileSync(join(assets, 'study.onnx'), await toOnnx(reconstructor));
    own = createReconstructor({ ...config, targets });
    mkdirSync(join(assets, 'web'));
    for (const [name, data] of Object.entries(await toLayersModel(own))) writeFileSync(join(assets, 'web', name), data);
    const { resolve } = createRequire(import.meta.url);
    const binary = resolve('onnxruntime-web/ort-wasm-simd-threaded.jsep.wasm');
    copyFileSync(binary, join(assets, 'ort.bin'));
    const folder = fileURLToPath(new URL('browser', import.meta.url));
    server = await servePage({ folder, scripts: ['page.ts'], assets });
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
    page = await browser.newPage();
    page.on('pageerror', (error) => errors.push(String(error)));
    await page.goto(server.url);
    await page.evaluate(() => (self as unknown as { prepare(): Promise<void> }).prepare());
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  /** Calls a function of the page. */
  const call = <T>(name: string, ...args: unknown[]): Promise<T> =>
    page.evaluate(
      ([name, args]) => (self as unknown as Record<string, (...args: unknown[]) => Promise<T>>)[name]!(...args),
      [name, args] as const,
    );

  it('onnxruntime-web says of a file what the network says in Node', async () => {
    expectEqual(await call<number[]>('runFile', '/study.onnx', 64), study);
    expect(errors).toEqual([]);
  });

  it('a file is written in the page itself', async () => {
    const { tfjs, onnx } = await call<{ tfjs: number[]; onnx: number[] }>('runOwn', config, targets);
    expectEqual(onnx, tfjs);
  });

  it('tf.loadLayersModel reads a layers model with a KAN head', async () => {
    const bytes = formulaPixels(2, 32);
    const input = own.imagesToTensor(bytes);
    const outputs = await call<number[]>('runLayersModel', '/web/model.json', [...(await input.data())], input.shape);
    expectEqual(outputs, await own.predictBatch(bytes));
  });
});
