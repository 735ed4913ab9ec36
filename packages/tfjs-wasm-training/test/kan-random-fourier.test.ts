import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackends } from './backends.js';
import { expectClose, expectFinite, expectGradient, randomDoubles, run } from './kan-kernel-checks.js';

beforeAll(async () => {
  await startBackends();
  tf.setBackend('wasm');
});

/** Φ(x) in double precision: the series near 0, the continued fraction of the tail further out. */
function normalDistribution(x: number): number {
  const a = Math.abs(x);
  const density = Math.exp((-a * a) / 2) / Math.sqrt(2 * Math.PI);
  let tail: number;
  if (a < 3) {
    let [term, sum] = [a, a];
    for (let k = 1; k < 80; k++) {
      term *= (a * a) / (2 * k + 1);
      sum += term;
    }
    tail = 0.5 - density * sum;
  } else {
    let fraction = a;
    for (let k = 120; k > 0; k--) fraction = a + k / fraction;
    tail = density / fraction;
  }
  return x < 0 ? tail : 1 - tail;
}

const activations = {
  gelu: (x: number) => x * normalDistribution(x),
  swish: (x: number) => x / (1 + Math.exp(-x)),
  linear: (x: number) => x,
};

type Activation = keyof typeof activations;
type Table = ReturnType<typeof randomDoubles>;
type Operands = Record<
  'x' | 'frequencies' | 'phases' | 'combination' | 'combinationBias' | 'alpha' | 'beta' | 'kernel' | 'bias',
  Table
> & { normal?: Table; mask?: Table };

/** In the order of the gradients. */
const parameters = [
  'x',
  'frequencies',
  'phases',
  'combination',
  'combinationBias',
  'alpha',
  'beta',
  'kernel',
  'bias',
] as const;

function output(given: Operands, activation: Activation): number[] {
  const { x, normal = x, frequencies, phases, combination, combinationBias, alpha, beta, kernel, bias, mask } = given;
  const [rows, inputs] = x.shape as [number, number];
  const waves = phases.data.length;
  const units = bias.data.length;
  const result: number[] = [];
  for (let row = 0; row < rows; row++) {
    const p = [...phases.data].map((b, k) => {
      let sum = b;
      for (let i = 0; i < inputs; i++) sum += normal.data[row * inputs + i]! * frequencies.data[i * waves + k]!;
      return sum;
    });
    const z = [...p.map(Math.cos), ...p.map(Math.sin)].map((v, k) => v * (mask?.data[row * 2 * waves + k] ?? 1));
    const y = [...bias.data];
    for (let i = 0; i < inputs; i++) {
      const feature = z.reduce((sum, v, k) => sum + v * combination.data[k * inputs + i]!, combinationBias.data[i]!);
      const hidden = alpha.data[0]! * activations[activation](x.data[row * inputs + i]!) + beta.data[0]! * feature;
      for (let o = 0; o < units; o++) y[o]! += hidden * kernel.data[i * units + o]!;
    }
    result.push(...y);
  }
  return result;
}

function operands([rows, inputs, waves, units]: readonly number[], withNormal: boolean, withMask: boolean): Operands {
  const size = 1 / Math.sqrt(inputs!);
  const mask = randomDoubles([rows!, 2 * waves!], 10);
  return {
    x: randomDoubles([rows!, inputs!], 1, 3),
    frequencies: randomDoubles([inputs!, waves!], 2, size),
    phases: randomDoubles([waves!], 3, 3),
    combination: randomDoubles([2 * waves!, inputs!], 4),
    combinationBias: randomDoubles([inputs!], 5),
    alpha: { data: Float64Array.of(0.75), shape: [] },
    beta: { data: Float64Array.of(-0.5), shape: [] },
    kernel: randomDoubles([inputs!, units!], 6, size),
    bias: randomDoubles([units!], 7),
    ...(withNormal && { normal: randomDoubles([rows!, inputs!], 8, 2) }),
    ...(withMask && { mask: { ...mask, data: mask.data.map((value) => (value < 0 ? 0 : 2)) } }),
  };
}

const sizes = [
  [1, 1, 1, 1],
  [3, 5, 3, 2],
  [2, 4, 8, 6],
  [17, 18, 5, 9],
  [35, 7, 4, 1],
  [19, 131, 8, 6],
];

describe('KanRandomFourier', () => {
  it.each([
    ...sizes.map((size) => ({ size, activation: 'gelu' as Activation, normal: false, mask: false })),
    { size: sizes[3]!, activation: 'gelu' as Activation, normal: true, mask: false },
    { size: sizes[3]!, activation: 'gelu' as Activation, normal: false, mask: true },
    { size: sizes[1]!, activation: 'swish' as Activation, normal: true, mask: true },
    { size: sizes[3]!, activation: 'swish' as Activation, normal: false, mask: false },
    { size: sizes[3]!, activation: 'linear' as Activation, normal: true, mask: true },
  ])('$size rows, inputs, waves, units, $activation, normal $normal, mask $mask: output and gradients', (given) => {
    const { size, activation } = given;
    const values = operands(size, given.normal, given.mask);
    const [y, phase] = run('KanRandomFourier', values, { activation });
    expectClose(y!, output(values, activation), 3e-6);
    const dy = randomDoubles([size[0]!, size[3]!], 9);
    const inputs = { ...values, phase: { data: phase!, shape: [size[0]!, size[2]!] }, dy };
    const gradients = run('KanRandomFourierGradient', inputs, { activation });
    expect(gradients).toHaveLength(given.normal ? 10 : 9);
    const loss = () => output(values, activation).reduce((sum, value, j) => sum + value * dy.data[j]!, 0);
    const wanted = [...parameters, ...(given.normal ? (['normal'] as const) : [])];
    wanted.forEach((name, index) => {
      const { data } = values[name]!;
      expectGradient(gradients[index]!, data, loss, {
        every: data.length > 200 ? 29 : 1,
        atLeast: name === 'alpha' || name === 'beta' ? 1 : 1e-3,
      });
    });
  });

  it('has the exact GELU and its derivative, with both tails', () => {
    const data = Float64Array.from({ length: 2401 }, (_, k) => Math.fround((k - 1200) / 100));
    const one = { data: Float64Array.of(1), shape: [1, 1] };
    const zero = { data: Float64Array.of(0), shape: [1, 1] };
    const inputs = {
      x: { data, shape: [data.length, 1] },
      frequencies: zero,
      phases: { ...zero, shape: [1] },
      combination: { data: [0, 0], shape: [2, 1] },
      combinationBias: { ...zero, shape: [1] },
      alpha: { ...one, shape: [] },
      beta: { ...zero, shape: [] },
      kernel: one,
      bias: { ...zero, shape: [1] },
    };
    const [y, phase] = run('KanRandomFourier', inputs, { activation: 'gelu' });
    const dy = { data: data.map(() => 1), shape: [data.length, 1] };
    const withPhase = { ...inputs, phase: { data: phase!, shape: [data.length, 1] }, dy };
    const [dx] = run('KanRandomFourierGradient', withPhase, { activation: 'gelu' });
    data.forEach((x, k) => {
      const distribution = normalDistribution(x);
      const slope = distribution + (x * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI);
      expect(Math.abs(y![k]! - x * distribution)).toBeLessThan(1.5e-7 * Math.max(1, Math.abs(x)));
      expect(Math.abs(dx![k]! - slope)).toBeLessThan(3e-7);
      if (x < 0 && x > -8) expect(Math.abs(y![k]! / (x * distribution) - 1)).toBeLessThan(1e-3);
    });
  });

  it('is finite for huge inputs and keeps NaN', () => {
    const values = operands([6, 1, 2, 2], false, false);
    values.x.data.set([1e30, -1e30, 1e37, -1e37, 0, Number.NaN]);
    for (const activation of Object.keys(activations) as Activation[]) {
      const [y, phase] = run('KanRandomFourier', values, { activation });
      expectFinite([y!.slice(0, 10)]);
      expect(y![10]).toBeNaN();
      const x = { data: values.x.data.slice(0, 5), shape: [5, 1] };
      const dy = { data: Array(10).fill(1), shape: [5, 2] };
      const inputs = { ...values, x, phase: { data: phase!.slice(0, 10), shape: [5, 2] }, dy };
      const gradients = run('KanRandomFourierGradient', inputs, { activation });
      expectFinite(gradients);
      // What is left at ±1e30 is the slope of the activation: 1 or 0 (the cosine's angle has a slope of its own).
      if (activation === 'gelu') {
        const outer = values.kernel.data[0]! + values.kernel.data[1]!;
        expectSlopes(gradients[0]!, 0.75 * outer, values);
      }
    }
  });
});

/** dx at +1e30 less dx at −1e30 is the activation's step up to the waves' parts, which the frequencies bound. */
function expectSlopes(dx: readonly number[], step: number, { frequencies, combination, beta, kernel }: Operands): void {
  const total = kernel.data[0]! + kernel.data[1]!;
  const waves = frequencies.data.reduce(
    (sum, w, k) => sum + Math.abs(w) * (Math.abs(combination.data[k]!) + Math.abs(combination.data[2 + k]!)),
    0,
  );
  const bound = Math.abs(beta.data[0]! * total) * waves + 1e-6;
  expect(Math.abs(dx[0]! - step)).toBeLessThan(bound);
  expect(Math.abs(dx[1]!)).toBeLessThan(bound);
}
