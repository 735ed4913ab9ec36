import type { ParametricSurface } from '@kanrecon/geometry';
import type { CheckedSample, DatasetFinding } from './dataset-report.js';

/** By how much of its range a parameter of "the same" shape may differ. */
const parameterTolerance = 1e-6;

/** Shapes of different splits with the same parameters, under different numbers. */
export function findSameShapes(samples: readonly CheckedSample[], surface: ParametricSurface): DatasetFinding[] {
  const shapes = new Map<string, CheckedSample>();
  for (const sample of samples) {
    const key = `${sample.split} ${sample.shape}`;
    if (!shapes.has(key)) shapes.set(key, sample);
  }
  const scaled = ({ parameters }: CheckedSample) =>
    surface.parameters.map(({ name, min, max }) => (parameters[name]! - min) / (max - min || 1));
  const sorted = [...shapes.values()]
    .map((sample) => ({ sample, values: scaled(sample) }))
    .sort((a, b) => a.values[0] - b.values[0]);
  const findings: DatasetFinding[] = [];
  for (let i = 0; i < sorted.length; i++) {
    for (let j = i + 1; j < sorted.length; j++) {
      const [a, b] = [sorted[i], sorted[j]];
      if (b.values[0] - a.values[0] > parameterTolerance) break;
      if (a.sample.split === b.sample.split) continue;
      if (a.values.some((value, k) => Math.abs(value - b.values[k]) > parameterTolerance)) continue;
      findings.push(pair('same-shape', a.sample, b.sample, 'shows the same shape'));
    }
  }
  return findings;
}

/** Images of different splits with the same pixels. */
export function findSameImages(samples: readonly CheckedSample[], hashes: readonly string[]): DatasetFinding[] {
  const seen = new Map<string, CheckedSample>();
  return samples.flatMap((sample, i) => {
    const first = seen.get(hashes[i]);
    if (!first) seen.set(hashes[i], sample);
    if (!first || first.split === sample.split) return [];
    return [pair('same-image', first, sample, 'has the same pixels')];
  });
}

/**
 * Images of different splits that hardly differ: by the mean absolute difference of their thumbnails. Sorted by their mean, which
 * differs by no more than the thumbnails do, so that few pairs have to be looked at.
 *
 * Smallest difference between images of different objects, among 1,500: above 4 (`study`, whose objects differ in colour), 1.2
 * (`observable`), 0.8 (`fluted`). The same image with noise of 8 bytes: 1.7 at most; as a JPEG of quality 60: 2.6. So 0.5 finds
 * what was packed or scaled anew with care, and no strangers.
 */
export function findSimilarImages(
  samples: readonly CheckedSample[],
  thumbnails: readonly Uint8Array[],
  hashes: readonly string[],
  bound: number,
): DatasetFinding[] {
  const length = thumbnails[0]?.length ?? 0;
  const sums = thumbnails.map((thumbnail) => thumbnail.reduce((total, value) => total + value, 0));
  const order = samples.map((_, i) => i).sort((a, b) => sums[a] - sums[b]);
  const limit = bound * length;
  const findings: DatasetFinding[] = [];
  for (let i = 0; i < order.length; i++) {
    for (let j = i + 1; j < order.length && sums[order[j]] - sums[order[i]] < limit; j++) {
      const [a, b] = [order[i], order[j]];
      if (samples[a].split === samples[b].split || hashes[a] === hashes[b]) continue;
      const difference = distance(thumbnails[a], thumbnails[b], limit);
      if (difference >= limit) continue;
      const value = difference / length;
      const finding = pair('similar-image', samples[a], samples[b], 'looks nearly the same');
      findings.push({ ...finding, value, message: `${finding.message} (${value.toFixed(2)} of 255 apart)` });
    }
  }
  return findings;
}

/** Sum of absolute differences; gives up at `limit`. */
function distance(a: Uint8Array, b: Uint8Array, limit: number): number {
  let sum = 0;
  for (let i = 0; i < a.length && sum < limit; i++) sum += Math.abs(a[i] - b[i]);
  return sum;
}

function pair(kind: DatasetFinding['kind'], a: CheckedSample, b: CheckedSample, what: string): DatasetFinding {
  const message = `shape ${b.shape} in ${b.split} ${what} as shape ${a.shape} in ${a.split}`;
  return { kind, path: b.imagePath, other: a.imagePath, message };
}
