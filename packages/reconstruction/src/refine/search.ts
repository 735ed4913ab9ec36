import { fitLevel } from './fit-level.js';
import type { FreeDirection } from './free-directions.js';
import type { Guess } from './guess.js';
import type { GuessRenderer } from './guess-renderer.js';
import { carryInformation, compareGuess, type Fitted, type Level } from './level.js';

/** How a search goes about it. */
export interface SearchPlan {
  /** Guesses that are drawn and compared on the coarsest level. */
  readonly candidates: number;
  /** Of these the best are turned into place. */
  readonly turned: number;
  /** And the best of those fitted on all levels, one after the other, until one is good enough. */
  readonly starts: number;
  /** Renderings after which no further start is made. */
  readonly budget: number;
}

/** What a search tells as it goes. */
export interface SearchStep {
  readonly phase: 'search' | 'fit';
  readonly fitted: Fitted;
  readonly level: number;
}

/** What a search found. */
export interface Searched {
  readonly fitted: Fitted;
  /** Whether another start came to rest as low, or none came near it: then it is not for want of a better start that something is left. */
  readonly agreed: boolean;
}

/**
 * From coarse to fine: many guesses are compared, the best are turned into place, the best of those fitted, and the best of these on the
 * finest levels too.
 *
 * @param levels from coarse to fine; the first is the one that candidates are compared on
 * @param next a further guess to begin with
 * @param enough whether a fitted guess is so good that nothing better needs to be sought
 * @param surprise what to add to the costs of fits on the finest level before they are compared
 */
export function* search(
  renderer: GuessRenderer,
  levels: readonly Level[],
  directions: readonly FreeDirection[],
  plan: SearchPlan,
  next: () => Guess,
  enough: (fitted: Fitted) => boolean,
  surprise: (fitted: Fitted) => number = () => 0,
): Generator<SearchStep, Searched | undefined, void> {
  const [coarsest, ...finer] = levels as [Level, ...Level[]];
  const candidates: Fitted[] = [];
  for (let i = 0; i < plan.candidates; i++) {
    const fitted = compareGuess(renderer, coarsest, next());
    if (!fitted) continue;
    candidates.push(fitted);
    if (i % 8 === 7) yield { phase: 'search', fitted: least(candidates)!, level: 0 };
  }
  candidates.sort(byCost);
  const turns = directions.filter(({ kind }) => kind === 'turn');
  const turned: Fitted[] = [];
  for (const candidate of candidates.slice(0, plan.turned)) {
    const { guess, image, cost } =
      turns.length > 0 ? yield* fitted({ ...coarsest, iterations: 4 }, turns, candidate) : candidate;
    // What turns show is not what all directions do.
    turned.push({ guess, image, cost });
  }
  turned.sort(byCost);
  let best: Fitted | undefined;
  let bestCoarse = Infinity;
  const ends: number[] = [];
  let tried = 0;
  for (const start of turned.slice(0, plan.starts)) {
    let found = yield* fitted(coarsest, directions, start);
    tried++;
    for (const level of finer) {
      // Not worth fine pictures where another was much nearer on the coarsest; but one must come to the end.
      if (best && level.size > coarsest.size && found.cost > hopeless * bestCoarse) break;
      const again = compareGuess(renderer, level, found.guess);
      if (!again) break;
      if (level === finer.find(({ size }) => size > coarsest.size)) bestCoarse = Math.min(bestCoarse, found.cost);
      found = yield* fitted(level, directions, carryInformation(again, found));
      if (level !== finer.at(-1)) continue;
      ends.push(found.cost);
      if (!best || found.cost + surprise(found) < best.cost + surprise(best)) best = found;
    }
    if ((best && enough(best)) || renderer.renderings >= plan.budget) break;
  }
  if (!best) return undefined;
  const { cost } = best;
  const alone = ends.length === 1 && tried > 1;
  return { fitted: best, agreed: alone || ends.filter((end) => end < alike * cost).length > 1 };

  function* fitted(level: Level, free: readonly FreeDirection[], start: Fitted): Generator<SearchStep, Fitted, void> {
    const steps = fitLevel(renderer, level, free, start);
    for (;;) {
      const { value, done } = steps.next();
      if (done) return value;
      yield { phase: 'fit', fitted: value, level: levels.indexOf(level) };
    }
  }
}

/** How much worse than the best a start may be on the coarsest level, to be fitted on finer ones. */
const hopeless = 5;
/** How much higher another start may end to count as having found the same. */
const alike = 1.05;
const byCost = (a: Fitted, b: Fitted) => a.cost - b.cost;
const least = (list: readonly Fitted[]) =>
  list.reduce<Fitted | undefined>((a, b) => (a && a.cost <= b.cost ? a : b), undefined);
