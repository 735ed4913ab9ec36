import { affineLaw } from './affine-law.js';
import { firstThatHolds } from './first-that-holds.js';
import type { InvisibleLaw, LawTerm } from './invisible-law.js';
import type { LawDraw, LawSearch } from './law-search.js';
import { poolGrams } from './pool-grams.js';
import { reduceRows } from './reduce-rows.js';
import { snapVector } from './snap-vector.js';
import { symmetricEigen } from './symmetric-eigen.js';

/** A direction is a candidate as long as it shows less than this share of the strongest. */
const candidateShare = 0.2;

/**
 * Laws that hold at all draws: null vectors of the Jacobian that are the same everywhere in logarithms of the parameters (a common
 * factor), in the parameters themselves (a common summand), or, where these do not explain everything, in a mixture with offsets.
 * They are found by least squares over the draws, snapped to small integers where that fits, and accepted only if images stay the
 * same along them.
 */
export async function findLaws(search: LawSearch): Promise<InvisibleLaw[]> {
  const found: InvisibleLaw[] = [];
  for (const kind of ['factor', 'shift'] as const) {
    found.push(...(await lawsOfKind(search, kind)));
  }
  while (found.length < search.hidden) {
    const law = await affineLaw(search, found);
    if (law === undefined) break;
    found.push(law);
  }
  return found;
}

async function lawsOfKind(search: LawSearch, kind: LawTerm['kind']): Promise<InvisibleLaw[]> {
  const { draws, parameters, active, holds } = search;
  const m = active.length;
  // In shares of the ranges, what a rate of one does to a parameter at a draw.
  const reach = ({ at }: LawDraw, a: number) => {
    const { min, max } = parameters[active[a]];
    return (kind === 'factor' ? at[active[a]] : 1) / (max - min);
  };
  // Typical reach: the eigenvectors are taken where all parameters weigh alike.
  const typical = active.map((_, a) =>
    Math.sqrt(draws.reduce((sum, draw) => sum + reach(draw, a) ** 2, 0) / draws.length),
  );
  const pooled = poolGrams(draws, parameters.length, m, (draw, a) => [[active[a], reach(draw, a) / typical[a]]]);
  const { values, vectors } = symmetricEigen(pooled, m);
  const weak = Array.from(values).filter(
    (value) => Math.sqrt(Math.max(0, value)) < candidateShare * Math.sqrt(values[m - 1]),
  ).length;
  for (let count = Math.min(weak, m - 1); count > 0; count--) {
    const basis = Array.from({ length: count }, (_, row) =>
      vectors.subarray(row * m, (row + 1) * m).map((value, a) => value / typical[a]),
    );
    const laws: InvisibleLaw[] = [];
    for (const row of reduceRows(basis).rows) {
      const law = await firstThatHolds(
        rateChoices(row).map((rates) => lawOf(search, kind, rates)),
        holds,
      );
      if (law === undefined) break;
      laws.push(law);
    }
    if (laws.length === count) return laws;
  }
  return [];
}

/** Small integers if they fit, and the numbers as they were found. */
function rateChoices(row: Float64Array): number[][] {
  const largest = Math.max(...row.map(Math.abs));
  const plain = Array.from(row, (value) =>
    Math.abs(value) < 0.02 * largest ? 0 : Number((value / largest).toPrecision(3)),
  );
  // A parameter that shows little is found inexactly; whether an integer was meant is for the images to say.
  const snapped = [snapVector(row), snapVector(row, 0.3)].filter((rates) => rates !== undefined);
  return [...snapped, plain];
}

function lawOf({ parameters, active }: LawSearch, kind: LawTerm['kind'], rates: readonly number[]): InvisibleLaw {
  const terms = active.flatMap((index, a) =>
    rates[a] === 0 ? [] : [{ parameter: parameters[index].name, index, kind, rate: rates[a], offset: 0 }],
  );
  return { terms };
}
