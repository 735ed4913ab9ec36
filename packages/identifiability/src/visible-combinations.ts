import { combinationName } from './combination-name.js';
import type { CombinationTerm } from './combination-term.js';
import type { InvisibleLaw, ParameterRange } from './invisible-law.js';
import { reduceRows } from './reduce-rows.js';

/** What images show of parameters that laws tie together, such as height / radius. */
export interface VisibleCombination {
  /** `height/radius`, `wave_freq·radius`. */
  readonly name: string;
  readonly terms: readonly CombinationTerm[];
}

/** Something that every law moves evenly: a parameter, or a sum of them that other laws leave as it is. */
interface Coordinate extends Omit<CombinationTerm, 'power'> {
  /** By law. */
  readonly rates: readonly number[];
}

/**
 * The combinations that laws leave unchanged: as many as the laws have parameters, less the number of laws. One parameter a law (the
 * first that is never zero) becomes the measure of the others.
 *
 * @returns none if laws move the same parameters by factors and by shifts in a way that leaves no product of sums unchanged
 */
export function visibleCombinations(
  laws: readonly InvisibleLaw[],
  ranges: readonly ParameterRange[],
): VisibleCombination[] {
  if (laws.length === 0) return [];
  const single = singleCoordinates(laws);
  if (single !== undefined) return unchanged(single, laws.length, ranges);
  const isShift = ({ terms }: InvisibleLaw) => terms.every(({ kind }) => kind === 'shift');
  const shifts = laws.filter(isShift);
  const others = laws.filter((law) => !isShift(law));
  const sums = singleCoordinates(shifts) ?? [];
  if (sums.length === 0 || others.length === 0) return [];
  const shifted = new Set(sums.map(({ parts }) => parts[0].index));
  const rest = singleCoordinates(
    others.map(({ terms }) => ({ terms: terms.filter(({ index }) => !shifted.has(index)) })),
  );
  const composed = unchanged(sums, shifts.length, ranges).map(({ terms }) => sumCoordinate(terms, others));
  if (rest === undefined || composed.some((coordinate) => coordinate === undefined)) return [];
  return unchanged([...(composed as Coordinate[]), ...rest], others.length, ranges);
}

/** The value of a combination for parameters in the surface's order and units. */
export function combinationValue({ terms }: VisibleCombination, parameters: ArrayLike<number>): number {
  let product = 1;
  let sum = 0;
  for (const { kind, parts, offset, power } of terms) {
    const value = parts.reduce((total, { index, weight }) => total + weight * parameters[index], offset);
    if (kind === 'shift') sum += power * value;
    else product *= value ** power;
  }
  return terms.every(({ kind }) => kind === 'shift') ? sum : product * Math.exp(sum);
}

/** The laws' parameters one by one; `undefined` if two laws move one of them differently. */
function singleCoordinates(laws: readonly InvisibleLaw[]): Coordinate[] | undefined {
  const terms = laws.flatMap((law) => law.terms);
  const indices = [...new Set(terms.map(({ index }) => index))].sort((a, b) => a - b);
  const coordinates: Coordinate[] = [];
  for (const index of indices) {
    const own = terms.filter((term) => term.index === index);
    const [{ kind, offset, parameter }] = own;
    if (own.some((term) => term.kind !== kind || term.offset !== offset)) return undefined;
    const rates = laws.map((law) => law.terms.find((term) => term.index === index)?.rate ?? 0);
    coordinates.push({ kind, offset, parts: [{ parameter, index, weight: 1 }], rates });
  }
  return coordinates;
}

/** A sum of parameters as one, if every law moves its parts by the same factor. */
function sumCoordinate(terms: readonly CombinationTerm[], laws: readonly InvisibleLaw[]): Coordinate | undefined {
  const parts = terms.flatMap(({ power, parts: [part] }) => ({ ...part, weight: part.weight * power }));
  const rates: number[] = [];
  for (const law of laws) {
    const own = parts.map(({ index }) => law.terms.find((term) => term.index === index));
    const rate = own[0]?.rate ?? 0;
    const alike = own.every((term) => (term?.rate ?? 0) === rate && (term?.kind ?? 'factor') === 'factor');
    if (!alike || own.some((term) => term !== undefined && term.offset !== 0)) return undefined;
    rates.push(rate);
  }
  return { kind: 'factor', offset: 0, parts, rates };
}

function unchanged(
  coordinates: readonly Coordinate[],
  laws: number,
  ranges: readonly ParameterRange[],
): VisibleCombination[] {
  const rows = Array.from({ length: laws }, (_, law) => coordinates.map(({ rates }) => rates[law]));
  const safe = coordinates.map((coordinate) => coordinate.kind === 'shift' || isNeverZero(coordinate, ranges));
  const usable = rows.every((row) => row.some((rate, a) => rate !== 0 && safe[a]));
  const { rows: reduced, pivots } = reduceRows(rows, (a) => !usable || safe[a]);
  return coordinates.flatMap((own, a) => {
    if (pivots.includes(a)) return [];
    const powers = [1, ...reduced.map((row) => -row[a])];
    const scale = [1, 2, 3, 4, 5, 6].find((by) => powers.every((power) => isWhole(power * by))) ?? 1;
    const terms = [own, ...pivots.map((pivot) => coordinates[pivot])].map(({ kind, offset, parts }, i) => {
      const power = powers[i] * scale;
      return { kind, offset, parts, power: isWhole(power) ? Math.round(power) : power };
    });
    const used = terms.filter(({ power }) => power !== 0);
    return [{ name: combinationName(used), terms: used }];
  });
}

function isNeverZero({ parts, offset }: Coordinate, ranges: readonly ParameterRange[]): boolean {
  let [low, high] = [offset, offset];
  for (const { index, weight } of parts) {
    const ends = [ranges[index].min * weight, ranges[index].max * weight];
    low += Math.min(...ends);
    high += Math.max(...ends);
  }
  return low > 0 || high < 0;
}

function isWhole(value: number): boolean {
  return Math.abs(value - Math.round(value)) < 1e-9;
}
