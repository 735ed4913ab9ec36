import { tensor } from '@tensorflow/tfjs-core';
import type { TorchVariable } from '../internal/torch-variables.js';
import { transposeArray } from '../internal/transpose-array.js';
import type { TorchTensor } from '../torch-tensor.js';
import { StoredTensor } from './stored-tensor.js';
import { WeightMismatchError } from './weight-mismatch-error.js';

/** A weight of the network, and what it is called and how it is laid out in a set of tensors. */
export interface ExpectedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly axes?: readonly number[];
  readonly variable: TorchVariable['variable'];
}

/** A set of tensors that a network's weights are to come from. */
export interface TensorSet {
  readonly expected: readonly ExpectedTensor[];
  readonly tensors: Readonly<Record<string, TorchTensor>>;
  /** Names that have no place in the network but need none. */
  readonly passedOver: (name: string) => boolean;
}

/**
 * Sets the weights of a network, or none of them.
 *
 * @throws WeightMismatchError naming all that does not fit
 */
export function assignWeights(caller: string, { expected, tensors, passedOver }: TensorSet): void {
  const names = new Set(expected.map(({ name }) => name));
  const has = ({ name }: ExpectedTensor) => Object.hasOwn(tensors, name);
  const pairs = expected.filter(has).map((weight) => ({ weight, found: tensors[weight.name] as TorchTensor }));
  const fits = ({ weight, found }: (typeof pairs)[0]) => found.shape.join() === weight.shape.join();
  const mismatch = {
    missing: expected.filter((weight) => !has(weight)).map(({ name }) => name),
    unexpected: Object.keys(tensors).filter((name) => !names.has(name) && !passedOver(name)),
    misshapen: pairs
      .filter((pair) => !fits(pair))
      .map(({ weight, found }) => ({ name: weight.name, expected: weight.shape, got: found.shape })),
    unusable: pairs.filter(fits).flatMap(({ weight, found }) => {
      const reason = whyUnusable(found, weight.variable.originalName.endsWith('/moving_variance'));
      return reason ? [{ name: weight.name, reason }] : [];
    }),
  };
  if (expected.length === 0 || Object.values(mismatch).some((list) => list.length > 0)) {
    throw new WeightMismatchError(caller, mismatch, expected.length);
  }
  for (const { weight, found } of pairs) {
    const { axes, shape, variable } = weight;
    const values = axes ? transposeArray(found.data, shape, axes) : Float32Array.from(found.data);
    const value = tensor(values, variable.shape as number[], 'float32');
    variable.write(value);
    value.dispose();
  }
}

function whyUnusable(found: TorchTensor, isVariance: boolean): string | undefined {
  if (found instanceof StoredTensor && !found.floating) {
    return `expected floating-point numbers, got ${found.type}`;
  }
  const { data, shape } = found;
  if (data.length !== shape.reduce((product, side) => product * side, 1)) {
    return `shape [${shape}] does not hold ${data.length} values`;
  }
  for (let i = 0; i < data.length; i++) {
    // The model holds single precision: what is beyond it would become infinite.
    if (!Number.isFinite(Math.fround(data[i] as number))) {
      return `expected finite numbers of single precision, got ${data[i]} at place ${i}`;
    }
    // A norm takes its root.
    if (isVariance && (data[i] as number) < 0) {
      return `expected variances of at least 0, got ${data[i]} at place ${i}`;
    }
  }
  return undefined;
}
