import type { ImageFunction } from './image-function.js';
import { type ImageSlope, imageSlope } from './image-slope.js';
import { symmetricEigen } from './symmetric-eigen.js';

/** What the Jacobian of an image says, with parameters measured in shares of their ranges and bytes in 1/255. */
export interface ImageJacobian {
  /** JᵀJ divided by the number of bytes, k × k. */
  readonly gram: Float64Array;
  /** The same of what discretisation and curvature may have falsified. */
  readonly noise: Float64Array;
  /** Largest slope of any byte by parameter. */
  readonly largest: Float64Array;
  /** The step that this slope was measured with, by parameter, in shares of its range. */
  readonly steps: Float64Array;
  /** Levels of the steps, for the next draw to begin with. */
  readonly levels: readonly number[];
}

/** Directions this much weaker than the strongest are measured again along themselves. */
const weak = 0.25;

/**
 * The Jacobian of an image at one point. Columns by central differences have errors of some per cent, and a weak combination of
 * strong columns would drown in them. So the weak singular directions are measured again, each along itself, until the errors
 * left are of second order.
 *
 * @param at parameters in their units, far enough from the ends of their ranges for a step
 * @param ranges max − min by parameter
 */
export function imageJacobian(
  image: ImageFunction,
  at: Float64Array,
  ranges: ArrayLike<number>,
  startLevels: readonly number[] = [],
): ImageJacobian {
  const k = at.length;
  const along = (direction: (i: number) => number, level?: number) =>
    imageSlope(
      image,
      at,
      at.map((_, i) => direction(i) * ranges[i]),
      level,
    );
  const own = Array.from({ length: k }, (_, j) => along((i) => (i === j ? 1 : 0), startLevels[j]));
  let basis = identity(k);
  let columns: readonly Columns[] = own;
  for (let round = 0; round < 2; round++) {
    const { values, vectors } = symmetricEigen(gramOf(columns, 'slope'), k);
    const isWeak = (row: number) => Math.sqrt(Math.max(0, values[row])) < weak * Math.sqrt(values[k - 1]);
    columns = Array.from({ length: k }, (_, row) => {
      const turn = vectors.subarray(row * k, (row + 1) * k);
      const turned = rowTimes(turn, basis, k);
      return isWeak(row) ? along((i) => turned[i]) : combine(columns, turn);
    });
    basis = times(vectors, basis, k);
  }
  return {
    gram: backFrom(basis, gramOf(columns, 'slope'), k),
    noise: backFrom(basis, gramOf(columns, 'noise'), k),
    largest: Float64Array.from(own, ({ largest }) => largest),
    steps: Float64Array.from(own, ({ step }) => step),
    levels: own.map(({ level }) => level),
  };
}

type Columns = Pick<ImageSlope, 'slope' | 'noise'>;

function combine(columns: readonly Columns[], weights: ArrayLike<number>): Columns {
  const sum = (key: 'slope' | 'noise') => {
    const out = new Float32Array(columns[0][key].length);
    columns.forEach((column, j) => {
      const values = column[key];
      for (let i = 0; i < out.length; i++) out[i] += weights[j] * values[i];
    });
    return out;
  };
  return { slope: sum('slope'), noise: sum('noise') };
}

function gramOf(columns: readonly Columns[], key: 'slope' | 'noise'): Float64Array {
  const k = columns.length;
  const gram = new Float64Array(k * k);
  for (let a = 0; a < k; a++) {
    for (let b = a; b < k; b++) {
      const [left, right] = [columns[a][key], columns[b][key]];
      let sum = 0;
      for (let i = 0; i < left.length; i++) sum += left[i] * right[i];
      gram[a * k + b] = gram[b * k + a] = sum / left.length;
    }
  }
  return gram;
}

function identity(k: number): Float64Array {
  return Float64Array.from({ length: k * k }, (_, i) => (i % (k + 1) === 0 ? 1 : 0));
}

function rowTimes(row: ArrayLike<number>, matrix: Float64Array, k: number): Float64Array {
  const out = new Float64Array(k);
  for (let j = 0; j < k; j++) for (let i = 0; i < k; i++) out[i] += row[j] * matrix[j * k + i];
  return out;
}

function times(a: Float64Array, b: Float64Array, k: number): Float64Array {
  const out = new Float64Array(k * k);
  for (let row = 0; row < k; row++) out.set(rowTimes(a.subarray(row * k, (row + 1) * k), b, k), row * k);
  return out;
}

/** Bᵀ · gram · B: from the basis whose vectors are the rows of B back to the parameters. */
function backFrom(basis: Float64Array, gram: Float64Array, k: number): Float64Array {
  const transposed = Float64Array.from({ length: k * k }, (_, i) => basis[(i % k) * k + Math.floor(i / k)]);
  return times(transposed, times(gram, basis, k), k);
}
