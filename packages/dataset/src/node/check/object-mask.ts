import type { RgbImage } from '@kanrecon/render';
import type { DrawnEffects } from '@kanrecon/scene';

/** Bytes; rounding and what encoders leave. */
const plainTolerance = 3;

/** From which difference on a pixel is no background: noise and what JPEG leaves must not count as object. */
export function maskTolerance({ noise, jpeg }: Pick<DrawnEffects, 'noise' | 'jpeg'>): number {
  return plainTolerance + 4 * noise + (100 - jpeg) / 4;
}

/**
 * Which pixels of an image belong to the object in front of an even background: 1 or 0 for each.
 *
 * A pixel does when it differs from the background by at least half of what its most different neighbour does: where the object
 * covers half of a pixel on its edge, that is about so. (Counting every pixel that differs makes objects as much larger as the
 * image's anti-aliasing is wide, which differs between renderers.)
 *
 * @param background grey byte
 * @param tolerance in bytes; what differs less is background, such as noise
 */
export function objectMask({ width, height, data }: RgbImage, background: number, tolerance: number): Uint8Array {
  const difference = new Uint8Array(width * height);
  for (let i = 0, at = 0; i < difference.length; i++, at += 3) {
    difference[i] = Math.max(
      Math.abs(data[at] - background),
      Math.abs(data[at + 1] - background),
      Math.abs(data[at + 2] - background),
    );
  }
  // The greatest of three, along the rows and then along the columns.
  const rows = new Uint8Array(difference.length);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const left = x > 0 ? difference[i - 1] : 0;
      const right = x + 1 < width ? difference[i + 1] : 0;
      rows[i] = Math.max(left, difference[i], right);
    }
  }
  const mask = new Uint8Array(difference.length);
  for (let i = 0; i < mask.length; i++) {
    const above = i >= width ? rows[i - width] : 0;
    const below = i + width < rows.length ? rows[i + width] : 0;
    const greatest = Math.max(above, rows[i], below);
    mask[i] = difference[i] > tolerance && 2 * difference[i] >= greatest ? 1 : 0;
  }
  return mask;
}
