import { type FreeDirection, moveGuess } from './free-directions.js';
import type { Guess } from './guess.js';
import type { GuessRenderer } from './guess-renderer.js';
import { imageSlopes } from './image-slopes.js';
import { compareGuess, type Fitted, type Level } from './level.js';
import { gradient, normalEquations } from './normal-equations.js';
import { solveDamped } from './solve-damped.js';

const mostTries = 7;
/** In units. */
const longestStep = 10;
/** A step below this, in units, ends the fit. */
const shortestStep = 5e-4;
/** Share of the noise's cost that is never taken for noise. */
const surest = 0.02;
/** Cost below which nothing is left to be found. */
const bottom = 0.008;
/** Further steps by the same derivatives, each of which must take off a tenth; they cost one rendering each. */
const moreSteps = 3;
const worthMore = 0.9;

/**
 * Levenberg-Marquardt's method on one level: derivatives by differences (see `imageSlopes`), Cauchy's loss by weights that are taken anew in each
 * iteration, bounds by holding what would go beyond them. Yields after each iteration.
 *
 * Tried: differences to both sides find no more on the coarsest levels, at twice the renderings, and ten times nearer on fine ones (see
 * `squaredLevels`); Broyden's updates instead of every second set of differences need as many renderings in the end; the same derivatives for up
 * to three further steps save a seventh.
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
    const before = best;
    const slopes = imageSlopes(renderer, level, directions, before);
    const { matrix, right } = normalEquations(level, before.image.pixels, slopes, n);
    const information = matrix.map((value) => value / level.target.length);
    const step = (force: Float64Array) => boundedStep(matrix, force, damping, directions, best.guess);
    let length = 0;
    for (let attempt = 0; attempt < mostTries; attempt++) {
      const amounts = step(right);
      const tried = moved(amounts);
      if (amounts && tried && tried.cost < best.cost) {
        length = Math.max(...amounts.map(Math.abs));
        best = { ...tried, information };
        damping = Math.max(1e-7, damping / 5);
        break;
      }
      damping *= 5;
    }
    for (let more = 0; length > 0 && more < moreSteps; more++) {
      const had = best.cost;
      const tried = moved(step(gradient(level, best.image.pixels, slopes, n)));
      if (!(tried && tried.cost < had)) break;
      best = { ...tried, information };
      if (tried.cost > worthMore * had) break;
    }
    yield best;
    // How much the noise makes is known to some per cent: what is left of a noisy image may seem to be nothing, or less.
    const left = Math.max(before.cost - level.expected, surest * level.expected);
    if (length < shortestStep || best.cost < bottom || before.cost - best.cost < level.gain * left) break;
  }
  return best;

  function moved(amounts: Float64Array | undefined): Fitted | undefined {
    return amounts && compareGuess(renderer, level, moveGuess(best.guess, directions, amounts));
  }
}

/** A damped step, cut off at the bounds; directions that are at a bound and pulled against it are held. */
function boundedStep(
  matrix: Float64Array,
  right: Float64Array,
  damping: number,
  directions: readonly FreeDirection[],
  guess: Guess,
): Float64Array | undefined {
  const n = directions.length;
  const trace = directions.reduce((sum, _, i) => sum + matrix[i * n + i]!, 0) / n;
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
