import { tensor, tidy } from '@tensorflow/tfjs-core';
import type { LayerVariable } from '@tensorflow/tfjs-layers';

/** Adds to one number of a weight, at its place in row-major order. */
export function addToNumber(variable: LayerVariable, index: number, amount: number): void {
  const values = Float32Array.from(variable.read().dataSync());
  values[index]! += amount;
  tidy(() => void variable.write(tensor(values, variable.shape as number[])));
}
