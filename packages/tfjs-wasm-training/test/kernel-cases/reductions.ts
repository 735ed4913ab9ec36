import * as tf from '@tensorflow/tfjs-core';
import { EMPTY_SHAPES, gradientsOf, type KernelCase, make, makeSpecial, SHAPES } from './kernel-case.js';

const OPERATIONS = { sum: tf.sum, mean: tf.mean };

/** Sum and Mean over every set of axes, and their gradients. */
export function reductionCases(): KernelCase[] {
  return Object.entries(OPERATIONS).flatMap(([name, operation]) =>
    [...SHAPES, ...EMPTY_SHAPES].flatMap((shape) => [
      ...axisSets(shape.length).flatMap((axes) =>
        [false, true].flatMap((keepDims): KernelCase[] => [
          ...(['float32', 'int32', 'bool'] as const).map((dtype) => ({
            name: `${name} of ${dtype} [${shape}] over [${axes}]${keepDims ? ', kept' : ''}`,
            run: () => operation(make(shape, 1, dtype), axes, keepDims),
            // The cpu backend calls the mean of nothing 0.
            ...(name === 'mean' && shape.includes(0)
              ? {
                  expected: () =>
                    tf.div(tf.sum(make(shape, 1), axes, keepDims), axes.some((axis) => shape.at(axis) === 0) ? 0 : 1),
                }
              : {}),
          })),
          {
            name: `gradient of ${name} of [${shape}] over [${axes}]${keepDims ? ', kept' : ''}`,
            run: () => gradientsOf((x) => operation(x, axes, keepDims), [make(shape, 1)]),
          },
        ]),
      ),
      {
        name: `${name} of [${shape}] over all axes`,
        run: () => operation(make(shape, 1)),
        ...(name === 'mean' && shape.includes(0) ? { expected: () => tf.scalar(Number.NaN) } : {}),
      },
      ...[0, -1].slice(0, shape.length).map((axis) => ({
        name: `${name} of unusual numbers [${shape}] over ${axis}`,
        run: () => operation(withNaN(shape), axis),
        ...(name === 'mean' && shape.at(axis) === 0 ? { expected: () => tf.div(tf.sum(make(shape, 1), axis), 0) } : {}),
      })),
      {
        name: `${name} of [${shape}] over an axis that is not there`,
        run: () => operation(make(shape, 1), shape.length),
      },
    ]),
  );
}

/** Every set of axes, those of up to two axes in both orders and counted from the end too. */
function axisSets(rank: number): number[][] {
  const sets: number[][] = [];
  for (let mask = 0; mask < 1 << rank; mask++) {
    const axes = [...Array(rank).keys()].filter((axis) => mask & (1 << axis));
    sets.push(axes);
    if (axes.length === 2) sets.push([...axes].reverse());
    if (axes.length > 0 && axes.length <= 2) sets.push(axes.map((axis) => axis - rank));
  }
  return sets;
}

/** Sums of 3e38 overflow at another place in double precision; everything else unusual is in. */
function withNaN(shape: readonly number[]): tf.Tensor {
  const x = makeSpecial(shape, 1);
  return tf.where(tf.logicalAnd(tf.greater(x, 1e38), tf.less(x, Number.POSITIVE_INFINITY)), tf.zerosLike(x), x);
}
