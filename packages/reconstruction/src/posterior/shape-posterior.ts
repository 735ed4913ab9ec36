import { combinationValue, type ImageLimits } from '@kanrecon/identifiability';
import type { Scene } from '@kanrecon/scene';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import type { Bounds } from '../refine/bounds.js';
import type { FreeDirection } from '../refine/free-directions.js';
import type { GuessRenderer } from '../refine/guess-renderer.js';
import { imageSlopes } from '../refine/image-slopes.js';
import type { Fitted, Level } from '../refine/level.js';
import { normalEquations } from '../refine/normal-equations.js';
import { calibrateEstimate, type RefineCalibration } from './calibration.js';
import { type Estimate, estimateOf } from './estimate.js';
import { flatReach } from './flat-reach.js';
import { samplePosterior } from './sample-posterior.js';
import { shapeCovariance } from './shape-covariance.js';

/** What is known of a parameter. */
export interface ParameterEstimate extends Estimate {
  /**
   * Whether the image tells anything of it: its 90 % interval is much narrower than what was possible before. True of a value that is
   * known.
   */
  readonly told: boolean;
}

/** What the image says of the shape, and how surely. */
export interface ShapePosterior {
  /** By parameter, in units. */
  readonly estimates: Readonly<Record<string, ParameterEstimate>>;
  /** By name of a visible combination, such as `height/radius`. */
  readonly combinations: Readonly<Record<string, Estimate>>;
  /** Shapes that the image may show, all equally probable: parameters in the surface's order, in units. */
  readonly samples: readonly Float64Array[];
}

/** A fit that has come to rest. */
export interface RestingFit {
  readonly renderer: GuessRenderer;
  readonly level: Level;
  readonly directions: readonly FreeDirection[];
  readonly fitted: Fitted;
  readonly scene: Scene;
  readonly bounds: Bounds;
  readonly limits: Pick<ImageLimits, 'invariances' | 'combinations'>;
}

/** A parameter is told if its 90 % interval is below this share of the one that it had before. */
const tells = 0.7;
/** Standard deviation of the prior in directions that nothing tells, in ranges: flat between the ends, finite beyond. */
const flat = 3;
/** Values of the image that noise has in common, as it is blurred before it is compared: about the area of two boxes of 3 × 3 pixels. */
const alike = 20;
/** How many times the variance that the residual tells the errors have, and what they have where there is no residual. */
const scatter = 2;
const least = 0.4;

/**
 * The variance of the fit's directions, in units of the inverse information.
 *
 * Noise of the image counts as many times as values have it in common. The rest of what is left is there because the fit has come to rest beside the bottom
 * of its valley, held by the rounding of pixels: were it all due to that, its squared length is what n directions have together, so that each
 * has an n-th of it. On 100 `observable` images, in five groups by cost, errors had .4 to 2 times that variance plus .4, by parameter.
 */
export function fitVariance({ cost }: Fitted, { expected, target }: Level, n: number): number {
  return least + alike * expected + (scatter * Math.max(0, cost - expected) * target.length) / n;
}

/**
 * The posterior around a fit: Gauss-Newton's covariance from derivatives at the finest level, cut off at the ranges, and spread along what
 * leaves no trace, in general or in this picture (see `flatReach`).
 */
export function shapePosterior(
  fit: RestingFit,
  options: {
    readonly samples: number;
    readonly random: RandomGenerator;
    readonly calibration?: RefineCalibration | undefined;
  },
): ShapePosterior {
  const { renderer, level, directions, fitted, scene, bounds, limits } = fit;
  const { parameters } = scene.surface;
  const k = parameters.length;
  const n = directions.length;
  const slopes = imageSlopes(renderer, { ...level, central: true }, directions, fitted);
  const { matrix } = normalEquations(level, fitted.image.pixels, slopes, n);
  const free = directions.filter(({ kind }) => kind === 'shape').length;
  const units = directions[0]?.unit ?? 1;
  const variance = fitVariance(fitted, level, n);
  const prior = Float64Array.from({ length: n }, (_, i) => (i < free ? (units / flat) ** 2 : 1e-6));
  const indices = directions
    .slice(0, free)
    .map(({ name }) => parameters.findIndex((parameter) => parameter.name === name));
  const scale = Float64Array.from(parameters, ({ min, max }) => (max - min) * units);
  const at = Float64Array.from(parameters, ({ min, max }, i) => min + (max - min) * fitted.guess.shape[i]!);
  const ranges = parameters.map(({ min, max }, i) => {
    const [low, high] = bounds.shape[i]!;
    return { min: min + (max - min) * low, max: min + (max - min) * high };
  });
  const laws = limits.invariances.filter(({ terms }) =>
    terms.every(({ index }) => ranges[index]!.max > ranges[index]!.min),
  );
  const fixed = laws.map(({ terms }) => {
    const tangent = new Float64Array(free);
    for (const { index, kind, rate, offset } of terms) {
      tangent[indices.indexOf(index)] = (kind === 'shift' ? rate : rate * (at[index]! + offset)) / scale[index]!;
    }
    const length = Math.hypot(...tangent);
    return tangent.map((value) => value / length);
  });
  const open = shapeCovariance(
    matrix.map((value) => value / variance),
    prior,
    fixed,
    free,
  );
  // Known parameters take part in nothing.
  const axes = open.axes.map((axis) => {
    const whole = new Float64Array(k);
    for (const [i, index] of indices.entries()) whole[index] = axis[i]!;
    return whole;
  });
  const flats = parameters.map((_, index): readonly [number, number] => {
    const i = indices.indexOf(index);
    if (i < 0) return [0, 0];
    return flatReach(renderer, level, directions[i]!, fitted, matrix[i * n + i]!, variance);
  });
  const samples = samplePosterior(
    { found: at, open: { axes, spreads: open.spreads }, flats, scale, invariances: laws, ranges },
    options.samples,
    options.random,
  );
  return {
    estimates: Object.fromEntries(
      parameters.map(({ name }, i) => {
        const { min, max } = ranges[i]!;
        const estimate = calibrated(name, estimateOf(Float64Array.from(samples, (sample) => sample[i]!)), [min, max]);
        const [low, high] = estimate.interval90;
        const before = max - min;
        return [name, { ...estimate, told: before === 0 || high - low < tells * 0.9 * before }];
      }),
    ),
    combinations: Object.fromEntries(
      limits.combinations.map((combination) => [
        combination.name,
        calibrated(
          combination.name,
          estimateOf(Float64Array.from(samples, (sample) => combinationValue(combination, sample))),
        ),
      ]),
    ),
    samples,
  };

  function calibrated(name: string, estimate: Estimate, range?: readonly [number, number]): Estimate {
    const factors = options.calibration?.intervals[name];
    return factors ? calibrateEstimate(estimate, factors, range) : estimate;
  }
}
