import { symmetricEigen } from '@kanrecon/identifiability';

/** A normal distribution around 0 by its axes, as many as it has dimensions. */
export interface NormalAxes {
  /** Unit vectors. */
  readonly axes: readonly Float64Array[];
  /** Standard deviations along them. */
  readonly spreads: readonly number[];
}

/**
 * What the image leaves open of the shape, whatever camera, colour and light: the inverse of the information (Gauss-Newton), of which the shape's
 * block is taken.
 *
 * @param information n × n, symmetric: the shape's directions come first
 * @param prior precision that is there without the image, by direction; keeps the inverse finite
 * @param fixed directions of the shape, unit vectors of length `shape`, that are not to be left open: others move along them
 * @param shape how many of the n are the shape's
 */
export function shapeCovariance(
  information: Float64Array,
  prior: Float64Array,
  fixed: readonly Float64Array[],
  shape: number,
): NormalAxes {
  const n = prior.length;
  const precise = Float64Array.from(information);
  let largest = 0;
  for (let i = 0; i < n; i++) {
    precise[i * n + i]! += prior[i]!;
    largest = Math.max(largest, precise[i * n + i]!);
  }
  const block = schurComplement(precise, n, shape);
  for (const vector of fixed) {
    for (let i = 0; i < shape; i++) {
      for (let j = 0; j < shape; j++) block[i * shape + j]! += 1e4 * largest * vector[i]! * vector[j]!;
    }
  }
  const { values, vectors } = symmetricEigen(block, shape);
  return {
    axes: Array.from({ length: shape }, (_, k) => vectors.subarray(k * shape, (k + 1) * shape)),
    spreads: Array.from(values, (value) => 1 / Math.sqrt(Math.max(value, 1e-300))),
  };
}

/** The information on the first m of n, the others being free: A − B D⁻¹ Bᵀ, one of the others after the other. */
function schurComplement(matrix: Float64Array, n: number, m: number): Float64Array {
  const a = Float64Array.from(matrix);
  for (let k = n - 1; k >= m; k--) {
    const pivot = a[k * n + k]!;
    for (let i = 0; i < k; i++) {
      const factor = a[i * n + k]! / pivot;
      for (let j = 0; j < k; j++) a[i * n + j]! -= factor * a[k * n + j]!;
    }
  }
  return Float64Array.from({ length: m * m }, (_, i) => a[Math.floor(i / m) * n + (i % m)]!);
}
