import type { Estimate, FoundObject, Verdict } from '@kanrecon/reconstruction';
import type { Scene } from '@kanrecon/scene';
import { anglesJson, type CameraAnglesJson } from './camera-angles-json.js';

/** A number and how far it can be trusted. */
export interface EstimateJson {
  mean: number;
  median: number;
  /** Half of what is possible lies between these. */
  interval50: readonly number[];
  interval90: readonly number[];
}

/** What refinement found in an image, as `<name>.json` says it. */
export interface RefinedJson {
  /** Whether the rendering explains the image; where it does not, no other number here is to be trusted. */
  found: boolean;
  /** Whether it is as near to the image as renderings of the scene come; where it is not, something else drew the image, or a better fit exists. */
  settled: boolean;
  /** What that means for whoever reads it. `score` is `null` where there was nothing to be sought. */
  verdict: Omit<Verdict, 'score'> & { score: number | null };
  /** The best shape, in units: the posterior's peak, which mesh and rendering show. */
  parameters: Readonly<Record<string, number>>;
  /** Those of them that the image tells and that lie at an end of their range: the object may lie beyond it. */
  at_range_end: readonly string[];
  /**
   * Whether the intervals hold the real value in 50 and in 90 of 100 images that are made as this one. False of noise, of another background, and where
   * something covers the object: no calibration was measured on such images. See `Refinement` of `@kanrecon/reconstruction`.
   */
  calibrated: boolean;
  /** By name, in units. `told`: whether the image tells anything of it. */
  estimates: Record<string, EstimateJson & { told: boolean }>;
  /** By name of a visible combination, such as `height/radius`. */
  combinations: Record<string, EstimateJson>;
  camera_angles: CameraAnglesJson;
  /** Linear RGB. */
  base_color: readonly number[];
  /** See `Misfit` of `@kanrecon/reconstruction`. */
  misfit: { chi_squared: number; rms: number; unexplained: number; hidden: number; cut: number };
  /** How many pictures were drawn and compared. */
  renderings: number;
  /** `nothing`: the network's answer led nowhere, and the object was sought anew without it. */
  started_from: 'network' | 'nothing';
}

/** Samples of the posterior that are written down. */
const writtenSamples = 100;

/** Five digits: an image tells three. */
const rounded = (value: number): number => Number(value.toPrecision(5));

export function refinedJson(refined: FoundObject, { surface }: Scene): RefinedJson {
  const { found, estimates, combinations, parameters, normalized, view, baseColor, misfit } = refined;
  const entries = <T, R>(record: Readonly<Record<string, T>>, map: (value: T) => R) =>
    Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
  const names = surface.parameters.map(({ name }) => name);
  return {
    found,
    settled: refined.settled,
    verdict: {
      ...refined.verdict,
      score: Number.isFinite(refined.verdict.score) ? rounded(refined.verdict.score) : null,
    },
    parameters: entries(parameters, rounded),
    calibrated: refined.calibrated,
    at_range_end: names.filter((name, i) => estimates[name]!.told && (normalized[i]! <= 0 || normalized[i]! >= 1)),
    estimates: entries(estimates, (estimate) => ({ ...estimateJson(estimate), told: estimate.told })),
    combinations: entries(combinations, estimateJson),
    camera_angles: anglesJson(view.cameraAngles, rounded),
    base_color: baseColor.map(rounded),
    misfit: {
      chi_squared: rounded(misfit.chiSquared),
      rms: rounded(misfit.rms),
      unexplained: rounded(misfit.unexplained),
      hidden: rounded(misfit.hidden),
      cut: rounded(misfit.cut),
    },
    renderings: refined.renderings,
    started_from: refined.startedFrom === 'start' ? 'network' : 'nothing',
  };
}

/** Shapes that the image may show, by parameter: the i-th numbers of all are one shape. */
export function samplesJson({ samples }: FoundObject, { surface }: Scene): Record<string, readonly number[]> {
  const step = Math.max(1, Math.floor(samples.length / writtenSamples));
  const written = samples.filter((_, i) => i % step === 0).slice(0, writtenSamples);
  return Object.fromEntries(
    surface.parameters.map(({ name }, i) => [name, written.map((shape) => rounded(shape[i]!))]),
  );
}

function estimateJson({ mean, median, interval50, interval90 }: Estimate): EstimateJson {
  return {
    mean: rounded(mean),
    median: rounded(median),
    interval50: interval50.map(rounded),
    interval90: interval90.map(rounded),
  };
}
