import { type FreeDirection, moveGuess } from './free-directions.js';
import type { Guess } from './guess.js';
import type { GuessImage, GuessRenderer } from './guess-renderer.js';
import { solveDamped } from './solve-damped.js';

/** What a guess is compared with, at one coarseness. */
export interface Level {
  readonly size: number;
  /** Radius of the blur, see `softenImage`; the target is blurred already. */
  readonly blur: number;
  /** [size, size, 3]. */
  readonly target: Float32Array;
  /** By value of the target: 1 / variance of what is expected between it and the right rendering. */
  readonly weights: Float32Array;
  /** The cost that the image's noise makes by itself. */
  readonly expected: number;
  /** Standard deviations from which on a difference counts less and less (Cauchy's loss). */
  readonly outlier: number;
  /** Step of the differences that derivatives are taken from, in the directions' units. */
  readonly step: number;
  /** Whether differences are taken to both sides, at twice the renderings. */
  readonly central: boolean;
  /** Most iterations. */
  readonly iterations: number;
}

/** A guess that was compared with a level's target. */
export interface Fitted {
  readonly guess: Guess;
  readonly image: GuessImage;
  /** Mean over the values of Cauchy's loss of what is left, in units of its variance; half of it would be a likelihood's logarithm. */
  readonly cost: number;
}

const mostTries = 7;
/** In units. */
const longestStep = 10;
/** A step below this, in units, ends the fit. */
const shortestStep = 5e-4;

/** Cauchy's loss, mean over the values. */
export function levelCost({ target, weights, outlier }: Level, pixels: Float32Array): number {
  const square = outlier * outlier;
  let sum = 0;
  for (let i = 0; i < pixels.length; i++) {
    const r = pixels[i]! - target[i]!;
    sum += Math.log1p((r * r * weights[i]!) / square);
  }
  return (square * sum) / pixels.length;
}

/** A guess, drawn and compared. @returns undefined where there is no such object */
export function compareGuess(renderer: GuessRenderer, level: Level, guess: Guess): Fitted | undefined {
  const image = renderer.draw(guess, level.size, level.blur);
  return image && { guess, image, cost: levelCost(level, image.pixels) };
}

/**
 * Levenberg-Marquardt's method on one level: derivatives by differences (`central` to both sides, else towards the side where there is more room), Cauchy's
 * loss by weights that are taken anew in each iteration, bounds by holding what would go beyond them. Yields after each iteration.
 *
 * Tried: differences to both sides find no more on coarse levels, at twice the renderings, and ten times nearer on fine ones (see
 * `squaredLevels`); Broyden's updates instead of every second set of differences need as many renderings in the end.
 */
export function* fitLevel(
  renderer: GuessRenderer,
  level: Level,
  directions: readonly FreeDirection[],
  start: Fitted,
): Generator<Fitted, Fitted, void> {
  const n = directions.length;
  let best = start;
  let damping = 1e-2;
  for (let iteration = 0; iteration < level.iterations; iteration++) {
    const { matrix, right } = normalEquations(level, best.image.pixels, differences(renderer, level, directions, best));
    const trace = directions.reduce((sum, _, i) => sum + matrix[i * n + i]!, 0) / n;
    let length = 0;
    for (let attempt = 0; attempt < mostTries; attempt++) {
      const amounts = boundedStep(matrix, right, damping, trace, directions, best.guess);
      const tried = amounts && compareGuess(renderer, level, moveGuess(best.guess, directions, amounts));
      if (tried && tried.cost < best.cost) {
        length = Math.max(...amounts.map(Math.abs));
        best = tried;
        damping = Math.max(1e-7, damping / 5);
        break;
      }
      damping *= 5;
    }
    yield best;
    if (length < shortestStep) break;
  }
  return best;
}

/** Derivatives of the image by direction, per unit. */
export function differences(
  renderer: GuessRenderer,
  { size, blur, step, central }: Level,
  directions: readonly FreeDirection[],
  { guess, image }: Fitted,
): (Float32Array | undefined)[] {
  return directions.map((direction) => {
    const [low, high] = direction.room(guess);
    const amount = high >= step || high >= -low ? Math.min(step, high) : Math.max(-step, low);
    if (amount === 0) return undefined;
    const pixels = renderer.draw(direction.move(guess, amount), size, blur)?.pixels;
    if (!pixels) return undefined;
    const back =
      central && (amount > 0 ? -low : high) >= step
        ? renderer.draw(direction.move(guess, -amount), size, blur)?.pixels
        : undefined;
    const from = back ?? image.pixels;
    for (let i = 0; i < pixels.length; i++) pixels[i] = (pixels[i]! - from[i]!) / (back ? 2 * amount : amount);
    return pixels;
  });
}

/** JᵀWJ and JᵀWr; W are the weights, less where Cauchy's loss says so. */
export function normalEquations(
  { target, weights, outlier }: Level,
  pixels: Float32Array,
  jacobian: readonly (Float32Array | undefined)[],
): { matrix: Float64Array; right: Float64Array } {
  const n = jacobian.length;
  const matrix = new Float64Array(n * n);
  const right = new Float64Array(n);
  const weighted = new Float32Array(pixels.length);
  const residual = new Float32Array(pixels.length);
  for (let i = 0; i < pixels.length; i++) {
    const r = target[i]! - pixels[i]!;
    residual[i] = r;
    weighted[i] = weights[i]! / (1 + (r * r * weights[i]!) / (outlier * outlier));
  }
  const row = new Float32Array(pixels.length);
  for (let a = 0; a < n; a++) {
    const column = jacobian[a];
    if (!column) continue;
    let sum = 0;
    for (let i = 0; i < row.length; i++) {
      row[i] = column[i]! * weighted[i]!;
      sum += row[i]! * residual[i]!;
    }
    right[a] = sum;
    for (let b = 0; b <= a; b++) {
      const other = jacobian[b];
      if (!other) continue;
      let product = 0;
      for (let i = 0; i < row.length; i++) product += row[i]! * other[i]!;
      matrix[a * n + b] = matrix[b * n + a] = product;
    }
  }
  return { matrix, right };
}

/** A damped step, cut off at the bounds; directions that are at a bound and pulled against it are held. */
function boundedStep(
  matrix: Float64Array,
  right: Float64Array,
  damping: number,
  trace: number,
  directions: readonly FreeDirection[],
  guess: Guess,
): Float64Array | undefined {
  const n = directions.length;
  const rooms = directions.map((direction) => direction.room(guess));
  // At a bound, and pulled against it.
  const held = rooms.map(([low, high], i) => (low >= 0 && right[i]! < 0) || (high <= 0 && right[i]! > 0));
  const damped = Float64Array.from({ length: n }, (_, i) => damping * (matrix[i * n + i]! + 1e-3 * trace) + 1e-12);
  const step = solveDamped(matrix, damped, right, held);
  return step?.map((amount, i) => {
    const [low, high] = rooms[i]!;
    return Math.min(high, longestStep, Math.max(low, -longestStep, amount));
  });
}
