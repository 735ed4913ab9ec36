import { symmetricEigen } from '@kanrecon/identifiability';
import type { ImageSlope } from '../refine/image-slopes.js';
import type { Level } from '../refine/level.js';
import { robustWeights } from '../refine/robust-weights.js';

/** Pixels that a block is wide: JPEG's are, and what a texture or a neighbour's light does to a pixel reaches no farther. */
const side = 8;
/** How much of what blocks say of one way is taken from all ways: few blocks show an object, fewer than there are ways. */
const shared = 0.5;
/** Variance, in units of the inverse information, below which nothing is believed; see `fitVariance`. */
const least = 0.4;
/** Share of its own spread that a fit leaves, at least. */
const fewest = 0.2;
/** Share of the greatest eigenvalue of H below which a way shows nothing. */
const leastShown = 1e-9;

/** What a fit's directions show, going by how much what is left pulls at them block by block. */
export interface BlockInformation {
  /** Inverse of the covariance, n × n. */
  readonly information: Float64Array;
  /** How much larger the variance is than the inverse of `matrix`, on average. */
  readonly variance: number;
}

/**
 * The inverse of the sandwich H⁻¹ G H⁻¹ (Huber, 1967), the covariance of a fit by a loss that is not the likelihood: H is JᵀWJ, G the sum over blocks of g gᵀ with
 * g = JᵀWr of the block (Liang and Zeger, 1986: what lies within a block may depend on each other as it likes). Of what is left only that counts which could
 * pull at the fit: a textured background far from the object says nothing.
 *
 * @param pixels of the fit, as the level looks at them: [size, size, 3] where it says nothing else
 * @param slopes of its image, in the directions' units
 * @param matrix JᵀWJ, n × n
 * @param n directions
 */
export function blockInformation(
  level: Level,
  pixels: Float32Array,
  slopes: readonly ImageSlope[],
  matrix: Float64Array,
  n: number,
): BlockInformation {
  const pulls = blockPulls(level, pixels, slopes, n);
  const { values, vectors } = symmetricEigen(matrix, n);
  const most = values.at(-1) ?? 0;
  // What shows nothing has no information: the twists of a plain surface, a parameter at its bound.
  const ways = Array.from(values.keys()).filter((k) => values[k]! > leastShown * most);
  const m = ways.length;
  const roots = ways.map((k) => Math.sqrt(values[k]!));
  // In coordinates in which H is the unit matrix.
  const spread = new Float64Array(m * m);
  const lengths: number[] = [];
  for (const pull of pulls) {
    const there = ways.map((k, i) => dot(vectors, k * n, pull) / roots[i]!);
    lengths.push(there.reduce((sum, value) => sum + value * value, 0));
    for (let i = 0; i < m; i++) for (let j = 0; j < m; j++) spread[i * m + j]! += there[i]! * there[j]!;
  }
  // A fit to few blocks leaves less of them than there was.
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const squares = lengths.reduce((sum, length) => sum + length * length, 0);
  const blocks = total ** 2 / Math.max(1e-300, squares);
  const left = Math.max(fewest, 1 - m / blocks);
  for (let i = 0; i < m * m; i++) spread[i]! /= left;
  const variance = least + trace(spread, m) / Math.max(1, m);
  for (let i = 0; i < m * m; i++) spread[i]! *= 1 - shared;
  for (let i = 0; i < m; i++) spread[i * m + i]! += least + shared * (variance - least);
  const inverse = symmetricEigen(spread, m);
  const information = new Float64Array(n * n);
  for (let k = 0; k < m; k++) {
    // H^½ v / √λ, in the directions' own coordinates.
    const axis = new Float64Array(n);
    for (const [l, way] of ways.entries()) {
      const amount = (inverse.vectors[k * m + l]! * roots[l]!) / Math.sqrt(inverse.values[k]!);
      for (let i = 0; i < n; i++) axis[i]! += amount * vectors[way * n + i]!;
    }
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) information[i * n + j]! += axis[i]! * axis[j]!;
  }
  return { information, variance };
}

/** By block: JᵀWr. */
function blockPulls(level: Level, pixels: Float32Array, slopes: readonly ImageSlope[], n: number): Float64Array[] {
  const { target, groups = blockGroups(level.size) } = level;
  const pulls = Array.from(
    { length: 1 + groups.reduce((most, group) => Math.max(most, group), 0) },
    () => new Float64Array(n),
  );
  const residual = robustWeights(level, pixels);
  for (let i = 0; i < residual.length; i++) residual[i]! *= target[i]! - pixels[i]!;
  for (const { way, pixels: column } of slopes) {
    const sums = new Float64Array(pulls.length);
    for (let i = 0; i < residual.length; i++) sums[groups[i]!]! += column[i]! * residual[i]!;
    for (const [block, sum] of sums.entries()) {
      for (let k = 0; k < n; k++) pulls[block]![k]! += way[k]! * sum;
    }
  }
  return pulls;
}

/** By value of an image: which block it is of. */
function blockGroups(size: number): Uint16Array {
  const across = Math.ceil(size / side);
  return Uint16Array.from({ length: 3 * size * size }, (_, i) => {
    const [x, y] = [Math.floor(i / 3) % size, Math.floor(i / (3 * size))];
    return Math.floor(y / side) * across + Math.floor(x / side);
  });
}

function dot(vectors: Float64Array, from: number, other: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < other.length; i++) sum += vectors[from + i]! * other[i]!;
  return sum;
}

function trace(matrix: Float64Array, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += matrix[i * n + i]!;
  return sum;
}
