import type { SurfaceParameter } from '@kanrecon/geometry';
import type { DrawSpectrum } from './identifiability-result.js';
import type { ImageJacobian } from './image-jacobian.js';
import { symmetricEigen } from './symmetric-eigen.js';

/** A singular value within so many times its noise, and this small a share of the largest, is taken for zero. */
const withinNoise = 2;
const smallShare = 0.03;
/** What rounding leaves of a zero, as a share of the largest. */
const rounding = 1e-6;

/**
 * The singular values of one draw's Jacobian, with the noise along each direction. On the built-in surfaces, directions that leave no
 * trace have singular values of at most 1.2 times their noise and .008 of the largest.
 */
export function drawSpectrum(
  { gram, noise }: Pick<ImageJacobian, 'gram' | 'noise'>,
  parameters: readonly SurfaceParameter[],
  at: Float64Array,
): DrawSpectrum {
  const k = parameters.length;
  const { values, vectors } = symmetricEigen(gram, k);
  const directions = Array.from({ length: k }, (_, row) => Array.from(vectors.subarray(row * k, (row + 1) * k)));
  const singularValues = Array.from(values, root);
  const noises = directions.map((direction) => root(quadraticForm(noise, direction)));
  const largest = singularValues[k - 1];
  const isHidden = (value: number, i: number) =>
    value <= Math.max(withinNoise * noises[i], rounding * largest) && value <= smallShare * largest;
  return {
    parameters: Object.fromEntries(parameters.map(({ name }, j) => [name, at[j]])),
    singularValues,
    noise: noises,
    directions,
    invisibleDirections: singularValues.filter(isHidden).length,
  };
}

function quadraticForm(matrix: Float64Array, vector: readonly number[]): number {
  const k = vector.length;
  let sum = 0;
  for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) sum += vector[i] * matrix[i * k + j] * vector[j];
  return sum;
}

function root(value: number): number {
  return Math.sqrt(Math.max(0, value));
}
