import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers';
import { enableWasmTraining } from '../src/index.js';
import { randomNumbers } from './random-numbers.js';

/** Values of a tensor for a kernel call. */
export interface Values {
  data: Float32Array;
  shape: number[];
}

/** Starts both backends and registers the kernels. */
export async function startBackends(): Promise<void> {
  await enableWasmTraining();
  await tf.setBackend('wasm');
}

/** Repeatable numbers, roughly uniform in [−1, 1]. */
export function randomValues(shape: number[], seed: number): Values {
  return { data: randomNumbers(tf.util.sizeFromShape(shape), seed), shape };
}

/** Runs one kernel on one backend; several outputs come back one after the other. */
export function runKernel(
  backend: string,
  kernel: string,
  inputs: Record<string, Values | undefined>,
  attributes: object,
): Values[] {
  const before = tf.getBackend();
  tf.setBackend(backend);
  try {
    return tf.tidy(() => {
      const tensors: Record<string, tf.Tensor> = {};
      for (const [name, values] of Object.entries(inputs)) {
        if (values) tensors[name] = tf.tensor(values.data, values.shape);
      }
      const result = tf.engine().runKernel(kernel, tensors, attributes as tf.NamedAttrMap) as tf.Tensor | tf.Tensor[];
      return [result].flat().map((tensor) => ({ data: tensor.dataSync<'float32'>(), shape: tensor.shape }));
    });
  } finally {
    tf.setBackend(before);
  }
}

/** The largest difference, relative to the largest expected value; infinite for NaN and for different shapes. */
export function relativeError(actual: Values, expected: Values): number {
  if (String(actual.shape) !== String(expected.shape)) return Number.POSITIVE_INFINITY;
  let scale = 1e-30;
  let worst = 0;
  for (let i = 0; i < expected.data.length; i++) {
    scale = Math.max(scale, Math.abs(expected.data[i]!));
    const difference = Math.abs(actual.data[i]! - expected.data[i]!);
    worst = Math.max(worst, Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference);
  }
  return expected.data.length === 0 ? 0 : worst / scale;
}

/** The error of a kernel on the WASM backend against the cpu backend, over all its outputs. */
export function kernelError(kernel: string, inputs: Record<string, Values | undefined>, attributes: object): number {
  const expected = runKernel('cpu', kernel, inputs, attributes);
  const actual = runKernel('wasm', kernel, inputs, attributes);
  return Math.max(...expected.map((values, i) => relativeError(actual[i]!, values)));
}
