import type { RgbImage } from '@kanrecon/render';

/**
 * Gaussian blur of the bytes, in place; beyond its edges the image goes on as at the edge.
 *
 * @param sigma standard deviation in pixels
 */
export function blurImage({ width, height, data }: RgbImage, sigma: number): void {
  const reach = Math.ceil(3 * sigma);
  if (reach === 0) return;
  const kernel = Float64Array.from({ length: 2 * reach + 1 }, (_, k) =>
    Math.exp(-((k - reach) ** 2) / (2 * sigma * sigma)),
  );
  const sum = kernel.reduce((total, value) => total + value, 0);
  for (let k = 0; k < kernel.length; k++) kernel[k] /= sum;
  const between = new Float64Array(data.length);
  convolve(data, between, width, height, 3, 3 * width, kernel);
  const out = new Float64Array(data.length);
  convolve(between, out, height, width, 3 * width, 3, kernel);
  for (let i = 0; i < data.length; i++) data[i] = Math.round(out[i]);
}

/** Along lines of `length` pixels that lie `step` numbers apart; lines begin `lineStep` apart. */
function convolve(
  from: ArrayLike<number>,
  to: Float64Array,
  length: number,
  lines: number,
  step: number,
  lineStep: number,
  kernel: Float64Array,
): void {
  const reach = (kernel.length - 1) / 2;
  for (let line = 0; line < lines; line++) {
    for (let i = 0; i < length; i++) {
      let r = 0;
      let g = 0;
      let b = 0;
      for (let k = -reach; k <= reach; k++) {
        const at = line * lineStep + Math.min(Math.max(i + k, 0), length - 1) * step;
        const weight = kernel[k + reach];
        r += weight * from[at];
        g += weight * from[at + 1];
        b += weight * from[at + 2];
      }
      const at = line * lineStep + i * step;
      to[at] = r;
      to[at + 1] = g;
      to[at + 2] = b;
    }
  }
}
