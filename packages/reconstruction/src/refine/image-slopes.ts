import { symmetricEigen } from '@kanrecon/identifiability';
import { type FreeDirection, moveGuess } from './free-directions.js';
import type { GuessRenderer } from './guess-renderer.js';
import { drawGuess, type Fitted, type Level } from './level.js';

/** How the image changes along one way of moving a guess. */
export interface ImageSlope {
  /** Amounts by direction, in units, that `pixels` is the derivative for. */
  readonly way: Float64Array;
  /** Of each value that the level compares, per unit of length: [size, size, 3], or what its `look` makes of that. */
  readonly pixels: Float32Array;
}

/** A difference is taken over a change of the image that is this large: mean square, in variances. .25 to 2 were tried. */
const change = 1;
/** Least and most of its length, in units. Along 12 units valleys are bent. */
const shortest = 0.25;
const longest = 6;

/**
 * Derivatives of the image by differences, along as many ways as there are directions.
 *
 * Along the directions themselves where nothing else is known, with the level's step. Where it is known what they show, on levels that take
 * differences to both sides, along the eigenvectors of that, each as far as the image changes by the same amount: so the rounding of pixels
 * and the jumping of their samples are as small beside each derivative. Along the axes, a combination that shows little is the small
 * difference of large, noisy derivatives: it seems to show much more than it does, steps along it are too short, and fits come to rest on the
 * slopes of long, flat valleys. Of 46 `fluted` images, whose twist and camera do nearly the same, half came to rest there; along eigenvectors
 * one does, for fewer renderings.
 */
export function imageSlopes(
  renderer: GuessRenderer,
  level: Level,
  directions: readonly FreeDirection[],
  fitted: Fitted,
): ImageSlope[] {
  const all = directions.map((_, i) => i);
  const { information, guess } = fitted;
  if (!level.central || !information) return all.flatMap((i) => axisSlope(renderer, level, directions, i, fitted));
  const rooms = directions.map((direction) => direction.room(guess));
  // What is at a bound can be moved to one side only.
  const inner = all.filter((i) => Math.min(-rooms[i]![0], rooms[i]![1]) > shortest);
  const outer = all.filter((i) => !inner.includes(i));
  return [
    ...outer.flatMap((i) => axisSlope(renderer, level, directions, i, fitted)),
    ...eigenSlopes(renderer, level, directions, inner, information, fitted),
  ];
}

/** To both sides where the level says so and there is room, else to the one with more. None where there is no room or no such object. */
function axisSlope(
  renderer: GuessRenderer,
  level: Level,
  directions: readonly FreeDirection[],
  index: number,
  { guess, image }: Fitted,
): ImageSlope[] {
  const direction = directions[index]!;
  const { step, central } = level;
  const [low, high] = direction.room(guess);
  const amount = high >= step || high >= -low ? Math.min(step, high) : Math.max(-step, low);
  if (amount === 0) return [];
  const ahead = drawGuess(renderer, level, direction.move(guess, amount))?.pixels;
  if (!ahead) return [];
  const back =
    central && (amount > 0 ? -low : high) >= step
      ? drawGuess(renderer, level, direction.move(guess, -amount))?.pixels
      : undefined;
  const way = new Float64Array(directions.length);
  way[index] = 1;
  return [{ way, pixels: slope(ahead, back ?? image.pixels, back ? 2 * amount : amount) }];
}

function eigenSlopes(
  renderer: GuessRenderer,
  level: Level,
  directions: readonly FreeDirection[],
  inner: readonly number[],
  information: Float64Array,
  { guess, image }: Fitted,
): ImageSlope[] {
  const n = directions.length;
  const m = inner.length;
  const block = Float64Array.from(
    { length: m * m },
    (_, i) => information[inner[Math.floor(i / m)]! * n + inner[i % m]!]!,
  );
  const { values, vectors } = symmetricEigen(block, m);
  return inner.flatMap((_, k) => {
    const way = new Float64Array(n);
    for (const [a, index] of inner.entries()) way[index] = vectors[k * m + a]!;
    const wished = Math.sqrt(change / Math.max(values[k]!, 1e-12));
    const length = Math.min(roomAlong(way, directions, guess), longest, Math.max(shortest, wished));
    const moved = (sign: number) => {
      const amounts = way.map((amount) => sign * length * amount);
      return drawGuess(renderer, level, moveGuess(guess, directions, amounts))?.pixels;
    };
    const ahead = moved(1);
    const back = moved(-1);
    if (!ahead && !back) return [];
    const pixels = slope(ahead ?? image.pixels, back ?? image.pixels, ahead && back ? 2 * length : length);
    return [{ way, pixels }];
  });
}

/** How far a guess can be moved to both sides. */
function roomAlong(way: Float64Array, directions: readonly FreeDirection[], guess: Fitted['guess']): number {
  return directions.reduce((least, direction, i) => {
    const share = Math.abs(way[i]!);
    if (share < 1e-9) return least;
    const [low, high] = direction.room(guess);
    return Math.min(least, Math.min(-low, high) / share);
  }, Number.POSITIVE_INFINITY);
}

function slope(ahead: Float32Array, back: Float32Array, length: number): Float32Array {
  return ahead.map((value, i) => (value - back[i]!) / length);
}
