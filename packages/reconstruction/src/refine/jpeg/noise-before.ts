import type { RgbImage } from '@kanrecon/render';
import { jpegSteps } from '@kanrecon/scene';
import { lumaFrequencies } from './jpeg-quality.js';

/** The block that noise is read off: a quarter of all show less. Not the quietest by chance, and in most images nothing of an edge. */
const quiet = 0.25;
/** In images of fewer blocks that may be all edges: no noise is told. */
const fewest = 64;
/** Down and across together: what shading makes is of lower frequencies. */
const fine = 2;
/** Most that is found, of 255. */
const most = 64;

/**
 * Standard deviation of the noise that an image's luma had before it became a JPEG, of 255. Quantisation leaves of weak noise nothing, which then is 0 here and is
 * of no matter, and makes strong noise stronger: so the noise is sought that, quantised, has as much as the frequencies of a quiet block.
 */
export function noiseBefore(image: RgbImage, quality: number): number {
  const isFine = (_: unknown, i: number) => (i & 7) + (i >> 3) >= fine;
  const steps = jpegSteps(quality).luma.filter(isFine);
  const frequencies = lumaFrequencies(image).filter(isFine);
  const energies = Float64Array.from(frequencies[0] ?? [], (_, block) =>
    frequencies.reduce((sum, amounts, i) => {
      const step = steps[i]!;
      return sum + (step * Math.round(amounts[block]! / step)) ** 2;
    }, 0),
  ).sort();
  const energy = energies[Math.floor(quiet * energies.length)] ?? 0;
  if (energy === 0 || energies.length < fewest) return 0;
  let [low, high] = [0, most];
  for (let i = 0; i < 20; i++) {
    const middle = (low + high) / 2;
    if (steps.reduce((sum, step) => sum + quantisedSquare(step, middle), 0) < energy) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Mean square of a normal number that was rounded to multiples of `step`. */
function quantisedSquare(step: number, spread: number): number {
  let sum = 0;
  for (let k = 1; (k - 0.5) * step < 6 * spread; k++) {
    // Beyond (k − ½) steps to either side: (k step)² less what was counted before.
    sum += (2 * k - 1) * step ** 2 * 2 * upperTail(((k - 0.5) * step) / spread);
  }
  return sum;
}

/** Probability that a normal number is above x ≥ 0, to 2 in 100,000 (W. Bryc: A uniform approximation to the right normal tail integral, 2002). */
function upperTail(x: number): number {
  return (
    ((x * x + 5.575192695 * x + 12.77436324) * Math.exp((-x * x) / 2)) /
    (x * x * x * Math.sqrt(2 * Math.PI) + 14.38718147 * x * x + 31.53531977 * x + 2 * 12.77436324)
  );
}
