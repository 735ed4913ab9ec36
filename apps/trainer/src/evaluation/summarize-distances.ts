import type { ReconstructionComparison, SurfaceDifference } from '@kanrecon/reconstruction';
import type { DistanceSummary, Spread } from '@kanrecon/training/report';
import { quantile } from './quantile.js';

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
