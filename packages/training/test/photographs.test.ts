import { fileURLToPath } from 'node:url';
import { decodeImage } from '@kanrecon/dataset/node';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumForTest } from '../../../tests/browser/chromium-for-test.js';
import { servePage } from '../../../tests/browser/serve-page.js';
import golden from './photographs/golden.json' with { type: 'json' };
import { type PreprocessingCase, preprocess } from './photographs/preprocess.js';

// From a photograph's file to a network's input: what torchvision makes of it, in Node and in a browser.
const folder = fileURLToPath(new URL('photographs', import.meta.url));
type Channels = readonly [number, number, number];
const norm = { mean: golden.mean as unknown as Channels, std: golden.std as unknown as Channels };
type Case = PreprocessingCase & { photograph: string; pillow: string; tensor?: string };
const cases = golden.cases as Case[];
const title = ({ photograph, filter, size, shorterSide }: Case) =>
  `${photograph}, ${filter}, ${shorterSide === undefined ? `squashed to ${size}` : `${shorterSide} cropped to ${size}`}`;
const inNode = async ({ photograph, ...wanted }: Case) =>
  preprocess(await decodeImage(`${folder}/${photograph}`), wanted, norm);

/** The largest difference of two lists of channels of pixels, in levels of 255. */
function levels(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(found.length).toBe(expected.length);
  let most = 0;
  for (let i = 0; i < found.length; i++) {
    most = Math.max(most, Math.abs(found[i]! - expected[i]!) * norm.std[i % 3]! * 255);
  }
  return most;
}

/** What the golden file keeps of an input: a grid of its pixels. */
function sample(input: Float32Array, size: number): number[] {
  const at = Array.from({ length: golden.grid }, (_, i) => Math.floor((i * size) / golden.grid));
  return at.flatMap((y) => at.flatMap((x) => [...input.subarray(3 * (y * size + x), 3 * (y * size + x) + 3)]));
}

function floats(base64: string): Float32Array {
  return new Float32Array(new Uint8Array(Buffer.from(base64, 'base64')).buffer);
}

describe('a photograph becomes the input that torchvision makes of it', () => {
  it.each(cases.map((each) => [title(each), each] as const))('%s', async (_, each) => {
    const found = sample(await inNode(each), each.size);
    // Pillow's bytes; only normalising rounds otherwise. A decoder of JPEG may differ by one.
    expect(levels(found, floats(each.pillow))).toBeLessThan(each.photograph.endsWith('.png') ? 0.001 : 1.001);
    if (each.tensor) expect(levels(found, floats(each.tensor))).toBeLessThan(1.001);
  });
});

const executablePath = chromiumForTest('Photographs in a browser');
describe.skipIf(!executablePath)('headless Chromium makes the same of it as Node', () => {
  let browser: Browser;
  let server: Awaited<ReturnType<typeof servePage>>;
  beforeAll(async () => {
    server = await servePage({ folder, scripts: ['page.ts'], assets: folder });
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  it('within one level of 255, photograph by photograph', async () => {
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    await page.goto(server.url);
    await page.waitForFunction(() => 'run' in self).catch(() => expect(errors).toEqual([]));
    for (const each of cases) {
      const { photograph, filter, size, shorterSide } = each;
      const wanted = { filter, size, ...(shorterSide !== undefined && { shorterSide }) };
      const found = await page.evaluate(
        ([name, of, how]) => (self as unknown as { run(...all: unknown[]): Promise<string> }).run(name, of, how),
        [photograph, wanted, norm] as const,
      );
      expect(levels(floats(found), await inNode(each)), title(each)).toBeLessThan(1.001);
    }
  });
});
