import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackends } from './backends.js';
import { expectClose, expectFinite, expectGradient, randomDoubles, run } from './kan-kernel-checks.js';

beforeAll(async () => {
  await startBackends();
  tf.setBackend('wasm');
});

const limit = 1e4;

function output(x: Float64Array, a: Float64Array, b: Float64Array, inputs: number): number[] {
  const groups = b.length / 4;
  const horner = (table: Float64Array, group: number, count: number, x: number) =>
    table.subarray(group * count, (group + 1) * count).reduceRight((value, c) => value * x + c, 0);
  return [...x].map((given, j) => {
    const group = Math.floor((j % inputs) / (inputs / groups));
    const value = Math.max(-limit, Math.min(limit, given));
    const inner = value * horner(b, group, 4, value);
    return horner(a, a.length === 6 ? 0 : group, 6, value) / (1 + Math.abs(inner));
  });
}

describe('KanRational', () => {
  it.each(
    [
      { rows: 1, inputs: 1, groups: 1 },
      { rows: 3, inputs: 4, groups: 1 },
      { rows: 2, inputs: 15, groups: 3 },
      { rows: 4, inputs: 24, groups: 8 },
      { rows: 3, inputs: 7, groups: 7 },
      { rows: 2, inputs: 333, groups: 3 },
    ].flatMap((sizes) => [true, false].map((shared) => ({ ...sizes, shared }))),
  )('$rows rows, $inputs inputs, $groups groups, one numerator $shared: output and gradients', (given) => {
    const { rows, inputs, groups, shared } = given;
    const x = randomDoubles([rows, inputs], 1, 2);
    const numerator = randomDoubles([shared ? 1 : groups, 6], 2);
    const denominator = randomDoubles([groups, 4], 3);
    const dy = randomDoubles([rows, inputs], 4);
    const [y] = run('KanRational', { x, numerator, denominator }, { limit });
    const expected = () => output(x.data, numerator.data, denominator.data, inputs);
    expectClose(y!, expected(), 2e-6);
    const results = run('KanRationalGradient', { x, numerator, denominator, dy }, { limit });
    expectClose(results[0]!, expected(), 2e-6);
    const loss = () => expected().reduce((sum, value, j) => sum + value * dy.data[j]!, 0);
    [x, numerator, denominator].forEach(({ data }, index) => {
      expectGradient(results[index + 1]!, data, loss, { h: 1e-6, every: data.length > 100 ? 23 : 1 });
    });
  });

  it('is constant beyond the limit, finite everywhere, and keeps NaN', () => {
    const x = { data: [1e4, 1e5, -1e4, -1e30, 3e38, Number.NaN], shape: [1, 6] };
    const numerator = { data: [0, 0.5, 0.25, 0.053, 0.0057, 0.00026], shape: [1, 6] };
    for (const coefficients of [
      [0, 0.1, 0, 0.0005],
      [0, 0, 0, 0],
    ]) {
      const denominator = { data: coefficients, shape: [1, 4] };
      const [y] = run('KanRational', { x, numerator, denominator }, { limit });
      expect(y![1]).toBe(y![0]);
      expect(y![3]).toBe(y![2]);
      expect(y![4]).toBe(y![0]);
      expect(y![5]).toBeNaN();
      expectFinite([y!.slice(0, 5)]);
      const first5 = { data: x.data.slice(0, 5), shape: [1, 5] };
      const dy = { data: [1, 1, 1, 1, 1], shape: [1, 5] };
      const results = run('KanRationalGradient', { x: first5, numerator, denominator, dy }, { limit });
      expectFinite(results);
      expect([results[1]![1], results[1]![3], results[1]![4]]).toEqual([0, 0, 0]);
      expect(results[1]![0]).not.toBe(0);
    }
  });

  it('has the same bits in every run', () => {
    const x = randomDoubles([50, 80], 1, 2);
    const numerator = randomDoubles([1, 6], 2);
    const denominator = randomDoubles([8, 4], 3);
    const dy = randomDoubles([50, 80], 4);
    const once = () => run('KanRationalGradient', { x, numerator, denominator, dy }, { limit });
    expect(once()).toEqual(once());
  });
});
