import type { RgbImage } from '@kanrecon/render';
import { jpegSteps } from '@kanrecon/scene';
import type { Level } from '../level.js';
import { softenImage } from '../soften-image.js';
import { JpegFrequencies } from './jpeg-frequencies.js';

/**
 * Cost of a fit that is good enough, as a share of what is expected: at 64 pixels and more right renderings leave .5 to 1.5, at 32 and 48 up to 2.4 of sharp
 * patterns, so that more is tried there than need be. A frequency of waves that is a fifth off may leave as little: how sure a fit is, the posterior says.
 */
export const goodShare = 1.4;
/** The same of a fit that may be believed: one with a parameter a fifth of its range off leaves 7 to 25 where that shows. */
export const mostShare = 4;
/** Standard deviation of a byte's rounding in both pictures. */
const rounding = 0.5;
/**
 * Mean square error of a frequency that was quantised to 0, as a share of that of others (step² / 12): by how many others of its block were not,
 * none, up to 3, up to 9 and more, measured on 30 `observable` images of quality 60: the top three of their eight rows, and the others.
 */
const zeros = {
  luma: { low: [0.02, 0.25, 0.3, 0.5], high: [0.02, 0.04, 0.1, 0.3] },
  chroma: { low: [0.02, 0.2, 0.15, 0.1], high: [0.02, 0.02, 0.03, 0.03] },
} as const;
const low = 24;
/** Variance of chroma's noise, a mean over four pixels, as a share of luma's. */
const chromaNoise = 0.22;
/** What of that is really left where no frequency was kept: so little that an outline which was lost there would count too much. */
const flat = 0.15;

/**
 * A level that compares a JPEG with renderings as JPEG stores it: by the frequencies of its blocks, each of which is right to its step, the error
 * being spread evenly, and independent of all others but for the blur. Of pixels neither is true: what one frequency is off by is seen all over its block.
 * Chroma is taken to be stored at half the size (4:2:0), as encoders do it when not told otherwise; of files with all of it more is expected than is left.
 *
 * @param level of the image's own size, which expects no noise; pixels without weight do not count
 * @param quality see `jpegQuality`
 * @param noise standard deviation of luma's noise before it became a file, of 255; see `noiseBefore`
 */
export function jpegLevel(level: Level, image: RgbImage, quality: number, noise: number): Level {
  const { size } = level;
  const kept = Uint8Array.from({ length: size * size }, (_, pixel) => (level.weights[3 * pixel]! > 0 ? 1 : 0));
  const frequencies = new JpegFrequencies(size, kept);
  const target = frequencies.of(image.data, true);
  const softened = frequencies.of(
    softenImage(Float32Array.from(image.data), size, level.blur, new Float32Array(image.data.length)),
    true,
  );
  const steps = jpegSteps(quality);
  const places = [...frequencies.places()];
  const stepAt = places.map(({ plane, frequency }) => (plane === 0 ? steps.luma : steps.chroma)[frequency]!);
  const groups = Uint16Array.from(places, ({ block }) => block);
  const blocks = 1 + groups.reduce((most, block) => Math.max(most, block), 0);
  const busy = new Float64Array(blocks);
  for (const [i, { frequency, block }] of places.entries()) {
    if (frequency > 0 && Math.abs(target[i]!) > stepAt[i]! / 2) busy[block]!++;
  }
  const grain = ({ plane }: { readonly plane: number }) => (plane === 0 ? 1 : chromaNoise) * noise ** 2;
  // What pixels are off by is spread evenly over the frequencies of their block.
  const uneven = frequencies.meanByBlock(
    level.weights.map((weight) => (weight === 0 ? 0 : Math.max(0, 1 / weight - rounding ** 2))),
  );
  const quantised = places.map(({ plane, frequency, block }, i) => {
    const zero = frequency > 0 && Math.abs(target[i]!) <= stepAt[i]! / 2;
    const count = busy[block]!;
    const degree = count === 0 ? 0 : count < 4 ? 1 : count < 10 ? 2 : 3;
    const share = zero ? zeros[plane === 0 ? 'luma' : 'chroma'][frequency < low ? 'low' : 'high'][degree] : 1;
    // All pixels of a flat block are rounded alike.
    return (share * stepAt[i]! ** 2) / 12 + (frequency === 0 ? (64 * rounding ** 2) / 3 : 0);
  });
  const weights = Float32Array.from(
    quantised,
    (square, i) => 1 / ((square + grain(places[i]!)) * passed(places[i]!) + rounding ** 2 + uneven[groups[i]!]!),
  );
  // In flat blocks hardly anything is left.
  const left = (i: number) =>
    passed(places[i]!) *
    (quantised[i]! * (busy[groups[i]!] === 0 && places[i]!.frequency > 0 ? flat : 1) + grain(places[i]!));
  const expected = weights.reduce((sum, weight, i) => sum + left(i) * weight, 0) / weights.length;
  return {
    ...level,
    gain: 0.02,
    target: softened,
    weights,
    groups,
    expected,
    look: (pixels) => frequencies.of(pixels, false),
  };
}

/** Share of a frequency's variance that the blur of radius 1 leaves. */
function passed({ plane, frequency }: { plane: number; frequency: number }): number {
  const kept = (k: number) => ((1 + 2 * Math.cos((Math.PI * k) / (plane === 0 ? 8 : 16))) ** 2 / 9) ** 2;
  return kept(frequency & 7) * kept(frequency >> 3);
}

/** Standard deviation of what is expected of a softened pixel, of 255, on average: a transform that keeps lengths spreads it over a block. */
export function jpegNoise({ weights }: Pick<Level, 'weights'>): number {
  return Math.sqrt(weights.reduce((sum, weight) => sum + 1 / weight, 0) / weights.length);
}
