import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { startBackends } from './backends.js';
import { convolutionCases } from './kernel-cases/convolutions.js';
import { copyCases } from './kernel-cases/copies.js';
import { elementwiseCases } from './kernel-cases/elementwise.js';
import type { KernelCase } from './kernel-cases/kernel-case.js';
import { matrixCases } from './kernel-cases/matrices.js';
import { normCases } from './kernel-cases/norms.js';
import { poolCases } from './kernel-cases/pools.js';
import { reductionCases } from './kernel-cases/reductions.js';
import { difference, outcomeOn, referenceOf } from './kernel-cases/run-case.js';

/*
 * Every kernel and gradient of tfjs that this package replaces, through tfjs' own functions: each type, rank, empty tensor and odd
 * argument gives what the cpu backend gives (or a formula, where that is wrong), or is refused.
 */

const groups: [name: string, cases: KernelCase[]][] = [
  ['Identity, Cast, Concat and SplitV', copyCases()],
  ['convolutions', convolutionCases()],
  ['gradients of Relu, Relu6, Sigmoid and Square', elementwiseCases()],
  ['BatchMatMul and _FusedMatMul', matrixCases()],
  ['FusedBatchNorm', normCases()],
  ['MaxPool and AvgPool', poolCases()],
  ['Sum and Mean', reductionCases()],
];

/** Errors that are no refusals. */
const CRASH = /cannot read|is not a function|out of bounds|unreachable|aborted/i;

beforeAll(startBackends);

it.each(groups)(
  '%s: as on the cpu backend, or refused',
  (_name, cases) => {
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
    const wrong = cases.flatMap((each) => {
      const fault = faultOf(each);
      return fault ? [`${each.name}: ${fault}`] : [];
    });
    expect(wrong).toEqual([]);
  },
  180_000,
);

it('leave no tensor or buffer behind', () => {
  const leaks = groups.flatMap(([, cases]) =>
    cases.flatMap((each) => {
      tf.setBackend('wasm');
      const count = () => [tf.memory().numTensors, tf.memory().numDataBuffers, tf.backend().numDataIds()];
      const before = count();
      const outcome = outcomeOn('wasm', each);
      const more = count().map((after, i) => after - before[i]!);
      // tfjs itself keeps what it saved for a gradient that it then refuses.
      const refusedByCore = 'error' in outcome && outcome.error.startsWith('Error in gradient for op');
      return more.every((number) => number === 0) || refusedByCore ? [] : [`${each.name}: ${more}`];
    }),
  );
  expect(leaks).toEqual([]);
}, 180_000);

function faultOf(each: KernelCase): string | undefined {
  const actual = outcomeOn('wasm', each);
  if (each.refused) {
    return 'error' in actual && each.refused.test(actual.error)
      ? undefined
      : `should be refused: ${JSON.stringify(actual)}`;
  }
  const expected = referenceOf(each);
  if ('error' in actual && 'error' in expected) return CRASH.test(actual.error) ? actual.error : undefined;
  return difference(actual, expected);
}
