import { tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { torchVariables } from './internal/torch-variables.js';
import { transposeArray } from './internal/transpose-array.js';

/** A tensor of a torch state dict: row-major, in torch's layout (`[out, in, height, width]` for a kernel). */
export interface TorchTensor {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/**
 * Sets a backbone's weights from torchvision's state dict. `classifier.…` and `….num_batches_tracked` are passed over;
 * nothing is changed unless everything fits.
 *
 * @param model A backbone, or a model that contains one.
 * @param stateDict torchvision's names to tensors.
 * @throws RangeError if a weight is missing, has another shape or length, holds a number that is not finite, or has no place in the model.
 */
export function loadTorchWeights(model: LayersModel, stateDict: Readonly<Record<string, TorchTensor>>): void {
  const variables = torchVariables(model);
  checkStateDict(variables, stateDict);
  for (const { name, shape, axes, variable } of variables) {
    const { data } = stateDict[name] as TorchTensor;
    const values = axes ? transposeArray(data, shape, axes) : Float32Array.from(data);
    const value = tensor(values, variable.shape as number[], 'float32');
    variable.write(value);
    value.dispose();
  }
}

function checkStateDict(
  variables: readonly { name: string; shape: readonly number[] }[],
  stateDict: Readonly<Record<string, TorchTensor>>,
): void {
  const problems: string[] = [];
  const expected = new Set<string>();
  for (const { name, shape } of variables) {
    expected.add(name);
    const found = stateDict[name];
    if (!found) problems.push(`${name} is missing`);
    else if (found.shape.join() !== shape.join()) {
      problems.push(`${name}: expected shape [${shape}], got [${found.shape}]`);
    } else if (found.data.length !== shape.reduce((product, side) => product * side, 1)) {
      problems.push(`${name}: shape [${shape}] does not hold ${found.data.length} values`);
    } else {
      const at = firstNotFinite(found.data);
      if (at >= 0)
        problems.push(`${name}: expected finite numbers of single precision, got ${found.data[at]} at place ${at}`);
    }
  }
  for (const name of Object.keys(stateDict)) {
    const passedOver = name.startsWith('classifier.') || name.endsWith('.num_batches_tracked');
    if (!passedOver && !expected.has(name)) problems.push(`${name} has no place in the model`);
  }
  if (expected.size === 0) problems.push('the model contains no backbone of this package');
  if (problems.length > 0) {
    const more = problems.length > 5 ? `; and ${problems.length - 5} more` : '';
    throw new RangeError(`loadTorchWeights: the state dict does not fit: ${problems.slice(0, 5).join('; ')}${more}`);
  }
}

/** The model holds single precision: what is beyond it would become infinite. @returns −1 if all are finite */
function firstNotFinite(data: ArrayLike<number>): number {
  for (let i = 0; i < data.length; i++) if (!Number.isFinite(Math.fround(data[i] as number))) return i;
  return -1;
}
