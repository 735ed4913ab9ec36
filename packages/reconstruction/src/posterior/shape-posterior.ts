import { combinationValue, type ImageLimits, type Invariance, type ParameterRange } from '@kanrecon/identifiability';
import type { Scene } from '@kanrecon/scene';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import type { Bounds } from '../refine/bounds.js';
import type { FreeDirection } from '../refine/free-directions.js';
import type { GuessRenderer } from '../refine/guess-renderer.js';
import { imageSlopes } from '../refine/image-slopes.js';
import type { Fitted, Level } from '../refine/level.js';
import { normalEquations } from '../refine/normal-equations.js';
import { type BlockInformation, blockInformation } from './block-information.js';
import { calibrateEstimate, type RefineCalibration } from './calibration.js';
import type { DistanceKeeper } from './distance-keeper.js';
import { type Estimate, estimateOf } from './estimate.js';
import { fitVariance } from './fit-variance.js';
import { flatReach } from './flat-reach.js';
import { freeLaws, rangesWithin } from './free-laws.js';
import { samplePosterior } from './sample-posterior.js';
import { type ShapeBefore, withBefore } from './shape-before.js';
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
/** Standard deviation of the prior in directions that nothing tells, in ranges: flat between the ends (at 3, means leaned towards the start by a hundredth). */
const flat = 30;
/** Standard deviations: a loss that differences bend from there on is a robust fit's. */
const cleanOutlier = 1000;
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
    /** What was known of the shape before, where that is to count: of images so spoiled that they say little more. */
    readonly before?: ShapeBefore | undefined;
    /** Where the camera's distance is known. */
    readonly keep?: DistanceKeeper | undefined;
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
  const spoiled = level.outlier < cleanOutlier || level.noise !== undefined || level.look !== undefined;
  const { information, variance } = spoiled
    ? blockInformation(level, fitted.image.pixels, slopes, matrix, n)
    : evenInformation(fit, matrix);
  const prior = Float64Array.from({ length: n }, (_, i) => (i < free ? (units / flat) ** 2 : 1e-6));
  const indices = directions
    .slice(0, free)
    .map(({ name }) => parameters.findIndex((parameter) => parameter.name === name));
  const scale = Float64Array.from(parameters, ({ min, max }) => (max - min) * units);
  const before = spoiled ? options.before : undefined;
  const shape = before
    ? withBefore(fitted.guess.shape, before, information, prior, indices, units)
    : fitted.guess.shape;
  const at = Float64Array.from(parameters, ({ min, max }, i) => min + (max - min) * shape[i]!);
  const ranges = rangesWithin(scene, bounds);
  const laws = freeLaws(limits, ranges);
  const fixed = laws.map((law) => lawTangent(law, at, scale, indices));
  const open = shapeCovariance(information, prior, fixed, free);
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
  const drawn = samplePosterior(
    { found: at, open: { axes, spreads: open.spreads }, flats, scale, invariances: laws, ranges },
    options.samples,
    options.random,
  );
  const { keep } = options;
  const kept = keep ? drawn.flatMap((sample) => keep(sample, uniformFloat64(options.random)) ?? []) : drawn;
  // Where the known distance just reaches the ranges, the fit itself may be all that is left.
  const samples = kept.length > 0 ? kept : [at];
  return summary(samples, ranges, fit, options.calibration);
}

/** What a clean image's fit shows: what is left of it is rounding, which counts by how much it is. */
function evenInformation({ fitted, level, directions }: RestingFit, matrix: Float64Array): BlockInformation {
  const variance = fitVariance(fitted, level, directions.length);
  return { information: matrix.map((value) => value / variance), variance };
}

/** The direction that a law moves the shape in: a unit vector over the free parameters, scaled. */
function lawTangent(
  { terms }: Invariance,
  at: Float64Array,
  scale: Float64Array,
  free: readonly number[],
): Float64Array {
  const tangent = new Float64Array(free.length);
  for (const { index, kind, rate, offset } of terms) {
    tangent[free.indexOf(index)] = (kind === 'shift' ? rate : rate * (at[index]! + offset)) / scale[index]!;
  }
  const length = Math.hypot(...tangent);
  return tangent.map((value) => value / length);
}

/** What the samples say of each parameter and of each visible combination. */
function summary(
  samples: readonly Float64Array[],
  ranges: readonly ParameterRange[],
  { scene, limits }: RestingFit,
  calibration: RefineCalibration | undefined,
): ShapePosterior {
  const estimated = (
    name: string,
    of: (sample: Float64Array) => number,
    range?: readonly [number, number],
  ): Estimate => {
    const estimate = estimateOf(Float64Array.from(samples, of));
    const factors = calibration?.intervals[name];
    return factors ? calibrateEstimate(estimate, factors, range) : estimate;
  };
  const estimates = scene.surface.parameters.map(({ name }, i): [string, ParameterEstimate] => {
    const { min, max } = ranges[i]!;
    const estimate = estimated(name, (sample) => sample[i]!, [min, max]);
    const [low, high] = estimate.interval90;
    return [name, { ...estimate, told: max === min || high - low < tells * 0.9 * (max - min) }];
  });
  const combinations = limits.combinations.map((combination): [string, Estimate] => [
    combination.name,
    estimated(combination.name, (sample) => combinationValue(combination, sample)),
  ]);
  return { estimates: Object.fromEntries(estimates), combinations: Object.fromEntries(combinations), samples };
}
