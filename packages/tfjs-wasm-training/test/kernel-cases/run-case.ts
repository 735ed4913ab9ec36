import * as tf from '@tensorflow/tfjs-core';
import type { KernelCase } from './kernel-case.js';

/** What a call gave: its tensors, or why it was refused. */
export type Outcome =
  | { tensors: { dtype: string; shape: number[]; values: (number | string)[] }[] }
  | { error: string };

/** What a case gives on a backend. */
export function outcomeOn(backend: string, { run }: KernelCase): Outcome {
  return outcomeOf(backend, run);
}

/** What a case should give: its own formula's, or that of the cpu backend. */
export function referenceOf({ run, expected = run }: KernelCase): Outcome {
  return outcomeOf('cpu', expected);
}

function outcomeOf(backend: string, run: () => tf.Tensor | tf.Tensor[]): Outcome {
  tf.setBackend(backend);
  try {
    return tf.tidy(() => {
      const tensors = [run()].flat().map((tensor) => ({
        dtype: tensor.dtype,
        shape: tensor.shape,
        values: Array.from(tensor.dataSync() as ArrayLike<number>),
      }));
      return { tensors } as unknown as tf.TensorContainer;
    }) as unknown as Outcome;
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

/** What is different between two sets of tensors, in words; undefined if nothing is (floats within `tolerance` of the largest value). */
export function difference(actual: Outcome, expected: Outcome, tolerance = 5e-6): string | undefined {
  if ('error' in actual) return `was refused: ${actual.error}`;
  if ('error' in expected) return `was not refused, as expected: ${expected.error}`;
  if (actual.tensors.length !== expected.tensors.length) return `${actual.tensors.length} outputs`;
  for (const [i, { dtype, shape, values }] of actual.tensors.entries()) {
    const wanted = expected.tensors[i]!;
    if (dtype !== wanted.dtype) return `output ${i} is ${dtype}, not ${wanted.dtype}`;
    if (String(shape) !== String(wanted.shape)) return `output ${i} is [${shape}], not [${wanted.shape}]`;
    const finite = wanted.values.filter((v): v is number => typeof v === 'number' && Number.isFinite(v));
    const margin = dtype === 'float32' ? tolerance * Math.max(...finite.map(Math.abs), 1e-30) : 0;
    const wrong = values.findIndex((value, at) => !same(value, wanted.values[at]!, margin));
    if (wrong >= 0 || values.length !== wanted.values.length) {
      return `output ${i} has ${values[wrong]} at ${wrong}, not ${wanted.values[wrong]}: [${values.slice(0, 12)}], not [${wanted.values.slice(0, 12)}]`;
    }
  }
  return undefined;
}

function same(actual: number | string, expected: number | string, margin: number): boolean {
  if (typeof expected === 'string' || typeof actual === 'string') return actual === expected;
  if (!Number.isFinite(expected)) return Object.is(actual, expected);
  return Math.abs(actual - expected) <= margin;
}
