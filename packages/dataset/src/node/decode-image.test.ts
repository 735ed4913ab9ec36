import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { pngBytes } from '../../../../tests/small-dataset.js';
import { decodeImage } from './decode-image.js';

function raw(width: number, height: number, channels: 3 | 4, value: (i: number) => number) {
  const data = Buffer.from(Array.from({ length: width * height * channels }, (_, i) => value(i)));
  return { data, image: sharp(data, { raw: { width, height, channels } }) };
}

describe('decodeImage', () => {
  it("keeps an image's own size and its transparency, byte for byte", async () => {
    const rgb = raw(7, 4, 3, (i) => (i * 37) & 255);
    const opaque = await decodeImage(await rgb.image.png().toBuffer());
    expect(opaque).toEqual({ width: 7, height: 4, data: new Uint8Array(rgb.data) });
    const rgba = raw(7, 4, 4, (i) => (i * 37) & 255);
    const clear = await decodeImage(await rgba.image.png().toBuffer());
    expect(clear).toEqual({ width: 7, height: 4, data: new Uint8Array(rgba.data) });
  });

  it('brings grey and 16-bit images with transparency to RGBA bytes', async () => {
    const grey = await raw(5, 5, 4, (i) => (i % 4 === 3 ? 90 : 200))
      .image.toColourspace('b-w')
      .png()
      .toBuffer();
    expect((await sharp(grey).metadata()).channels).toBe(2);
    expect([...(await decodeImage(grey)).data.subarray(0, 8)]).toEqual([200, 200, 200, 90, 200, 200, 200, 90]);
    const deep = await raw(5, 5, 4, (i) => [70, 0, 255, 128][i % 4]!)
      .image.toColourspace('rgb16')
      .png()
      .toBuffer();
    expect((await sharp(deep).metadata()).depth).toBe('ushort');
    expect([...(await decodeImage(deep)).data.subarray(0, 4)]).toEqual([70, 0, 255, 128]);
  });

  it('exchanges width and height where the EXIF orientation says so', async () => {
    const wide = await raw(6, 3, 3, (i) => i)
      .image.withMetadata({ orientation: 6 })
      .png()
      .toBuffer();
    const image = await decodeImage(wide);
    expect([image.width, image.height]).toEqual([3, 6]);
    // A quarter turn clockwise: the left column's last row comes first.
    expect([...image.data.subarray(0, 3)]).toEqual([36, 37, 38]);
  });

  it('names what cannot be decoded', async () => {
    await expect(decodeImage('nowhere.png')).rejects.toThrow('nowhere.png: there is no such file');
    await expect(decodeImage(pngBytes(64, 1).subarray(0, 500))).rejects.toThrow('the image is damaged');
    await expect(decodeImage(new Uint8Array())).rejects.toThrow('the file is empty');
  });
});
