import type { RgbImage } from '@kanrecon/render';

/** The mean of each square of `factor` × `factor` pixels; the factor divides the width of the square image. */
export function reduceImage(image: RgbImage, factor: number): RgbImage {
  if (factor === 1) return image;
  const side = image.width / factor;
  const data = new Uint8Array(side * side * 3);
  const area = factor * factor;
  for (let y = 0, out = 0; y < side; y++) {
    for (let x = 0; x < side; x++, out += 3) {
      for (let c = 0; c < 3; c++) {
        let sum = 0;
        for (let j = 0; j < factor; j++) {
          const row = ((y * factor + j) * image.width + x * factor) * 3 + c;
          for (let i = 0; i < factor; i++) sum += image.data[row + 3 * i];
        }
        data[out + c] = Math.round(sum / area);
      }
    }
  }
  return { width: side, height: side, data };
}

/** Where at least half of each square of `factor` × `factor` pixels of a square mask is set. */
export function reduceMask(mask: Uint8Array, width: number, factor: number): Uint8Array {
  if (factor === 1) return mask;
  const side = width / factor;
  const out = new Uint8Array(side * side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      let sum = 0;
      for (let j = 0; j < factor; j++) {
        const row = (y * factor + j) * width + x * factor;
        for (let i = 0; i < factor; i++) sum += mask[row + i];
      }
      out[y * side + x] = 2 * sum >= factor * factor ? 1 : 0;
    }
  }
  return out;
}

/** The greatest factor by which a square image can be reduced evenly and still have `least` pixels a side. */
export function reductionFactor(size: number, least: number): number {
  for (let factor = Math.floor(size / least); factor > 1; factor--) if (size % factor === 0) return factor;
  return 1;
}
