import { BandedLeastSquares } from './banded-least-squares.js';
import { extrapolatedRow } from './extrapolated-row.js';
import type { Extrapolation } from './extrapolation.js';
import { splineRow } from './spline-row.js';

// The old function is itself old splines times old coefficients, so the fit is one matrix [new splines, old splines] for an input:
// it does not depend on the number of units, nor on the scale, which multiplies both sides. Fitting every edge's values instead
// costs units times as much, and dividing by the scale fails where it is 0.
//
// A fit on the samples alone (as the reference does) leaves some coefficients nearly free where knots are close beside wide outer
// steps or samples are few. Measured with 20 random cubic splines of size 2 and 1000 samples, largest value of the new spline
// anywhere on its support, and RMS error on the samples relative to the function:
//                                        normal        log-normal     half zeros (ReLU)   two narrow clusters
//   samples alone                     9.9   .128       495   .319        7768   .231          2.1    .0006
//   + between .01, + ridge 1e-8       9.7   .129       394   .320         5.6   .232           26    .023
//   + between .01, + ridge 1e-6       9.6   .129        17   .338         6.3   .232          3.7    .024
//   + between .01, + ridge 1e-4       4.1   .144       7.9   .342         2.9   .235          2.1    .025

/** Weight of the error between the samples (over the whole grid) against that on the samples. */
const betweenWeight = 1e-2;
/** More samples than this are thinned out evenly by rank: the function is piecewise polynomial and needs no more. */
const maxSamples = 2048;

/** Weight of the ridge when knots follow samples: see above. */
export const adaptiveRidge = 1e-6;
/** Weight of the ridge when the new splines can represent the old function: below what float32 shows. */
export const nestedRidge = 1e-14;

/**
 * The linear map from spline coefficients on old knots to those on new knots that keeps the function best: least squares over the
 * samples and, with a hundredth of their weight, over the new grid from its knot `order` to the last but `order`, or over all of its
 * knots. Where the new splines can represent the old function there, the fit is exact but for the ridge.
 *
 * @param oldKnots ascending; what the function was
 * @param newKnots strictly ascending
 * @param sorted the samples of this input, ascending; may be empty
 * @param ridge weight of the distance to Schoenberg's spline, whose coefficients are the function's values at the means of each
 *   spline's knots: never wild, and close to the function
 * @param extrapolation what the function is beyond its old grid
 * @param reach where it is kept: over the new grid's range, or over all knots, where the splines fall to 0 at its ends
 * @returns row-major [new splines, old splines]
 */
export function splineProjection(
  oldKnots: Float64Array,
  newKnots: Float64Array,
  order: number,
  sorted: Float64Array,
  ridge: number,
  extrapolation: Extrapolation,
  reach: 'range' | 'knots' = 'range',
): Float64Array {
  const oldCount = oldKnots.length - order - 1;
  const newCount = newKnots.length - order - 1;
  const system = new BandedLeastSquares(newCount, order + 1, oldCount);
  const oldRow = new Float64Array(order + 1);
  const newRow = new Float64Array(order + 1);
  const one = Float64Array.of(1);
  // In order of the new spline's index, so that the rotations stay short.
  let ridged = 0;
  const addRidge = (until: number) => {
    for (; ridged < until; ridged++) {
      const first = extrapolatedRow(oldKnots, order, middleOfKnots(newKnots, order, ridged), extrapolation, oldRow);
      system.addRow(ridged, one, first, oldRow, ridge);
    }
  };
  const outer = reach === 'range' ? order : 0;
  visitFitPoints(oldKnots, newKnots, { order, outer }, sorted, (x, weight) => {
    const first = splineRow(newKnots, order, x, newRow);
    if (newRow.every((value) => value === 0)) return;
    addRidge(first);
    system.addRow(first, newRow, extrapolatedRow(oldKnots, order, x, extrapolation, oldRow), oldRow, weight);
  });
  addRidge(newCount);
  return system.solve();
}

/** Where the j-th spline's coefficient is closest to the function itself: the mean of its inner knots (Greville). */
function middleOfKnots(knots: Float64Array, order: number, j: number): number {
  if (order === 0) return (knots[j]! + knots[j + 1]!) / 2;
  let total = 0;
  for (let i = 1; i <= order; i++) total += knots[j + i]!;
  return total / order;
}

/**
 * Goes through the points of the fit in ascending order: the samples, and order + 1 points in each interval between knots of either
 * grid, as many as fix a polynomial of that order, so that the fit is exact when it can be. `outer` knots at each end are left out.
 */
function visitFitPoints(
  oldKnots: Float64Array,
  newKnots: Float64Array,
  { order, outer }: { readonly order: number; readonly outer: number },
  sorted: Float64Array,
  visit: (x: number, weight: number) => void,
): void {
  const low = newKnots[outer]!;
  const high = newKnots[newKnots.length - 1 - outer]!;
  const breaks = [...oldKnots, ...newKnots].filter((t) => t >= low && t <= high).sort((a, b) => a - b);
  const count = Math.min(sorted.length, maxSamples);
  let taken = 0;
  const visitSamples = (below: number) => {
    for (; taken < count; taken++) {
      const x = sorted[Math.floor(((taken + 0.5) * sorted.length) / count)]!;
      if (x >= below) return;
      visit(x, 1 / count);
    }
  };
  for (let m = 0; m + 1 < breaks.length; m++) {
    const length = breaks[m + 1]! - breaks[m]!;
    if (!(length > 0)) continue;
    const weight = (betweenWeight * length) / ((high - low) * (order + 1));
    for (let i = 0; i <= order; i++) {
      const x = breaks[m]! + ((i + 0.5) / (order + 1)) * length;
      visitSamples(x);
      visit(x, weight);
    }
  }
  visitSamples(Number.POSITIVE_INFINITY);
}
