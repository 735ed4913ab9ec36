import { type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { expect } from 'vitest';
import type { TorchTensor } from '../../src/index.js';
import { formulaImage } from '../formula-weights.js';

/** What a network makes of two images of 64 pixels. */
export function features(network: LayersModel): number[] {
  const image = tensor(formulaImage([2, 3, 64, 64]), [2, 64, 64, 3]);
  const out = tidy(() => [...(network.predict(image) as Tensor).dataSync()]);
  image.dispose();
  return out;
}

/** The largest difference over the largest number that is expected. */
export function relativeError(actual: readonly number[], expected: readonly number[]): number {
  expect(actual.length).toBe(expected.length);
  const scale = Math.max(...expected.map(Math.abs));
  return Math.max(...expected.map((value, i) => Math.abs(value - (actual[i] as number)))) / scale;
}

/** The tensors of a state dict under other names. */
export function renamed(tensors: Record<string, TorchTensor>, names: readonly string[], prefix = '') {
  return Object.fromEntries(Object.values(tensors).map((one, i) => [`${prefix}${names[i]}`, one]));
}

/** What an action throws. */
export function caught(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
