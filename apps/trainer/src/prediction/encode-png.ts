import type { RgbImage } from '@kanrecon/render';
import sharp from 'sharp';

/** An image as the bytes of a PNG file. */
export function encodePng({ width, height, data }: RgbImage): Promise<Buffer> {
  return sharp(data, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 9 })
    .toBuffer();
}
