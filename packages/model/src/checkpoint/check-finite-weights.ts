import { CheckpointError } from './checkpoint-error.js';

/**
 * Refuses numbers that are NaN or infinite: everything that a network computes with them is NaN too.
 *
 * @param tensors names and sizes, in the order in which their numbers lie in the bytes
 * @param bytes float32
 * @throws CheckpointError that names the first tensor with such a number
 */
export function checkFiniteWeights(
  tensors: readonly { readonly name: string; readonly shape: readonly number[] }[],
  bytes: Uint8Array,
): void {
  const values = new Float32Array(bytes.slice().buffer);
  let offset = 0;
  for (const { name, shape } of tensors) {
    const end = offset + shape.reduce((product, side) => product * side, 1);
    for (let i = offset; i < end && i < values.length; i++) {
      if (Number.isFinite(values[i])) continue;
      throw new CheckpointError(
        `fromArtifacts: the weights are damaged; expected finite numbers, got ${values[i]} in ${name} at place ${i - offset}`,
      );
    }
    offset = end;
  }
}
