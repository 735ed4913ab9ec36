import type { ImageJacobian } from './image-jacobian.js';
import { symmetricEigen } from './symmetric-eigen.js';

/** Noise below this share of the largest singular value is not taken at its word. */
const leastNoise = 0.003;

/**
 * How much a draw counts when invariances are fitted: one over the squared noise along its weakest direction, so that an object whose
 * image can hardly be differentiated does not spoil what the others say.
 *
 * @param active indices of the parameters that may take part in invariances
 */
export function drawWeight({ gram, noise }: Pick<ImageJacobian, 'gram' | 'noise'>, active: readonly number[]): number {
  const m = active.length;
  const k = Math.sqrt(gram.length);
  const part = (matrix: Float64Array) =>
    Float64Array.from({ length: m * m }, (_, i) => matrix[active[Math.floor(i / m)] * k + active[i % m]]);
  const { values, vectors } = symmetricEigen(part(gram), m);
  const noisePart = part(noise);
  let along = 0;
  for (let i = 0; i < m; i++) for (let j = 0; j < m; j++) along += vectors[i] * noisePart[i * m + j] * vectors[j];
  const scale = along + leastNoise ** 2 * (values[m - 1] ?? 0);
  return scale > 0 ? 1 / scale : 0;
}
