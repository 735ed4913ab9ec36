import type { ReconstructionComparison, SurfaceDifference } from '@kanrecon/reconstruction';
import { quantile } from './quantile.js';

/** How one number is spread over the images. */
export interface Spread {
  mean: number;
  median: number;
  /** 90 % and 99 % of the images are no worse. */
  p90: number;
  p99: number;
  worst: number;
}

/** Of each image's mean and greatest (Hausdorff) distance between both surfaces. */
export interface DifferenceSpread {
  mean: Spread;
  hausdorff: Spread;
}

/** Distances between predicted and real surfaces over all images, as fractions of the real object's size. */
export interface DistanceSummary {
  images: number;
  /** What the distances are fractions of. */
  relativeTo: string;
  asFound: DifferenceSpread;
  /** After the one scaling that brings a prediction nearest, for images that do not show the size. */
  scaled: DifferenceSpread;
}

export function summarizeDistances(comparisons: readonly ReconstructionComparison[]): DistanceSummary {
  const spreadOf = (kind: 'asFound' | 'scaled', key: keyof SurfaceDifference) =>
    spread(comparisons.map((comparison) => comparison[kind][key] / comparison.size));
  const both = (kind: 'asFound' | 'scaled') => ({
    mean: spreadOf(kind, 'mean'),
    hausdorff: spreadOf(kind, 'hausdorff'),
  });
  return {
    images: comparisons.length,
    relativeTo: 'the diagonal of the box around the real object',
    asFound: both('asFound'),
    scaled: both('scaled'),
  };
}

function spread(values: readonly number[]): Spread {
  const sorted = Float64Array.from(values).sort();
  return {
    mean: sorted.reduce((sum, value) => sum + value, 0) / sorted.length,
    median: quantile(sorted, 0.5),
    p90: quantile(sorted, 0.9),
    p99: quantile(sorted, 0.99),
    worst: sorted.at(-1)!,
  };
}
