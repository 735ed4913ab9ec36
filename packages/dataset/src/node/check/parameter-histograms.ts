import type { ParametricSurface } from '@kanrecon/geometry';
import { splits } from '../../sample.js';
import type { CheckedSample, ParameterHistogram } from './dataset-report.js';

/** Counts the shapes of each split (each once, however many views it has) by their parameters. */
export function parameterHistograms(
  samples: readonly CheckedSample[],
  surface: ParametricSurface,
  bins: number,
): ParameterHistogram[] {
  const shapes = new Map(samples.map((sample) => [`${sample.split} ${sample.shape}`, sample]));
  return surface.parameters.map(({ name, min, max }) => {
    const counts = Object.fromEntries(splits.map((split) => [split, new Array<number>(bins).fill(0)]));
    for (const { split, parameters } of shapes.values()) {
      const place = Math.floor(((parameters[name]! - min) / (max - min || 1)) * bins);
      counts[split][Math.min(bins - 1, Math.max(0, place))]++;
    }
    return { name, min, max, bins: counts as unknown as ParameterHistogram['bins'] };
  });
}
