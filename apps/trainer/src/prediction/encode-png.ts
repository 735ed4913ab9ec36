import type { RgbImage } from '@kanrecon/render';
import sharp from 'sharp';

/**
 * An image as the bytes of a PNG file.
 *
 * @param level of compression: 9 makes a rendering 13 % smaller than 6, and takes 3.1 ms for 256 × 256 pixels instead of 1.2
 */
export function encodePng({ width, height, data }: RgbImage, level: 6 | 9 = 9): Promise<Buffer> {
  return sharp(data, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: level })
    .toBuffer();
}
