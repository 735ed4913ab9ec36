import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackends } from './backends.js';
import { expectClose, expectGradient, randomDoubles, run } from './kan-kernel-checks.js';

beforeAll(async () => {
  await startBackends();
  tf.setBackend('wasm');
});

/** cos x, sin x, cos 2x, … of one number. */
const at = (x: number, harmonics: number) =>
  Array.from({ length: harmonics }, (_, k) => [Math.cos((k + 1) * x), Math.sin((k + 1) * x)]).flat();

function basis(x: Float64Array, rows: number, inputs: number, harmonics: number): number[] {
  const result = new Array<number>(rows * 2 * harmonics * inputs);
  x.forEach((value, j) => {
    const [row, i] = [Math.floor(j / inputs), j % inputs];
    at(value, harmonics).forEach((f, k) => {
      result[(row * 2 * harmonics + k) * inputs + i] = f;
    });
  });
  return result;
}

describe('KanHarmonics', () => {
  it.each([
    { rows: 3, inputs: 1, harmonics: 1 },
    { rows: 2, inputs: 3, harmonics: 5 },
    { rows: 1, inputs: 4, harmonics: 2 },
    { rows: 3, inputs: 18, harmonics: 11 },
    { rows: 2, inputs: 256, harmonics: 3 },
    { rows: 2, inputs: 515, harmonics: 4 },
  ])('$rows rows, $inputs inputs, $harmonics harmonics: values and the gradient', ({ rows, inputs, harmonics }) => {
    const x = randomDoubles([rows, inputs], 1, 4);
    const [values] = run('KanHarmonics', { x }, { harmonics });
    expectClose(values!, basis(x.data, rows, inputs, harmonics), 3e-7 * (harmonics + 1));
    const dBasis = randomDoubles([rows, 2 * harmonics, inputs], 2);
    const [again, dx] = run('KanHarmonicsGradient', { x, dBasis }, { harmonics });
    expect(again).toEqual(values);
    const loss = () => basis(x.data, rows, inputs, harmonics).reduce((sum, f, j) => sum + f * dBasis.data[j]!, 0);
    expectGradient(dx!, x.data, loss, { tolerance: 3e-6, every: inputs > 100 ? 37 : 1 });
  });

  it.each([1e2, 1e4, 1e6, 1e8])('is as exact for angles up to ±%d as for small ones', (bound) => {
    const harmonics = 8;
    const x = randomDoubles([1, 401], 3, bound);
    const [values] = run('KanHarmonics', { x }, { harmonics });
    const expected = basis(x.data, 1, 401, harmonics);
    for (let k = 0; k < 2 * harmonics; k++) {
      const part = (all: readonly number[]) => all.slice(k * 401, (k + 1) * 401);
      expectClose(part(values!), part(expected), 3e-7 * ((k >> 1) + 1));
    }
  });

  it('keeps its error in proportion to the harmonic, up to the 64th', () => {
    const x = randomDoubles([1, 1001], 4, Math.PI);
    const [values] = run('KanHarmonics', { x }, { harmonics: 64 });
    expectClose(values!.slice(126 * 1001), basis(x.data, 1, 1001, 64).slice(126 * 1001), 64 * 3e-7);
  });

  it('is within ±1 for every finite angle, and keeps NaN', () => {
    const x = { data: [1e12, -1e20, 1e30, -3e38, 0, Number.NaN], shape: [1, 6] };
    const dBasis = { data: Array(36).fill(1), shape: [1, 6, 6] };
    const [values, dx] = run('KanHarmonicsGradient', { x, dBasis }, { harmonics: 3 });
    values!.forEach((value, j) => {
      if (j % 6 === 5) expect(value).toBeNaN();
      else expect(Math.abs(value)).toBeLessThan(1.00001);
    });
    for (const value of dx!.slice(0, 5)) expect(Math.abs(value)).toBeLessThan(2 * 6.001);
    expect(dx![5]).toBeNaN();
  });
});
