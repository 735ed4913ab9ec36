import { existsSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fitImage, imagePaddings } from '@kanrecon/image';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pngBytes } from '../../../../tests/small-dataset.js';
import { temporaryFolder } from '../../../../tests/temporary-folder.js';
import { DatasetError } from '../dataset-error.js';
import { readImage } from './read-image.js';

let dir: string;
beforeEach(() => {
  dir = temporaryFolder();
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

/** A plain rectangle of RGB or RGBA. */
function plain(width: number, height: number, color: readonly number[]) {
  const data = Buffer.alloc(width * height * color.length);
  for (let i = 0; i < data.length; i++) data[i] = color[i % color.length];
  return sharp(data, { raw: { width, height, channels: color.length as 3 | 4 } });
}

const pixel = ({ data, width }: { data: Uint8Array; width: number }, x: number, y: number) =>
  Array.from(data.subarray(3 * (y * width + x), 3 * (y * width + x) + 3));

describe('readImage', () => {
  it.skipIf(!existsSync('/dev/zero'))('ends where a file does not', async () => {
    await expect(readImage('/dev/zero')).rejects.toThrow('/dev/zero: the file has more than 268435456 bytes');
    const path = join(dir, 'long.png');
    writeFileSync(path, '');
    truncateSync(path, 2 ** 33);
    await expect(readImage(path)).rejects.toThrow('long.png: the file has more than 268435456 bytes');
  });

  it("gives a PNG's pixels unchanged at its own size, from a path and from bytes", async () => {
    const bytes = pngBytes(16, 3);
    const path = join(dir, 'a.png');
    writeFileSync(path, bytes);
    for (const source of [path, bytes]) {
      const image = await readImage(source);
      expect([image.width, image.height, image.data.length]).toEqual([16, 16, 768]);
      expect(image.data[300]).toBe((300 * 7 + 3 * 31 + ((300 * 300) >> 5)) & 255);
    }
    expect((await readImage(bytes, { size: 16 })).data).toEqual((await readImage(bytes)).data);
  });

  it.each(['png', 'jpeg', 'webp', 'tiff'] as const)('reads %s of any size', async (format) => {
    const image = await readImage(await plain(37, 37, [200, 40, 90]).toFormat(format).toBuffer(), { size: 12 });
    expect([image.width, image.height]).toEqual([12, 12]);
    pixel(image, 6, 6).forEach((value, channel) => {
      expect(Math.abs(value - [200, 40, 90][channel])).toBeLessThan(6);
    });
  });

  it('turns grey, palette, 16-bit and CMYK images into 8-bit RGB', async () => {
    const gray = await plain(9, 9, [70, 70, 70]).toColourspace('b-w').png().toBuffer();
    expect((await sharp(gray).metadata()).channels).toBe(1);
    expect(pixel(await readImage(gray), 4, 4)).toEqual([70, 70, 70]);
    const palette = await plain(9, 9, [70, 0, 255]).png({ palette: true }).toBuffer();
    expect(pixel(await readImage(palette), 4, 4)).toEqual([70, 0, 255]);
    const deep = await plain(9, 9, [70, 0, 255]).toColourspace('rgb16').png().toBuffer();
    expect((await sharp(deep).metadata()).depth).toBe('ushort');
    expect(pixel(await readImage(deep), 4, 4)).toEqual([70, 0, 255]);
    const cmyk = await plain(9, 9, [120, 120, 120]).toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer();
    expect((await sharp(cmyk).metadata()).space).toBe('cmyk');
    expect((await readImage(cmyk)).data).toHaveLength(243);
  });

  it('lays transparency over the background', async () => {
    const half = await plain(8, 8, [255, 0, 0, 128]).png().toBuffer();
    pixel(await readImage(half), 4, 4).forEach((value, channel) => {
      expect(Math.abs(value - [226, 98, 98][channel])).toBeLessThanOrEqual(1);
    });
    const clear = await plain(8, 8, [255, 0, 0, 0]).png().toBuffer();
    expect(pixel(await readImage(clear, { size: 5 }), 2, 2)).toEqual([197, 197, 197]);
    expect(pixel(await readImage(clear, { fit: { background: [1, 2, 3] } }), 2, 2)).toEqual([1, 2, 3]);
    expect(pixel(await readImage(clear, { fit: { background: undefined } }), 2, 2)).toEqual([197, 197, 197]);
  });

  it('turns the image upright by its EXIF orientation', async () => {
    // Left half red, right half blue, to be turned by a quarter clockwise: red comes to the top.
    const red = await plain(8, 16, [255, 0, 0]).png().toBuffer();
    const blue = await plain(8, 16, [0, 0, 255]).png().toBuffer();
    const bytes = await plain(16, 16, [0, 0, 0])
      .composite([
        { input: red, left: 0, top: 0 },
        { input: blue, left: 8, top: 0 },
      ])
      .withMetadata({ orientation: 6 })
      .png()
      .toBuffer();
    const image = await readImage(bytes);
    expect(pixel(image, 8, 2)).toEqual([255, 0, 0]);
    expect(pixel(image, 8, 13)).toEqual([0, 0, 255]);
  });

  it('centres an image that is not square on the background, cutting nothing off', async () => {
    const wide = await plain(40, 20, [10, 200, 30]).png().toBuffer();
    const image = await readImage(wide);
    expect([image.width, image.height]).toEqual([40, 40]);
    expect(pixel(image, 20, 9)).toEqual([197, 197, 197]);
    expect(pixel(image, 0, 10)).toEqual([10, 200, 30]);
    expect(pixel(image, 39, 29)).toEqual([10, 200, 30]);
    expect(pixel(image, 20, 30)).toEqual([197, 197, 197]);
    // Tall by its orientation: the same square, turned.
    const turned = await readImage(await sharp(wide).withMetadata({ orientation: 6 }).png().toBuffer(), { size: 20 });
    expect(pixel(turned, 2, 10)).toEqual([197, 197, 197]);
    expect(pixel(turned, 10, 1)).toEqual([10, 200, 30]);
  });

  it('resizes by the one rule of @kanrecon/image: the bytes that fitImage makes of the decoded pixels', async () => {
    const [width, height] = [47, 31];
    for (const channels of [3, 4] as const) {
      const data = Buffer.from(Array.from({ length: width * height * channels }, (_, i) => (i * 31 + (i >> 5)) & 255));
      const bytes = await sharp(data, { raw: { width, height, channels } }).png().toBuffer();
      for (const padding of imagePaddings) {
        const fit = { padding, background: [1, 90, 200] as const };
        const image = await readImage(bytes, { size: 20, fit });
        expect([image.width, image.height]).toEqual([20, 20]);
        expect(image.data).toEqual(fitImage({ width, height, data }, 20, fit));
        const { width: own } = await readImage(bytes, { fit });
        expect(own).toBe(padding === 'crop' ? height : width);
      }
      const usual = await readImage(bytes, { size: 20 });
      expect(usual.data).toEqual(fitImage({ width, height, data }, 20));
      expect((await readImage(bytes, { size: 20, fit: { filter: 'box' } })).data).not.toEqual(usual.data);
    }
  });

  it('refuses a fit that there is not, before reading', async () => {
    await expect(readImage('nowhere.png', { fit: { padding: 'stretch' as 'squash' } })).rejects.toThrow(
      'unknown padding; expected letterbox, squash, crop, got stretch',
    );
    await expect(readImage('nowhere.png', { fit: { background: [0, 0, 300] } })).rejects.toThrow('background is wrong');
  });

  it('names what cannot be read', async () => {
    const path = join(dir, 'torn.png');
    writeFileSync(path, pngBytes(64, 1).subarray(0, 500));
    const torn = await readImage(path).catch((error) => error);
    expect(torn).toBeInstanceOf(DatasetError);
    expect(torn.problems[0]).toMatchObject({ path, kind: 'corrupt-image' });
    const missing = await readImage(join(dir, 'no.png')).catch((error) => error);
    expect(missing.problems[0]).toMatchObject({ kind: 'missing-image', message: 'there is no such file' });
    await expect(readImage(path, { size: 0 })).rejects.toThrow('size must be a positive whole number of pixels, got 0');
  });
});

it('refuses a small file that declares a gigantic image, before decoding it', async () => {
  const bytes = Buffer.from(pngBytes(8, 1));
  bytes.writeUInt32BE(100_000, 16);
  bytes.writeUInt32BE(100_000, 20);
  bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29);
  const error = await readImage(bytes, { size: 8 }).catch((reason) => reason);
  expect(error.problems[0].message).toBe(
    'the image has more than 110 million pixels, as many as 1 GB of memory can decode',
  );
});

describe('what is made is bounded, too', () => {
  // Files of a few hundred bytes.
  const rectangle = (width: number, height: number) =>
    sharp({ create: { width, height, channels: 3, background: '#102030' } })
      .png()
      .toBuffer();

  it.each([
    [30_000, 1, '2.7'],
    [1, 30_000, '2.7'],
    [60_000, 7, '11'],
  ])('an image of %d × %d pixels becomes no square of its longer side', async (width, height, gigabytes) => {
    const bytes = await rectangle(width, height);
    const before = process.resourceUsage().maxRSS;
    const error = await readImage(bytes).catch((reason) => reason);
    expect(error).toBeInstanceOf(DatasetError);
    const side = Math.max(width, height);
    expect(error.problems[0]).toMatchObject({
      kind: 'corrupt-image',
      message: `the image is ${width} × ${height} pixels; made a square of ${side} × ${side} both would take ${gigabytes} GB of memory; expected at most 1 GB`,
    });
    const { data } = await readImage(bytes, { size: 24 });
    // A line of one pixel in the middle.
    const middle = 3 * (width > height ? 11 * 24 : 11);
    expect([...data.subarray(middle, middle + 3)]).toEqual([16, 32, 48]);
    expect((await readImage(bytes, { fit: { padding: 'crop' } })).width).toBe(Math.min(width, height));
    // In kilobytes.
    expect(process.resourceUsage().maxRSS - before).toBeLessThan(200_000);
  });

  it('refuses a size of more than 1 GB', async () => {
    await expect(readImage(await rectangle(2, 2), { size: 20_000 })).rejects.toThrow(
      'readImage: size is too large; expected an image of at most 1 GB, got 20000 pixels a side',
    );
  });
});

/** CRC-32 as PNG chunks have it. */
function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
