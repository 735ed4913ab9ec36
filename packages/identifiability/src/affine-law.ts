import { firstThatHolds } from './first-that-holds.js';
import type { InvisibleLaw, LawTerm } from './invisible-law.js';
import type { LawSearch } from './law-search.js';
import { poolGrams } from './pool-grams.js';
import { snapVector } from './snap-vector.js';
import { symmetricEigen } from './symmetric-eigen.js';

/** A rate below this share of the largest is taken for none. */
const none = 0.04;

/**
 * A law in which every parameter moves at a rate that is an affine function of itself: some by factors, around an offset, others by
 * shifts. It covers products such as p · (1 + q), where (p, q + 1) have a factor in common, and p · e^q.
 *
 * @param found laws to pass over
 */
export async function affineLaw(search: LawSearch, found: readonly InvisibleLaw[]): Promise<InvisibleLaw | undefined> {
  const { draws, parameters, active, holds } = search;
  const m = active.length;
  const ranges = active.map((index) => {
    const { min, max } = parameters[index];
    return { middle: (min + max) / 2, width: max - min };
  });
  // Unknowns: the share of its range that a parameter moves at the middle of it, then the change of that towards its ends.
  const pooled = poolGrams(draws, parameters.length, 2 * m, ({ at }, unknown) => {
    const { middle, width } = ranges[unknown % m];
    const index = active[unknown % m];
    return [[index, unknown < m ? 1 : ((at[index] - middle) / width) * Math.sqrt(12)]];
  });
  const largest = Math.max(...pooled);
  for (const { terms } of found) {
    const known = new Float64Array(2 * m);
    for (const { index, kind, rate, offset } of terms) {
      const a = active.indexOf(index);
      const { middle, width } = ranges[a];
      known[a] = (kind === 'shift' ? rate : rate * (middle + offset)) / width;
      known[m + a] = kind === 'shift' ? 0 : rate / Math.sqrt(12);
    }
    const norm = Math.hypot(...known);
    for (let i = 0; i < 4 * m * m; i++) {
      pooled[i] += (largest * known[Math.floor(i / (2 * m))] * known[i % (2 * m)]) / norm ** 2;
    }
  }
  const { vectors } = symmetricEigen(pooled, 2 * m);
  const shifts = active.map((_, a) => vectors[a]);
  const slopes = active.map((_, a) => vectors[m + a] * Math.sqrt(12));
  return firstThatHolds(choices(search, ranges, shifts, slopes), holds);
}

/** The law with offsets as integers, as tenths, and as they were found. */
function choices(
  { parameters, active }: LawSearch,
  ranges: readonly { readonly middle: number; readonly width: number }[],
  shifts: readonly number[],
  slopes: readonly number[],
): InvisibleLaw[] {
  const strength = shifts.map((shift, a) => Math.hypot(shift, slopes[a] / Math.sqrt(12)));
  const strongest = Math.max(...strength);
  const takesPart = (a: number) => strength[a] > none * strongest;
  const isFactor = (a: number) => takesPart(a) && Math.abs(slopes[a]) > 3 * none * Math.abs(shifts[a]);
  const factors = active.map((_, a) => (isFactor(a) ? slopes[a] : 0));
  const snapped = snapVector(factors);
  const first = factors.findIndex((rate) => rate !== 0);
  if (snapped === undefined || first < 0) return [];
  const scale = snapped[first] / factors[first];
  const rounded = (digits: number) => (value: number) => Math.round(value * digits) / digits + 0;
  const roundings = [rounded(1), rounded(10), (value: number) => Number(value.toPrecision(3))];
  return roundings.map((round) => {
    const terms = active.flatMap((index, a): LawTerm[] => {
      const parameter = parameters[index].name;
      const { middle, width } = ranges[a];
      if (!takesPart(a)) return [];
      if (isFactor(a)) {
        const offset = round((width * shifts[a]) / slopes[a] - middle);
        return [{ parameter, index, kind: 'factor', rate: snapped[a], offset }];
      }
      return [{ parameter, index, kind: 'shift', rate: round(shifts[a] * width * scale), offset: 0 }];
    });
    return { terms: terms.filter(({ rate }) => rate !== 0) };
  });
}
