import { checkOptions } from '@kanrecon/geometry';
import type { VisibleCombination } from '@kanrecon/identifiability';
import { type ConformalFactors, conformalFactors } from '@kanrecon/metrics';
import type { JsonValue, Target } from '@kanrecon/model';
import * as v from 'valibot';
import { combinationEstimates } from './combination-estimates.js';

/** What a network's spreads are multiplied by, for intervals that hold what they promise: `calibration` of its card. */
export interface Calibration {
  /** Shares of the truths that intervals hold. */
  readonly levels: readonly number[];
  /** Validation images that it was found with. */
  readonly images: number;
  /** By parameter of the shape, for spreads on the normalised scale. */
  readonly parameters: Readonly<Record<string, Factors>>;
  /** By visible combination, for spreads in its own units, as `combinationEstimates` gives them. */
  readonly combinations: Readonly<Record<string, Factors>>;
}

/** See `ConformalFactors` of `@kanrecon/metrics`. */
export type Factors = Pick<ConformalFactors, 'edges' | 'factors'>;

/** The shares of truths that intervals of a network hold. */
export const intervalLevels = [0.5, 0.9] as const;

/** Options of {@link calibrate}. */
export interface CalibrateOptions {
  /** Groups of similar spread, each with factors of its own; 4 when left out. */
  readonly groups?: number;
}

/** What was predicted, and what is real; [n, k] each, normalised. */
export interface CalibrationImages {
  readonly real: Float32Array;
  readonly mean: Float32Array;
  readonly spread: Float32Array;
}

/**
 * Calibrates how sure a network is on images that it was not trained on: split conformal, in groups of similar spread. They may be those
 * that the best epoch is chosen by: one of so few choices hardly flatters the errors.
 *
 * @param parameters of the shape, in the order of the columns
 * @param combinations that images of the scene show, as `imageLimits` of `@kanrecon/identifiability` finds them
 * @param images at least one; with 20 for each group and fewer, there are fewer groups
 * @param options `groups` of similar spread; 4 when left out. A group of n images holds what it promises to about √(.09 / n)
 * @throws if a spread is not above 0 or a number is not finite
 */
export function calibrate(
  parameters: readonly Target[],
  combinations: readonly VisibleCombination[],
  images: CalibrationImages,
  options: CalibrateOptions = {},
): Calibration {
  checkOptions('calibrate', options, { groups: 4 });
  const { groups = 4 } = options;
  const { real, mean, spread } = images;
  const k = parameters.length;
  const count = real.length / k;
  const factorsOf = (errors: Float64Array, spreads: Float64Array): Factors => {
    const { edges, factors } = conformalFactors(errors, spreads, { levels: intervalLevels, groups });
    return { edges, factors };
  };
  const column = (values: (at: number) => number, j: number) =>
    Float64Array.from({ length: count }, (_, row) => values(row * k + j));
  const truths = combinationEstimates(parameters, combinations, real, spread);
  const found = combinationEstimates(parameters, combinations, mean, spread);
  return {
    levels: intervalLevels,
    images: count,
    parameters: Object.fromEntries(
      parameters.map(({ name }, j) => {
        const errors = column((at) => mean[at]! - real[at]!, j);
        return [
          name,
          factorsOf(
            errors,
            column((at) => spread[at]!, j),
          ),
        ];
      }),
    ),
    combinations: Object.fromEntries(
      combinations.map(({ name }, c) => {
        const errors = found[c]!.values.map((value, row) => value - truths[c]!.values[row]!);
        return [name, factorsOf(errors, found[c]!.spreads)];
      }),
    ),
  };
}

const finite = v.pipe(v.number(), v.finite());
const factorsSchema = v.pipe(
  v.object({ edges: v.array(finite), factors: v.array(v.array(v.nullable(v.pipe(finite, v.minValue(0))))) }),
  v.check(({ edges, factors }) => factors.length === edges.length + 1),
);
const schema = v.pipe(
  v.object({
    levels: v.array(finite),
    images: finite,
    parameters: v.record(v.string(), factorsSchema),
    combinations: v.optional(v.record(v.string(), factorsSchema), {}),
  }),
  v.check(({ levels, parameters, combinations }) =>
    [...Object.values(parameters), ...Object.values(combinations)].every(({ factors }) =>
      factors.every((row) => row.length === levels.length),
    ),
  ),
);

/** The calibration on a network's card; undefined where there is none that fits its parameters. */
export function storedCalibration(
  stored: JsonValue | undefined,
  parameters: readonly Pick<Target, 'name'>[],
): Calibration | undefined {
  const result = v.safeParse(schema, stored);
  if (!result.success) return undefined;
  return parameters.every(({ name }) => Object.hasOwn(result.output.parameters, name)) ? result.output : undefined;
}
