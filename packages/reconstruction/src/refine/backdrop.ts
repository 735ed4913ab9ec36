import type { RgbImage, Vector3 } from '@kanrecon/render';
import { imageBackground } from './image-background.js';
import { solveDamped } from './solve-damped.js';

/** What lies behind an object: a colour that changes slowly over the image, and what is left of the image's border about it. */
export interface Backdrop {
  /** Behind the whole object where nothing else is said: the border's median, RGB bytes. */
  readonly color: Vector3;
  /** By channel: bytes at 1, x, y, x², xy, y² of coordinates that run from −1 to 1 over the image; undefined where it is of one colour. */
  readonly slopes: readonly Float64Array[] | undefined;
  /** What lies behind each pixel of an image of that size, where that is known better; [size, size, 3]. See `localBackdrop`. */
  readonly picture?: Float32Array;
  /** Standard deviation about that along the border, of 255: texture, and the image's noise. */
  readonly spread: number;
}

/** Pixels that the border is wide, as a share of the image's width. */
const borderShare = 1 / 32;
/** Of 255: a backdrop that changes less from one end to the other is of one colour. */
const plain = 3;
const rounds = 12;

/**
 * A polynomial of the second degree in x and y through the image's border, by least squares with Cauchy's weights, so that an object or an occluder
 * that reaches the border does not bend it. The border alone fixes all six numbers.
 *
 * Tried on 20 images of a spiral cylinder over a gradient: one colour leaves the fit no better than the network's answer.
 */
export function imageBackdrop(image: RgbImage): Backdrop {
  const pixels = borderPixels(image);
  const terms = pixels.map((pixel) => backdropTerms(pixel % image.width, Math.floor(pixel / image.width), image.width));
  const fits = [0, 1, 2].map((c) =>
    fitted(
      terms,
      pixels.map((pixel) => image.data[3 * pixel + c]!),
    ),
  );
  const color = imageBackground(image);
  const slopes = fits.map(({ coefficients }) => coefficients);
  const change = Math.max(...slopes.flatMap((list, c) => terms.map((at) => Math.abs(valueAt(list, at) - color[c]!))));
  const spread = Math.sqrt(fits.reduce((sum, fit) => sum + fit.spread ** 2, 0) / 3);
  return { color, slopes: change < plain + spread / 2 ? undefined : slopes, spread };
}

/** What lies behind at a pixel: byte of a channel, not rounded. */
export function behind(
  { slopes, color, picture }: Pick<Backdrop, 'slopes' | 'color' | 'picture'>,
  pixel: number,
  channel: number,
  size: number,
): number {
  if (picture?.length === 3 * size * size) return picture[3 * pixel + channel]!;
  if (!slopes) return color[channel]!;
  const terms = backdropTerms(pixel % size, Math.floor(pixel / size), size);
  return Math.min(255, Math.max(0, valueAt(slopes[channel]!, terms)));
}

function backdropTerms(column: number, row: number, size: number): number[] {
  const [x, y] = [(2 * column + 1) / size - 1, (2 * row + 1) / size - 1];
  return [1, x, y, x * x, x * y, y * y];
}

const valueAt = (coefficients: Float64Array, terms: readonly number[]) =>
  terms.reduce((sum, term, k) => sum + term * coefficients[k]!, 0);

function borderPixels({ width, height }: RgbImage): number[] {
  const thick = Math.max(1, Math.round(width * borderShare));
  const all = Array.from({ length: width * height }, (_, pixel) => pixel);
  return all.filter((pixel) => {
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    return Math.min(x, y, width - 1 - x, height - 1 - y) < thick;
  });
}

/** Iterated weighted least squares; the spread is the median deviation, as a normal distribution's standard deviation. */
function fitted(terms: readonly (readonly number[])[], values: readonly number[]) {
  const median = middle(values);
  const coefficients = Float64Array.of(median, 0, 0, 0, 0, 0);
  let spread = 0;
  for (let round = 0; round <= rounds; round++) {
    const left = values.map((value, i) => value - valueAt(coefficients, terms[i]!));
    spread = 1.4826 * middle(left.map(Math.abs));
    if (round === rounds) break;
    const scale = Math.max(1, 2 * spread);
    const n = coefficients.length;
    const matrix = new Float64Array(n * n);
    const right = new Float64Array(n);
    for (const [i, at] of terms.entries()) {
      const weight = 1 / (1 + (left[i]! / scale) ** 2);
      for (let a = 0; a < n; a++) {
        right[a]! += weight * at[a]! * left[i]!;
        for (let b = 0; b < n; b++) matrix[a * n + b]! += weight * at[a]! * at[b]!;
      }
    }
    const step = solveDamped(matrix, new Float64Array(n).fill(1e-9), right, new Array<boolean>(n).fill(false));
    if (!step) break;
    for (let k = 0; k < n; k++) coefficients[k]! += step[k]!;
  }
  return { coefficients, spread };
}

function middle(values: readonly number[]): number {
  return values.slice().sort((a, b) => a - b)[values.length >> 1]!;
}
