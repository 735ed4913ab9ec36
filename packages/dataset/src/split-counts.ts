import { checkOptions } from '@kanrecon/geometry';
import { type Split, splits } from './sample.js';

/** Shapes of each split. */
export type SplitCounts = Readonly<Record<Split, number>>;

/**
 * How many shapes go into each split.
 *
 * @param shapes number of shapes
 * @param split counts that add up to `shapes`, or fractions that add up to 1 (rounded by largest remainder); what is left
 *   out is 0
 * @throws if it is neither
 */
export function splitCounts(shapes: number, split: Partial<SplitCounts>): SplitCounts {
  checkOptions('splitCounts', split, { train: 1, val: 1, test: 1 });
  const wanted = splits.map((name) => split[name] ?? 0);
  const sum = wanted.reduce((total, value) => total + value, 0);
  const valid = wanted.every((value) => Number.isFinite(value) && value >= 0);
  if (valid && sum === shapes && wanted.every(Number.isInteger)) return record(wanted);
  if (!valid || Math.abs(sum - 1) > 1e-6) {
    throw new Error(
      `splitCounts: expected fractions that add up to 1, or counts that add up to ${shapes} shapes, got ${JSON.stringify(split)}`,
    );
  }
  // Whole parts first; the shapes left over go to the largest remainders, earlier splits first among equals.
  const counts = wanted.map((fraction) => Math.floor(fraction * shapes + 1e-9));
  const byRemainder = wanted
    .map((fraction, index) => ({ index, remainder: Math.round((fraction * shapes - counts[index]) * 1e9) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  const left = shapes - counts.reduce((total, value) => total + value, 0);
  for (let i = 0; i < left; i++) counts[byRemainder[i % 3].index]++;
  return record(counts);
}

/** The split of a shape: the first `train` shapes are training shapes, then come validation and test. */
export function splitOfShape(shape: number, counts: SplitCounts): Split {
  if (shape < counts.train) return 'train';
  return shape < counts.train + counts.val ? 'val' : 'test';
}

function record([train, val, test]: readonly number[]): SplitCounts {
  return { train, val, test };
}
