import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { drawnImage } from './drawn-image.js';
import { choose, pageFixture, savedJson, settled, type WatchedPage } from './page-fixture.js';

const fixture = pageFixture('The viewer: kinds of image files');
const { file, image, scene } = drawnImage('observable', 5007, 256);

describe.skipIf(fixture.missing)('the viewer, given images of each kind', () => {
  let opened: WatchedPage;
  let expected: Record<string, unknown>;
  beforeAll(async () => {
    opened = await fixture.open();
    await settled(opened.page);
    expected = await found('image.png', file.buffer);
  });

  async function found(name: string, buffer: Buffer): Promise<Record<string, unknown>> {
    const { page } = opened;
    await choose(page, { name, mimeType: `image/${name.split('.')[1]}`, buffer });
    await page.locator('.panel-note', { hasText: name }).waitFor();
    await settled(page);
    return savedJson(page);
  }

  it.each<[string, () => Promise<Buffer>]>([
    ['image.jpeg', () => sharp(file.buffer).jpeg({ quality: 95 }).toBuffer()],
    ['image.webp', () => sharp(file.buffer).webp({ lossless: true }).toBuffer()],
    ['image.avif', () => sharp(file.buffer).avif({ quality: 90, effort: 0 }).toBuffer()],
    ['image.gif', () => sharp(file.buffer).gif({ dither: 0 }).toBuffer()],
    ['image.bmp', async () => bitmapFile(image)],
  ])('%s: the object is that of the PNG file, the thumbnail small', async (name, encoded) => {
    const { page, complaints } = opened;
    const answer = await found(name, await encoded());
    expect(answer['image_file']).toBe(name);
    for (const { name: parameter, min, max } of scene.surface.parameters) {
      const error = Math.abs((answer[parameter] as number) - (expected[parameter] as number)) / (max - min);
      expect(error, parameter).toBeLessThan(0.1);
    }
    const thumbnail = page.locator('.thumbnail[aria-pressed=true] canvas');
    expect(await thumbnail.evaluate((canvas) => (canvas as HTMLCanvasElement).width)).toBe(128);
    expect(complaints).toEqual([]);
  });
});

/** A Windows bitmap of 24 bits a pixel: rows from below, blue first. Widths that are multiples of 4. */
function bitmapFile({ width, height, data }: { width: number; height: number; data: ArrayLike<number> }): Buffer {
  const header = 54;
  const out = Buffer.alloc(header + 3 * width * height);
  out.write('BM');
  out.writeUInt32LE(out.length, 2);
  out.writeUInt32LE(header, 10);
  out.writeUInt32LE(40, 14);
  out.writeInt32LE(width, 18);
  out.writeInt32LE(height, 22);
  out.writeUInt16LE(1, 26);
  out.writeUInt16LE(24, 28);
  for (let i = 0; i < width * height; i++) {
    const at = header + 3 * ((height - 1 - Math.floor(i / width)) * width + (i % width));
    for (let c = 0; c < 3; c++) out[at + c] = data[3 * i + 2 - c]!;
  }
  return out;
}
