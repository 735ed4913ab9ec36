import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { randomValues, startBackends } from './backends.js';
import { expectClose, run } from './kan-kernel-checks.js';

beforeAll(async () => {
  await startBackends();
  tf.setBackend('wasm');
});

describe('KanRadialBasis', () => {
  const functions = {
    gaussian: (v: number) => Math.exp(-v * v),
    switch: (v: number) => 1 - Math.tanh(v) ** 2,
  };
  const places = [-3.5, -1, 0.25, 2];
  const scale = 1.7;

  it.each((['gaussian', 'switch'] as const).flatMap((form) => [1, 3, 4, 18].map((inputs) => ({ form, inputs }))))(
    '$form of $inputs inputs: values and the gradient',
    ({ form, inputs }) => {
      const rows = 3;
      const x = randomValues([rows, inputs], 1).data.map((value) => Math.fround(3 * value));
      const at = (value: number, k: number) => functions[form](scale * value - places[k]!);
      const expected: number[] = [];
      for (let row = 0; row < rows; row++) {
        for (let k = 0; k < places.length; k++) {
          for (let i = 0; i < inputs; i++) expected.push(at(x[row * inputs + i]!, k));
        }
      }
      const attributes = { form, places, scale };
      const inputOnly = { x: { data: x, shape: [rows, inputs] } };
      const [values] = run('KanRadialBasis', inputOnly, attributes);
      expectClose(values!, expected, 1e-6);
      const dBasis = randomValues([rows, places.length, inputs], 2);
      const [again, dx] = run('KanRadialBasisGradient', { ...inputOnly, dBasis }, attributes);
      expect(again).toEqual(values);
      const h = 1e-5;
      const slopes = [...x].map((value, j) => {
        const [row, i] = [Math.floor(j / inputs), j % inputs];
        return places.reduce((sum, _, k) => {
          const received = dBasis.data[(row * places.length + k) * inputs + i]!;
          return sum + (received * (at(value + h, k) - at(value - h, k))) / (2 * h);
        }, 0);
      });
      expectClose(dx!, slopes, 3e-6);
    },
  );

  it('is finite for huge inputs and keeps NaN', () => {
    const x = { data: [1e30, -1e30, Number.POSITIVE_INFINITY, 1e6, Number.NaN], shape: [1, 5] };
    for (const form of ['gaussian', 'switch'] as const) {
      const attributes = { form, places: [0], scale: 2 };
      const [values] = run('KanRadialBasis', { x }, attributes);
      expectClose(values!.slice(0, 4), [0, 0, 0, 0], 1e-12);
      expect(values![4]).toBeNaN();
      const dBasis = { data: [1, 1, 1, 1, 1], shape: [1, 1, 5] };
      const [, dx] = run('KanRadialBasisGradient', { x, dBasis }, attributes);
      expectClose(dx!.slice(0, 4), [0, 0, 0, 0], 1e-12);
      expect(dx![4]).toBeNaN();
    }
  });
});

describe('KanWavelets', () => {
  const wavelets = {
    mexicanHat: (u: number) => (2 / (Math.sqrt(3) * Math.PI ** 0.25)) * (u * u - 1) * Math.exp((-u * u) / 2),
    morlet: (u: number) => Math.cos(5 * u) * Math.exp((-u * u) / 2),
    derivativeOfGaussian: (u: number) => -u * Math.exp((-u * u) / 2),
  };
  type Form = keyof typeof wavelets;
  type Numbers = Record<'x' | 'scale' | 'translation' | 'weight', Float64Array>;

  function output(form: Form, { x, scale, translation, weight }: Numbers, rows: number, inputs: number, units: number) {
    return Array.from({ length: rows * units }, (_, j) => {
      const [row, o] = [Math.floor(j / units), j % units];
      let sum = 0;
      for (let i = 0; i < inputs; i++) {
        const edge = o * inputs + i;
        const s = scale[edge]!;
        sum += weight[edge]! * wavelets[form](((x[row * inputs + i]! - translation[edge]!) * s) / (s * s + 1e-30));
      }
      return sum;
    });
  }

  it.each(
    (['mexicanHat', 'morlet', 'derivativeOfGaussian'] as const).flatMap((form) =>
      [
        [3, 5, 2],
        [1, 4, 1],
        [2, 1, 3],
        [4, 13, 5],
      ].map(([rows, inputs, units]) => ({ form, rows: rows!, inputs: inputs!, units: units! })),
    ),
  )('$form, $rows rows, $inputs inputs, $units units: output and all gradients', ({ form, rows, inputs, units }) => {
    const numbers = (shape: number[], seed: number, change = (value: number) => value) =>
      Float64Array.from(randomValues(shape, seed).data, (value) => Math.fround(change(value)));
    const edges = [units, inputs];
    const values: Numbers = {
      x: numbers([rows, inputs], 1, (value) => 2 * value),
      scale: numbers(edges, 2, (value) => (value < 0 ? value - 0.5 : value + 0.5)),
      translation: numbers(edges, 3),
      weight: numbers(edges, 4),
    };
    const shapes = { x: [rows, inputs], scale: edges, translation: edges, weight: edges };
    const given = Object.fromEntries(
      Object.entries(values).map(([name, data]) => [name, { data, shape: shapes[name as keyof Numbers] }]),
    );
    const [y] = run('KanWavelets', given, { form });
    expectClose(y!, output(form, values, rows, inputs, units), 3e-6);
    const dy = randomValues([rows, units], 5);
    const gradients = run('KanWaveletsGradient', { ...given, dy }, { form });
    const loss = (changed: Numbers) =>
      output(form, changed, rows, inputs, units).reduce((sum, value, j) => sum + value * dy.data[j]!, 0);
    (['x', 'scale', 'translation', 'weight'] as const).forEach((name, index) => {
      const h = 1e-5;
      const expected = [...values[name]].map((value, i) => {
        const moved = (to: number) => loss({ ...values, [name]: values[name].with(i, to) });
        return (moved(value + h) - moved(value - h)) / (2 * h);
      });
      expectClose(gradients[index]!, expected, 1e-5);
    });
  });

  it('is finite for huge inputs and a scale of 0, and keeps NaN', () => {
    const x = { data: [1e30, -1e30, 1e6, 3, Number.NaN], shape: [5, 1] };
    const edge = (value: number) => ({ data: [value, value], shape: [2, 1] });
    const scale = { data: [1, 0], shape: [2, 1] };
    for (const form of Object.keys(wavelets) as Form[]) {
      const given = { x, scale, translation: edge(0), weight: edge(1) };
      const [y] = run('KanWavelets', given, { form });
      for (const value of y!.slice(0, 8)) expect(value).toSatisfy(Number.isFinite);
      expect(y![8]).toBeNaN();
      const first4 = { ...x, data: x.data.slice(0, 4), shape: [4, 1] };
      const dy = { data: Array(8).fill(1), shape: [4, 2] };
      for (const gradient of run('KanWaveletsGradient', { ...given, x: first4, dy }, { form })) {
        for (const value of gradient) expect(value).toSatisfy(Number.isFinite);
      }
    }
  });
});

describe('KanLayerNorm', () => {
  const epsilon = 1e-5;

  function output(x: Float64Array, gamma: Float64Array, shift: Float64Array): number[] {
    const n = gamma.length;
    return [...x].map((value, j) => {
      const row = x.subarray(j - (j % n), j - (j % n) + n);
      const mean = row.reduce((sum, each) => sum + each, 0) / n;
      const variance = row.reduce((sum, each) => sum + (each - mean) ** 2, 0) / n;
      return (gamma[j % n]! * (value - mean)) / Math.sqrt(variance + epsilon) + shift[j % n]!;
    });
  }

  it.each([
    [1, 2],
    [3, 4],
    [2, 7],
    [4, 33],
    [2, 64],
  ])('%i rows of %i: output and all gradients', (rows, inputs) => {
    const numbers = (shape: number[], seed: number) => Float64Array.from(randomValues(shape, seed).data);
    const values = { x: numbers([rows, inputs], 1), gamma: numbers([inputs], 2), shift: numbers([inputs], 3) };
    const given = {
      x: { data: values.x, shape: [rows, inputs] },
      gamma: { data: values.gamma, shape: [inputs] },
      shift: { data: values.shift, shape: [inputs] },
    };
    const [y] = run('KanLayerNorm', given, { epsilon });
    expectClose(y!, output(values.x, values.gamma, values.shift), 3e-6);
    const dy = randomValues([rows, inputs], 4);
    const { x, gamma } = given;
    const gradients = run('KanLayerNormGradient', { x, gamma, dy }, { epsilon });
    const loss = (changed: typeof values) =>
      output(changed.x, changed.gamma, changed.shift).reduce((sum, value, j) => sum + value * dy.data[j]!, 0);
    (['x', 'gamma', 'shift'] as const).forEach((name, index) => {
      const h = 1e-5;
      const expected = [...values[name]].map((value, i) => {
        const moved = (to: number) => loss({ ...values, [name]: values[name].with(i, to) });
        return (moved(value + h) - moved(value - h)) / (2 * h);
      });
      expectClose(gradients[index]!, expected, 5e-5); // two inputs: differences of nearly equal numbers
    });
  });
});
