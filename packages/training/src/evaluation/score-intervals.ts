import { randomStream } from '@kanrecon/scene';
import type { Scores } from './scores.js';

/** From the lower to the upper end. */
export type Interval = readonly [low: number, high: number];

/** Where a score may lie, by measure. */
export type ScoreInterval = Readonly<Record<keyof Scores, Interval>>;

/** How far the scores hang on which shapes the images happen to show. */
export interface ScoreIntervals {
  /** Share of the resamples that lies inside: 0.95. */
  readonly level: number;
  readonly resamples: number;
  /** What is drawn again and again: whole shapes, each with all of its images. */
  readonly shapes: number;
  readonly perParameter: readonly (ScoreInterval & { readonly name: string })[];
  /** Of the means over the visible parameters; null where none is visible. */
  readonly visible: ScoreInterval | null;
  /** Of the means over all parameters. */
  readonly all: ScoreInterval;
}

const level = 0.95;
const resamples = 2000;
/** Of fewer, resampling says nothing that could be relied on. */
const fewestShapes = 10;
const bootstrapStream = 201;
const measures = ['mae', 'mse', 'rmse', 'r2'] as const;

/**
 * Bootstrap intervals of the scores (percentiles; Efron 1979). Several images show the same shape and are not independent, so that shapes
 * are drawn, with replacement, and each brings all of its images along: resampling images would give intervals that are too narrow. The
 * same numbers every time.
 *
 * @param names of the parameters, in the order of the columns
 * @param shapes of each row, its shape's number
 * @param targets normalised [n, k]
 * @param predictions normalised [n, k]
 * @param visible names of the parameters that an image can show
 * @returns undefined for fewer than ten shapes
 */
export function scoreIntervals(
  names: readonly string[],
  shapes: ArrayLike<number>,
  targets: Float32Array,
  predictions: Float32Array,
  visible: readonly string[],
): ScoreIntervals | undefined {
  const sums = sumsByShape(names.length, shapes, targets, predictions);
  if (sums.length < fewestShapes) return undefined;
  const shown = names.flatMap((name, j) => (visible.includes(name) ? [j] : []));
  const collected = [...names, 'visible', 'all'].map(() => measures.map(() => [] as number[]));
  const random = randomStream(bootstrapStream, sums.length);
  const drawn = new Float64Array(sums[0]!.length);
  for (let round = 0; round < resamples; round++) {
    drawn.fill(0);
    for (let k = 0; k < sums.length; k++) {
      const shape = sums[Math.floor(((random.next() >>> 0) / 2 ** 32) * sums.length)]!;
      for (let i = 0; i < drawn.length; i++) drawn[i]! += shape[i]!;
    }
    const scores = names.map((_, j) => scoresOf(drawn, j));
    const rows = [...scores, together(shown.map((j) => scores[j]!)), together(scores)];
    rows.forEach((row, r) => {
      for (const [m, measure] of measures.entries()) collected[r]![m]!.push(row[measure]);
    });
  }
  const intervals = collected.map((row) => {
    return Object.fromEntries(
      measures.map((measure, m) => [measure, percentiles(row[m]!)]),
    ) as unknown as ScoreInterval;
  });
  return {
    level,
    resamples,
    shapes: sums.length,
    perParameter: names.map((name, j) => ({ name, ...intervals[j]! })),
    visible: shown.length > 0 ? intervals[names.length]! : null,
    all: intervals[names.length + 1]!,
  };
}

/** Numbers that a shape's images add to each parameter's sums: images, Σ y, Σ y², Σ |error|, Σ error². */
const perColumn = 5;

function sumsByShape(
  columns: number,
  shapes: ArrayLike<number>,
  targets: Float32Array,
  predictions: Float32Array,
): Float64Array[] {
  const byShape = new Map<number, Float64Array>();
  for (let row = 0; row < shapes.length; row++) {
    const sums = byShape.get(shapes[row]!) ?? new Float64Array(perColumn * columns);
    byShape.set(shapes[row]!, sums);
    for (let j = 0; j < columns; j++) {
      // Around the middle of the range, so that the variance keeps its digits.
      const y = targets[row * columns + j]! - 0.5;
      const error = predictions[row * columns + j]! - targets[row * columns + j]!;
      [1, y, y * y, Math.abs(error), error * error].forEach((value, i) => {
        sums[perColumn * j + i]! += value;
      });
    }
  }
  return [...byShape.values()];
}

function scoresOf(sums: Float64Array, column: number): Scores {
  const [n, sum, squares, absolute, errors] = sums.subarray(perColumn * column) as unknown as number[];
  const total = squares! - sum! ** 2 / n!;
  const r2 = total > 0 ? 1 - errors! / total : Number(errors === 0);
  return { mae: absolute! / n!, mse: errors! / n!, rmse: Math.sqrt(errors! / n!), r2 };
}

/** As the metrics table has it: means, and the root of the mean squared error. */
function together(rows: readonly Scores[]): Scores {
  const mean = (measure: keyof Scores) => rows.reduce((sum, row) => sum + row[measure], 0) / Math.max(1, rows.length);
  return { mae: mean('mae'), mse: mean('mse'), rmse: Math.sqrt(mean('mse')), r2: mean('r2') };
}

function percentiles(values: readonly number[]): Interval {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!;
  return [at((1 - level) / 2), at((1 + level) / 2)];
}

/** What the intervals mean, in a sentence; empty where there are none. */
export function describeIntervals(intervals: ScoreIntervals | undefined): string {
  if (!intervals) return `Fewer than ${fewestShapes} shapes: too few to say how far the scores hang on them.`;
  const percent = Math.round(100 * intervals.level);
  return `${percent} % intervals: how far the scores hang on which ${intervals.shapes} shapes the images show, by drawing as many of them ${intervals.resamples.toLocaleString('en')} times, each with all of its images (which are not independent of each other).`;
}

/** `0.440 to 0.560` */
export function showInterval([low, high]: Interval, digits = 3): string {
  return `${low.toFixed(digits)} to ${high.toFixed(digits)}`;
}
