import {
  type Invariance,
  lawPosterior,
  moveAlong,
  type ParameterRange,
  posteriorTime,
} from '@kanrecon/identifiability';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import type { NormalAxes } from './shape-covariance.js';
import { truncatedNormal } from './truncated-normal.js';

/** What {@link samplePosterior} draws from. */
export interface PosteriorShape {
  /** The shape that was found, in the surface's order and units; inside the ranges. */
  readonly found: Float64Array;
  /** What the image leaves open around it, in shares of the ranges' full widths `scale`. */
  readonly open: NormalAxes;
  /** By parameter: how far down and up it can be moved by itself without a trace, scaled likewise; all that lies between is equally probable. */
  readonly flats: readonly (readonly [low: number, high: number])[];
  /** Widths by parameter that `open` is scaled with, in units. */
  readonly scale: Float64Array;
  /** Directions without a trace. */
  readonly invariances: readonly Invariance[];
  /** Within which the parameters are known to be; both ends alike is a known value. */
  readonly ranges: readonly ParameterRange[];
}

const warmup = 20;
/** Sweeps from one sample to the next. */
const thinning = 5;

/**
 * Shapes that the image may show, drawn by Gibbs' method: in turn along each axis of the normal distribution around what was found
 * (Laplace's approximation), between the ends that the ranges leave, and along each law to a time of the law's own posterior, which the
 * change of variables gives. A law moves each parameter by an affine function, so the ranges stay a box in the shapes that it is
 * taken back to.
 *
 * @returns `count` shapes, in units
 */
export function samplePosterior(shape: PosteriorShape, count: number, random: RandomGenerator): Float64Array[] {
  const { found, open, flats, scale, invariances, ranges } = shape;
  const off = new Float64Array(found.length);
  const times = invariances.map(() => 0);
  const samples: Float64Array[] = [];
  for (let sweep = -warmup; sweep < count * thinning; sweep++) {
    const box = takenBack(ranges, invariances, times);
    for (const [k, axis] of open.axes.entries()) {
      const [low, high] = roomAlong(axis, off, found, scale, box);
      const spread = open.spreads[k]!;
      const here = axis.reduce((sum, value, i) => sum + value * off[i]!, 0);
      const there = spread * truncatedNormal(random, (here + low) / spread, (here + high) / spread);
      for (let i = 0; i < off.length; i++) off[i]! += axis[i]! * (there - here);
    }
    const start = found.map((value, i) => {
      const { min, max } = box[i]!;
      const moved = value + scale[i]! * off[i]!;
      const [low, high] = flats[i]!.map((reach) => Math.min(max, Math.max(min, moved + scale[i]! * reach)));
      return low! < high! ? low! + (high! - low!) * uniformFloat64(random) : inside(moved, box[i]!);
    });
    for (const [l, law] of invariances.entries()) {
      const others = invariances.reduce<Float64Array>(
        (at, other, m) => (m === l ? at : moveAlong(other, at, times[m]!)),
        start,
      );
      const posterior = lawPosterior(law, others, ranges);
      if (posterior.from < posterior.to) times[l] = posteriorTime(posterior, uniformFloat64(random));
    }
    if (sweep >= 0 && sweep % thinning === 0) {
      const moved = invariances.reduce<Float64Array>((at, law, l) => moveAlong(law, at, times[l]!), start);
      samples.push(moved.map((value, i) => inside(value, ranges[i]!)));
    }
  }
  return samples;
}

const inside = (value: number, { min, max }: ParameterRange) => Math.min(max, Math.max(min, value));

/** The ranges, for shapes that the laws have yet to move. */
function takenBack(
  ranges: readonly ParameterRange[],
  invariances: readonly Invariance[],
  times: readonly number[],
): ParameterRange[] {
  const back = (ends: Float64Array) =>
    invariances.reduceRight<Float64Array>((at, law, l) => moveAlong(law, at, -times[l]!), ends);
  const low = back(Float64Array.from(ranges, ({ min }) => min));
  const high = back(Float64Array.from(ranges, ({ max }) => max));
  return ranges.map((_, i) => ({ min: Math.min(low[i]!, high[i]!), max: Math.max(low[i]!, high[i]!) }));
}

/** How far a shape may go along an axis, in both directions, in shares of the scale. */
function roomAlong(
  axis: Float64Array,
  off: Float64Array,
  found: Float64Array,
  scale: Float64Array,
  box: readonly ParameterRange[],
): [low: number, high: number] {
  let [low, high] = [-Infinity, Infinity];
  for (let i = 0; i < axis.length; i++) {
    if (Math.abs(axis[i]!) < 1e-9) continue;
    const at = found[i]! + scale[i]! * off[i]!;
    const ends = [(box[i]!.min - at) / (scale[i]! * axis[i]!), (box[i]!.max - at) / (scale[i]! * axis[i]!)];
    low = Math.max(low, Math.min(ends[0]!, ends[1]!));
    high = Math.min(high, Math.max(ends[0]!, ends[1]!));
  }
  // Rounding may have left the shape a hair outside.
  return [Math.min(0, low), Math.max(0, high)];
}
