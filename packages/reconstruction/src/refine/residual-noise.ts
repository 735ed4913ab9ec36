import { contrastAround } from './contrast-around.js';
import type { Fitted, Level } from './level.js';

/** Pixels around a value whose contrast decides: JPEG's blocks are 8 pixels wide. */
const reach = 4;
/** Of the differences of one contrast, the one that a normal distribution's third quartile is taken for: outliers do not count. */
const quantile = 0.75;
const quartile = 1.1503;
/** Fewer values of one contrast tell nothing by themselves. */
const fewest = 50;
/** Most noise that is believed, of 255: without contrast, by contrast, and at all. JPEG of quality 60 makes 1, .05 and 6. */
const most = { flat: 1, share: 0.08, all: 8 } as const;

/**
 * A level that expects as much noise as a fit has left there: what an image file does to a rendering (JPEG), or another renderer, grows with
 * the contrast around a pixel, and can be seen only when the rendering is nearly right. Where less is left than was expected, nothing changes.
 *
 * @param level what was fitted on
 */
export function withResidualNoise(level: Level, { image: { pixels } }: Pick<Fitted, 'image'>): Level {
  const { target, size, weights } = level;
  const contrasts = contrastAround(target, size, reach);
  const left: number[][] = Array.from({ length: binOf(255) + 1 }, () => []);
  for (let i = 0; i < target.length; i++) {
    if (weights[i]! > 0) left[binOf(contrasts[i]!)]!.push(Math.abs(pixels[i]! - target[i]!));
  }
  const deviations: number[] = [];
  for (const [bin, differences] of left.entries()) {
    differences.sort((a, b) => a - b);
    const seen = differences.length < fewest ? 0 : differences[Math.floor(quantile * differences.length)]! / quartile;
    // More contrast never has less noise.
    deviations.push(Math.max(deviations.at(-1) ?? 0, Math.min(seen, most.flat + most.share * 2 ** bin, most.all)));
  }
  const noise = contrasts.map((contrast) => deviations[binOf(contrast)]!);
  const weighted = weights.map((weight, i) => (weight === 0 ? 0 : 1 / Math.max(1 / weight, noise[i]! ** 2)));
  return { ...level, weights: weighted, noise };
}

/** Contrasts up to 1, 2, 4, …, 256. */
function binOf(contrast: number): number {
  return Math.max(0, Math.ceil(Math.log2(Math.max(contrast, 1e-9))));
}
