import { normalizeParameters } from '@kanrecon/geometry';
import { combinationValue, type ImageLimits, orientationDistance } from '@kanrecon/identifiability';
import { regressionReport } from '@kanrecon/metrics';
import type { CameraAngles } from '@kanrecon/render';
import type { Scene } from '@kanrecon/scene';
import { mean, type PredictionScores, type Scores, scorePredictions } from '@kanrecon/training';
import type { CameraErrors, RefinedScores } from '@kanrecon/training/report';
import { quantile } from './quantile.js';
import { refinedCoverage } from './refined-coverage.js';
import type { RefinedImage } from './refined-image.js';
import type { SamplePrediction } from './sample-prediction.js';

/** What is the same of all images. */
export interface RefinedPart {
  readonly scene: Scene;
  /** Names of the parameters that an image can show. */
  readonly visible: readonly string[];
  readonly limits: Pick<ImageLimits, 'invariances' | 'combinations'>;
  readonly budget: number;
}

interface RefinedPrediction extends SamplePrediction {
  readonly refined: RefinedImage;
}

/**
 * Scores a network's answers before and after refinement, on the images that were refined.
 *
 * @param predictions of which those without `refined` are left out
 * @returns undefined if none was refined
 */
export function scoreRefined(
  { scene, visible, limits, budget }: RefinedPart,
  predictions: readonly SamplePrediction[],
): RefinedScores | undefined {
  const { surface } = scene;
  const { combinations } = limits;
  const rows = predictions.filter((row): row is RefinedPrediction => row.refined !== undefined);
  if (rows.length === 0) return undefined;
  const vector = (values: Readonly<Record<string, number>>) => surface.parameters.map(({ name }) => values[name]!);
  const realOf = (row: RefinedPrediction) => vector(row.real);
  const matrix = (of: readonly RefinedPrediction[], values: (row: RefinedPrediction) => ArrayLike<number>) =>
    Float32Array.from(of.flatMap((row) => Array.from(normalizeParameters(surface, values(row)))));

  const network = scorePredictions(
    surface.parameters,
    matrix(rows, realOf),
    matrix(rows, (row) => vector(row.predicted)),
    visible,
    combinations,
  );
  const found = rows.filter(({ refined }) => refined.found);
  const scores = refinedScores(rows);
  const scoresFound = found.length > 0 && found.length < rows.length ? refinedScores(found) : undefined;
  const tied = limits.invariances.flatMap(({ terms }) => terms.map(({ parameter }) => parameter));
  const whole = visible.filter((name) => !tied.includes(name));
  const r2Shown = ({ perParameter, combinations }: PredictionScores) =>
    mean([...perParameter.filter(({ name }) => whole.includes(name)), ...combinations].map(({ r2 }) => r2));
  const cameras = rows.flatMap(({ refined }) => refined.networkCamera ?? []);
  return {
    images: rows.length,
    found: found.length,
    budget,
    renderings: mean(rows.map(({ refined }) => refined.renderings)),
    secondsPerImage: mean(rows.map(({ refined }) => refined.seconds)),
    shown: {
      names: [...whole, ...combinations.map(({ name }) => name)],
      r2Network: r2Shown(network),
      r2Refined: r2Shown(scores),
      ...(scoresFound && { r2Found: r2Shown(scoresFound) }),
    },
    network,
    scores,
    ...(scoresFound && { scoresFound }),
    coverage: [
      ...surface.parameters.map(({ name }) =>
        refinedCoverage(
          name,
          rows.map(({ real, refined }) => ({ ...refined.estimates[name]!, real: real[name]! })),
        ),
      ),
      ...combinations.map((combination) =>
        refinedCoverage(
          combination.name,
          rows.map((row) => ({
            ...row.refined.combinations[combination.name]!,
            real: combinationValue(combination, realOf(row)),
          })),
        ),
      ),
    ],
    camera: {
      ...(cameras.length === rows.length && {
        network: cameraErrors(rows, ({ refined }) => refined.networkCamera!),
      }),
      refined: cameraErrors(rows, ({ refined }) => refined.view.cameraAngles),
      ...(scoresFound && { found: cameraErrors(found, ({ refined }) => refined.view.cameraAngles) }),
    },
  };

  /** A mean of ratios is not the ratio of means: combinations have posterior means of their own. */
  function refinedScores(of: readonly RefinedPrediction[]): PredictionScores {
    const means = ({ refined }: RefinedPrediction) =>
      surface.parameters.map(({ name }) => refined.estimates[name]!.mean);
    return {
      ...scorePredictions(surface.parameters, matrix(of, realOf), matrix(of, means), visible),
      combinations: combinationScores(of),
    };
  }

  function combinationScores(of: readonly RefinedPrediction[]): (Scores & { name: string })[] {
    if (combinations.length === 0) return [];
    const shape: [number, number] = [of.length, combinations.length];
    const table = (value: (row: RefinedPrediction, combination: (typeof combinations)[number]) => number) => ({
      data: Float64Array.from(of.flatMap((row) => combinations.map((combination) => value(row, combination)))),
      shape,
    });
    const real = table((row, combination) => combinationValue(combination, realOf(row)));
    const found = table(({ refined }, { name }) => refined.combinations[name]!.mean);
    return [
      ...regressionReport(
        real,
        found,
        combinations.map(({ name }) => name),
      ).perOutput,
    ];
  }

  function cameraErrors(
    of: readonly RefinedPrediction[],
    camera: (row: RefinedPrediction) => CameraAngles,
  ): CameraErrors {
    const degrees = of.map((row) => (orientationDistance(scene, row.sample.cameraAngles, camera(row)) * 180) / Math.PI);
    const sorted = Float64Array.from(degrees).sort();
    return { medianDegrees: quantile(sorted, 0.5), p90Degrees: quantile(sorted, 0.9) };
  }
}
