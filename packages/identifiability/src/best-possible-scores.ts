import type { ParametricSurface, SurfaceParameter } from '@kanrecon/geometry';
import { checkOptions } from '@kanrecon/geometry';
import { randomStream } from '@kanrecon/scene';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import type { Invariance } from './invariance.js';
import { lawPosteriors, posteriorMeans, posteriorMedians } from './law-posterior.js';
import { sampledPosterior } from './sampled-posterior.js';

/** What images do not tell, as `identifiability` finds it. */
export interface Invisibility {
  /** Names of the parameters that leave no trace. */
  readonly invisible: readonly string[];
  /** Combinations that leave no trace. */
  readonly invariances: readonly Invariance[];
  /** Whether directions hide that have no name, or may: then scores are bounds. */
  readonly unexplained?: number;
  readonly undecided?: number;
  /** With them: which parameters surely show whatever others do. */
  readonly parameters?: readonly { readonly name: string; readonly verdict: string }[];
}

/** Options of {@link bestPossibleScores}. */
export interface BestPossibleOptions {
  /** Objects drawn; 400,000 when left out. Where several invariances share parameters at most 1,000 are used, as each needs a chain of its own (the scores are then good to about .01). */
  readonly draws?: number;
  readonly seed?: number;
}

/** Scores on values scaled to [0, 1], with scikit-learn's definitions. */
export interface BestScores {
  readonly r2: number;
  readonly mae: number;
  readonly mse: number;
  readonly rmse: number;
}

/** The best scores that any reader of the images can reach; the totals are means over the parameters, `rmse` the root of `mse`. */
export interface BestPossibleScores extends BestScores {
  readonly draws: number;
  readonly perParameter: readonly (BestScores & { readonly name: string })[];
  /**
   * Names of the parameters of which these are bounds only, R² at most and errors at least, for not all that hides could be named; the
   * totals are bounds then too. Not there in scores that earlier versions stored.
   */
  readonly bounds?: readonly string[];
}

const defaults = { draws: 400_000, seed: 1 } as const;
const mostChains = 1000;
const ceilingStream = 6;
/** Of a uniform distribution over [0, 1]. */
const variance = 1 / 12;

/**
 * The best possible R², MAE and RMSE for parameters drawn uniformly over their ranges, when images tell everything but what
 * {@link Invisibility} names, and are read perfectly. For every object drawn, the posterior over the invisible directions is taken:
 * its mean gives the best R² and RMSE, its median the best MAE. Where something hides without a name, or may, these are bounds.
 *
 * @throws if a name is unknown or an option is out of range
 */
export function bestPossibleScores(
  { parameters }: Pick<ParametricSurface, 'parameters'>,
  hidden: Invisibility,
  options: BestPossibleOptions = {},
): BestPossibleScores {
  checkOptions('bestPossibleScores', options, defaults);
  const { invisible, invariances } = hidden;
  const { draws: wanted = defaults.draws, seed = defaults.seed } = options;
  checkArguments(parameters, invisible, wanted);
  const groups = connected(invariances).map((laws) => ({ laws, posteriorAt: lawPosteriors(laws[0], parameters) }));
  const draws = groups.some(({ laws }) => laws.length > 1) ? Math.min(wanted, mostChains) : wanted;
  const k = parameters.length;
  const random = randomStream(ceilingStream, seed);
  const at = new Float64Array(k);
  const means = new Float64Array(k);
  const medians = new Float64Array(k);
  const squares = new Float64Array(k);
  const sizes = new Float64Array(k);
  // Without a law nothing is missed at any object.
  for (let draw = 0; groups.length > 0 && draw < draws; draw++) {
    for (let j = 0; j < k; j++) {
      const { min, max } = parameters[j];
      at[j] = min + (max - min) * uniformFloat64(random);
    }
    for (const { laws, posteriorAt } of groups) {
      if (laws.length > 1) {
        sampledPosterior(laws, at, parameters, random, squares, sizes);
        continue;
      }
      const [law] = laws;
      const posterior = posteriorAt(at);
      posteriorMeans(law, at, posterior, means);
      posteriorMedians(law, at, posterior, medians);
      for (const { index } of law.terms) {
        squares[index] += (at[index] - means[index]) ** 2;
        sizes[index] += Math.abs(at[index] - medians[index]);
      }
    }
  }
  const perParameter = parameters.map(({ name, min, max }, j) => {
    // Of a parameter that leaves no trace, the posterior is the prior: uniform, with mean deviation ¼.
    if (invisible.includes(name)) return { name, r2: 0, mae: 0.25, mse: variance, rmse: Math.sqrt(variance) };
    const mse = squares[j] / draws / (max - min) ** 2;
    return { name, r2: 1 - mse / variance, mae: sizes[j] / draws / (max - min), mse, rmse: Math.sqrt(mse) };
  });
  const mean = (key: 'r2' | 'mae' | 'mse') => perParameter.reduce((sum, row) => sum + row[key], 0) / k;
  return {
    draws,
    r2: mean('r2'),
    mae: mean('mae'),
    mse: mean('mse'),
    rmse: Math.sqrt(mean('mse')),
    perParameter,
    bounds: boundsOf(hidden, perParameter),
  };
}

function boundsOf(
  { invisible, unexplained = 0, undecided = 0, parameters }: Invisibility,
  all: readonly { name: string }[],
) {
  if (unexplained + undecided === 0) return [];
  const shows = (name: string) => parameters?.find((parameter) => parameter.name === name)?.verdict === 'visible';
  return all.map(({ name }) => name).filter((name) => !invisible.includes(name) && !shows(name));
}

/** Laws that share parameters, together; the others alone. */
function connected(invariances: readonly Invariance[]): Invariance[][] {
  let groups: Invariance[][] = [];
  for (const law of invariances) {
    const touches = (group: readonly Invariance[]) =>
      group.some(({ terms }) => terms.some(({ index }) => law.terms.some((term) => term.index === index)));
    const joined = groups.filter(touches).flat();
    groups = [...groups.filter((group) => !touches(group)), [...joined, law]];
  }
  return groups;
}

function checkArguments(parameters: readonly SurfaceParameter[], invisible: readonly string[], draws: number): void {
  if (!Number.isInteger(draws) || draws < 2) {
    throw new Error(`bestPossibleScores: draws is wrong; expected an integer of at least 2, got ${draws}`);
  }
  const names = parameters.map(({ name }) => name);
  const unknown = invisible.find((name) => !names.includes(name));
  if (unknown === undefined) return;
  throw new Error(`bestPossibleScores: unknown parameter; expected one of ${names.join(', ')}, got "${unknown}"`);
}
