import { reshape, tensor, tidy, transpose } from '@tensorflow/tfjs-core';
import type { KANLayer } from './kan-layer.js';
import type { TorchConstant, TorchWeight } from './torch-weight.js';

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
 * @throws if an array is missing, not known or of a wrong shape, or a number is not finite; the layer then keeps its weights
 */
export function importTorchWeights(layer: KANLayer, stateDict: TorchStateDict): void {
  if (!layer.built) {
    throw new Error(`importTorchWeights: '${layer.name}' has no weights yet; expected it built, got it before build`);
  }
  const weights = layer.torchWeights();
  const expected = weights.map(({ name }) => name);
  const given = Object.keys(stateDict);
  const missing = expected.filter((name) => !given.includes(name));
  const constants = layer.torchConstants();
  const optional = constants.map(({ name }) => name);
  const unknown = given.filter((name) => !expected.includes(name) && !optional.includes(name));
  if (missing.length + unknown.length > 0) {
    throw new Error(
      `importTorchWeights: the names do not fit '${layer.name}'; expected ${expected.join(', ')}, ` +
        `got ${given.join(', ')} (missing: ${missing.join(', ') || 'none'}; unknown: ${unknown.join(', ') || 'none'})`,
    );
  }
  for (const weight of weights) {
    const { name } = weight;
    const shape = torchShape(weight);
    const { shape: got, data } = stateDict[name]!;
    const size = shape.reduce((n, side) => n * side, 1);
    if (got.join() !== shape.join() || data.length !== size) {
      throw new Error(
        `importTorchWeights: '${name}' has a wrong shape; expected [${shape}], got [${got}] with ${data.length} numbers`,
      );
    }
  }
  for (const { name } of weights) checkFinite(name, stateDict[name]!.data);
  for (const constant of constants) checkConstant(constant, stateDict);
  tidy(() => {
    for (const weight of weights) {
      const { name, variable, axes } = weight;
      const value = tensor(Float32Array.from(stateDict[name]!.data), permutedShape(weight), 'float32');
      variable.write(reshape(axes ? transpose(value, [...axes]) : value, variable.shape as number[]));
    }
  });
}

/** A layer holds single precision: what is beyond it would become infinite. */
function checkFinite(name: string, data: ArrayLike<number>): void {
  for (let i = 0; i < data.length; i++) {
    if (Number.isFinite(Math.fround(data[i]!))) continue;
    throw new Error(
      `importTorchWeights: '${name}' is damaged; expected finite numbers of single precision, got ${data[i]} at place ${i}`,
    );
  }
}

function checkConstant({ name, data, fixed }: TorchConstant, stateDict: TorchStateDict): void {
  const got = stateDict[name]?.data;
  if (!fixed || !got) return;
  const tolerance = 1e-5 * data.reduce((size, value) => Math.max(size, Math.abs(value)), 0);
  if (got.length !== data.length || data.some((value, i) => !(Math.abs(value - got[i]!) <= tolerance))) {
    throw new Error(
      `importTorchWeights: '${name}' does not fit the layer's options; expected ${data.join(', ')}, got ${Array.from(got).join(', ')}`,
    );
  }
}

/** The PyTorch shape of a weight of ours. */
export function torchShape(weight: TorchWeight): number[] {
  return weight.shape ? [...weight.shape] : permutedShape(weight);
}

/** The PyTorch shape before axes are put together. */
function permutedShape({ variable, axes, split }: TorchWeight): number[] {
  const shape = split ?? (variable.shape as number[]);
  if (!axes) return [...shape];
  const result: number[] = [];
  axes.forEach((axis, i) => {
    result[axis] = shape[i]!;
  });
  return result;
}
