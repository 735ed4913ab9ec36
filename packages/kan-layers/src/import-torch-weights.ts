import { tensor, tidy, transpose } from '@tensorflow/tfjs-core';
import type { KANLayer } from './kan-layer.js';

/** One array of a PyTorch state dict, row-major; [] is a scalar. */
export interface TorchArray {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/** Arrays by the names that the reference implementation gives them. */
export type TorchStateDict = Readonly<Record<string, TorchArray>>;

/**
 * Fills a layer with the weights of its PyTorch reference implementation (named in the layer's documentation), under that
 * implementation's names and shapes.
 *
 * @throws if an array is missing, not known or of a wrong shape; the layer then keeps its weights
 */
export function importTorchWeights(layer: KANLayer, stateDict: TorchStateDict): void {
  if (!layer.built) {
    throw new Error(`importTorchWeights: '${layer.name}' has no weights yet; expected it built, got it before build`);
  }
  const weights = layer.torchWeights();
  const expected = weights.map(({ name }) => name);
  const given = Object.keys(stateDict);
  const missing = expected.filter((name) => !given.includes(name));
  const unknown = given.filter((name) => !expected.includes(name));
  if (missing.length + unknown.length > 0) {
    throw new Error(
      `importTorchWeights: the names do not fit '${layer.name}'; expected ${expected.join(', ')}, ` +
        `got ${given.join(', ')} (missing: ${missing.join(', ') || 'none'}; unknown: ${unknown.join(', ') || 'none'})`,
    );
  }
  for (const { name, variable, axes } of weights) {
    const shape = torchShape(variable.shape as number[], axes);
    const { shape: got, data } = stateDict[name]!;
    const size = shape.reduce((n, side) => n * side, 1);
    if (got.join() !== shape.join() || data.length !== size) {
      throw new Error(
        `importTorchWeights: '${name}' has a wrong shape; expected [${shape}], got [${got}] with ${data.length} numbers`,
      );
    }
  }
  tidy(() => {
    for (const { name, variable, axes } of weights) {
      const { shape, data } = stateDict[name]!;
      const value = tensor(Float32Array.from(data), [...shape], 'float32');
      variable.write(axes ? transpose(value, [...axes]) : value);
    }
  });
}

/** The PyTorch shape of a weight of ours. */
export function torchShape(shape: readonly number[], axes: readonly number[] | undefined): number[] {
  if (!axes) return [...shape];
  const result: number[] = [];
  axes.forEach((axis, i) => {
    result[axis] = shape[i]!;
  });
  return result;
}
