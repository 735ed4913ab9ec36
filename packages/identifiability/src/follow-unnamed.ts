import { isTelling } from './count-directions.js';
import { type CurveStart, type FollowedCurve, followCurve } from './follow-curve.js';
import type { DrawSpectrum, FollowedDirections } from './identifiability-result.js';
import type { Invariance, ParameterRange } from './invariance.js';
import type { MeasuredDraw, MeasureOptions } from './measure-draws.js';

/** What {@link followUnnamed} looks at. */
export interface UnnamedSearch {
  readonly draws: readonly MeasuredDraw[];
  readonly spectra: readonly DrawSpectrum[];
  readonly parameters: readonly ({ readonly name: string } & ParameterRange)[];
  /** Indices of the parameters that leave no trace. */
  readonly invisible: readonly number[];
  readonly invariances: readonly Invariance[];
  /** Directions that leave no trace at the middle one of the draws, without a name. */
  readonly unexplained: number;
  /** Directions that cannot be told from the noise. */
  readonly lost: number;
}

type Curve = FollowedCurve & Pick<CurveStart, 'direction'>;

/** Draws from which curves are followed. */
const mostDraws = 4;
/** A curve that goes less far than this share of a range before the image changes only seems to hide. */
const shortReach = 0.1;
/** A parameter that moves less than this share of its range on a curve takes no part in it. */
const leastReach = 0.05;
/** Of one that it does not move on at all: than this part of the direction. */
const leastPart = 0.2;
/** A direction must hide at two draws, and at more than this share of them: at single ones chance, or a view, may hide it. */
const enoughDraws = 1 / 8;

/**
 * Follows the directions that seem to hide at the draws but that no law explains, each as a curve to the ends of the ranges, from several
 * draws. Only one whose images stay the same to the ends from all of them is invisible; one that hides for a stretch is undecided.
 *
 * @returns the invisible ones, then the undecided ones; neither where there are none
 */
export async function followUnnamed(search: UnnamedSearch, options: MeasureOptions): Promise<FollowedDirections[]> {
  const { draws, spectra, parameters, invisible, invariances, unexplained, lost } = search;
  const named = invisible.length + invariances.length;
  const hiddenAt = spectra.map((spectrum) => {
    // Where noise has taken some, only what lies within little of it is worth a look.
    return spectrum.noise.filter((_, i) => i < spectrum.invisibleDirections && (lost === 0 || isTelling(spectrum, i)))
      .length;
  });
  const suspects = spectra.flatMap((_, draw) => (hiddenAt[draw] > named ? [draw] : []));
  const enough = Math.max(2, Math.floor(enoughDraws * draws.length) + 1);
  if (suspects.length < enough) return [];
  const most = Math.min(mostDraws, suspects.length);
  const chosen = Array.from({ length: most }, (_, i) => suspects[Math.floor((i * suspects.length) / most)]);
  const curves: Curve[][] = [];
  for (const draw of chosen) {
    const ofDraw: Curve[] = [];
    for (const start of curveStarts(search, draw, hiddenAt[draw])) {
      // Where nothing can be invisible any more it is enough to know that the curve is not short.
      const enough = unexplained > 0 ? Number.POSITIVE_INFINITY : shortReach;
      const curve = await followCurve(draws[draw], parameters, start, options, enough);
      ofDraw.push({ ...curve, direction: start.direction });
    }
    curves.push(ofDraw);
    // What hides at the middle draw, but not to the ends from this one, is undecided, whatever the others say.
    if (unexplained > 0 && ofDraw.every(({ toTheEnds }) => !toTheEnds)) break;
  }
  const count = curves.length;
  const whole = curves.map((ofDraw) => ofDraw.filter(({ toTheEnds }) => toTheEnds));
  const long = curves.map((ofDraw) =>
    ofDraw.filter((curve) => curve.toTheEnds || Math.max(...curve.reach) >= shortReach),
  );
  const confirmed = Math.min(unexplained, ...whole.map(({ length }) => length));
  // Of the draws that were not followed as many are taken to hide as of those that were.
  const atLeast = (directions: number) => long.filter(({ length }) => length >= directions).length;
  let hiding = 0;
  while ((atLeast(hiding + 1) * suspects.length) / count >= enough) hiding++;
  // What hides at the middle draw is not visible for being lost soon.
  const open = Math.max(0, Math.max(hiding, unexplained) - confirmed);
  const group = (verdict: FollowedDirections['verdict'], directions: number, of: readonly Curve[]) => {
    const moves = (j: number) =>
      of.some(({ reach, direction, toTheEnds }) => {
        return reach[j] >= leastReach || (!toTheEnds && Math.abs(direction[j]) >= leastPart);
      });
    const largestChange = Math.max(...of.map((curve) => curve.largestChange));
    const names = parameters.filter((_, j) => moves(j)).map(({ name }) => name);
    return directions > 0 ? [{ verdict, directions, parameters: names, objects: count, largestChange }] : [];
  };
  const candidates = [
    long.flat().filter(({ toTheEnds }) => confirmed === 0 || !toTheEnds),
    curves.flat().filter(({ toTheEnds }) => !toTheEnds),
    curves.flat(),
  ];
  const undecided = candidates.find(({ length }) => length > 0) ?? [];
  return [...group('invisible', confirmed, whole.flat()), ...group('undecided', open, undecided)];
}

/** What of a draw's hidden directions is not along the invisible parameters and the laws. */
function curveStarts(
  { draws, spectra, parameters, invisible, invariances }: UnnamedSearch,
  draw: number,
  hidden: number,
) {
  const active = parameters.flatMap((_, j) => (invisible.includes(j) ? [] : [j]));
  const tangents = (shares: Float64Array) =>
    invariances.map(({ terms }) => {
      const tangent = new Float64Array(parameters.length);
      for (const { index, kind, rate, offset } of terms) {
        const { min, max } = parameters[index];
        const value = min + shares[index] * (max - min);
        tangent[index] = (kind === 'shift' ? rate : rate * (value + offset)) / (max - min);
      }
      return tangent;
    });
  const at = draws[draw].at.map((value, j) => (value - parameters[j].min) / (parameters[j].max - parameters[j].min));
  const known = [...invisible.map((index) => at.map((_, j) => (j === index ? 1 : 0))), ...tangents(at)].reduce(
    (basis: readonly Float64Array[], vector) => withRest(basis, vector),
    [],
  );
  const named = known.length;
  // The weakest first; as many as are hidden beyond the named ones.
  const all = spectra[draw].directions
    .slice(0, hidden)
    .reduce((basis, direction) => withRest(basis, Float64Array.from(direction), 0.5), known);
  return all.slice(named, hidden).map((direction): CurveStart => {
    return { active, direction, hidden: hidden - invisible.length, named: tangents };
  });
}

/** A set of unit vectors at right angles, with what is new in another one if that is long enough. */
function withRest(basis: readonly Float64Array[], vector: Float64Array, least = 1e-9): Float64Array[] {
  const rest = vector.slice();
  for (const known of basis) {
    const along = known.reduce((sum, value, j) => sum + value * rest[j], 0);
    for (let j = 0; j < rest.length; j++) rest[j] -= along * known[j];
  }
  const length = Math.hypot(...rest);
  return length > least ? [...basis, rest.map((value) => value / length)] : [...basis];
}
