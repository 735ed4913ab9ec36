import type { RgbImage } from '@kanrecon/render';
import { JpegPlane, jpegSteps, toFrequencies } from '@kanrecon/scene';

/** Qualities that are told apart; finer steps are hardly larger than the rounding of bytes. */
const qualities = { least: 5, most: 95 } as const;
/** Smaller steps tell nothing. */
const leastStep = 4;
/** Standard deviation of a frequency's distance from a whole multiple of its step: what the bytes' rounding makes, in luma and in colours. */
const rounding = 0.4;
/** Logarithm of how much likelier multiples of the steps must be than none; images that were never JPEG stay below 0. */
const sure = 15;

/**
 * The quality of the JPEG that an image was, undefined where it was none, or was made larger or smaller or was shifted since, or has other than the
 * standard's tables: JPEG leaves each block's frequencies at multiples of its steps. Of each quality the likelihood of the image's frequencies is
 * compared with that of frequencies that lie anywhere between two multiples.
 */
export function jpegQuality(image: RgbImage): number | undefined {
  const frequencies = lumaFrequencies(image);
  let best: number | undefined;
  let most = sure;
  for (let quality = qualities.least; quality <= qualities.most; quality++) {
    const likelihood = logLikelihood(frequencies, jpegSteps(quality).luma);
    if (likelihood > most) [best, most] = [quality, likelihood];
  }
  return best;
}

/** By frequency: its amounts in luma's blocks, without those all of whose pixels have a byte that is cut off. */
export function lumaFrequencies({ width, height, data }: RgbImage): readonly (readonly number[])[] {
  const luma = new JpegPlane(width & ~7, height & ~7);
  const { values, stride, rows } = luma;
  const cut = new Uint8Array(values.length);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < stride; x++) {
      const i = 3 * (y * width + x);
      const [r, g, b] = [data[i]!, data[i + 1]!, data[i + 2]!];
      values[y * stride + x] = 0.299 * r + 0.587 * g + 0.114 * b - 128;
      cut[y * stride + x] = Math.min(r, g, b) === 0 || Math.max(r, g, b) === 255 ? 1 : 0;
    }
  }
  toFrequencies(luma);
  const found: number[][] = Array.from({ length: 64 }, () => []);
  for (let top = 0; top < rows; top += 8) {
    for (let left = 0; left < stride; left += 8) {
      const at = (i: number) => (top + (i >> 3)) * stride + left + (i & 7);
      if (found.every((_, i) => cut[at(i)] === 1)) continue;
      for (let i = 0; i < 64; i++) found[i]!.push(values[at(i)]!);
    }
  }
  return found;
}

function logLikelihood(frequencies: readonly (readonly number[])[], steps: readonly number[]): number {
  let sum = 0;
  for (const [i, amounts] of frequencies.entries()) {
    const step = steps[i]!;
    // A flat block's bytes are rounded all alike, so that its mean is nowhere near a multiple.
    if (i === 0 || step < leastStep) continue;
    const against = Math.log(step / (rounding * Math.sqrt(2 * Math.PI)));
    for (const amount of amounts) {
      if (Math.abs(amount) < step / 2) continue;
      const off = (amount - step * Math.round(amount / step)) / rounding;
      // Now and then a block is off for a reason of its own: it does not decide alone.
      sum += Math.max(-5, against - (off * off) / 2);
    }
  }
  return sum;
}
