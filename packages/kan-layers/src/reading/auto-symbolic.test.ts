import { tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../../test/backends.js';
import { plant } from '../../test/plant.js';
import {
  autoSymbolic,
  classicFourierKAN,
  type EfficientKAN,
  efficientKAN,
  formulaToLatex,
  formulaToText,
  kan,
  suggestSymbolic,
} from '../index.js';

beforeAll(() => useBackend('cpu'));

function rows(count: number, columns: number): number[][] {
  return Array.from({ length: count }, (_, r) =>
    Array.from({ length: columns }, (_, c) => 2 * (((r + 1) * [0.618034, 0.414214, 0.732051][c % 3]!) % 1) - 1),
  );
}

/** A network with the given functions on its edges, and gridRange wide enough for all of them. */
function network(widths: number[], functions: ((input: number, unit: number) => (x: number) => number)[], range = 2) {
  const model = kan({ widths, gridSize: 40, gridRange: [-range, range], seed: 1 });
  const layers = model.layers.filter((layer) => layer.weights.length > 0) as EfficientKAN[];
  layers.forEach((layer, l) => {
    plant(layer, functions[l]!);
  });
  return model;
}

describe('autoSymbolic', () => {
  it('exp(sin(pi x1) + x2²) comes back from a network that holds it', () => {
    const model = network(
      [2, 1, 1],
      [
        (i) => (i === 0 ? (x) => 0.7 * Math.sin(Math.PI * x) - 0.2 : (x) => 0.7 * x * x),
        () => (h) => Math.exp((h + 0.2) / 0.7),
      ],
    );
    const x = rows(400, 2);
    const result = autoSymbolic(model, x);
    expect(result.formulas.map((f) => formulaToText(f))).toEqual(['exp(sin(pi*x1) + x2^2)']);
    expect(formulaToLatex(result.formulas[0]!)).toBe('\\exp\\left(\\sin\\left(\\pi x_{1}\\right) + x_{2}^{2}\\right)');
    expect(result.edges.map((edge) => edge.function)).toEqual(['sin', 'x^2', 'exp']);
    for (const { r2 } of result.edges) expect(r2).toBeGreaterThan(0.9999);
    expect(result.againstNetwork.r2).toBeGreaterThan(0.9999);
    expect(result.againstTargets).toBeNull();
    expect(result.evaluate([0.25, 0.5])[0]).toBeCloseTo(Math.exp(Math.SQRT1_2 + 0.25), 12);
  });

  it.each<[string, string, number[], ((i: number, o: number) => (x: number) => number)[], number]>([
    ['a root of a sum', 'sqrt(x1^2 + x2^2 + 4)', [2, 1, 1], [() => (x) => x * x, () => (h) => Math.sqrt(h + 4)], 2.5],
    [
      'one layer, with names and constants',
      '1.23*a - 0.5*b + 2',
      [2, 1],
      [(i) => (x) => (i === 0 ? 1.23 * x + 2 : -0.5 * x)],
      1,
    ],
    [
      'a product, as people teach KANs',
      '0.25*(x1 + x2)^2 - 0.25*(x1 - x2)^2',
      [2, 2, 1],
      [(i, o) => (x) => (i === 1 && o === 1 ? -x : x), (i) => (h) => (i === 0 ? h * h : -h * h) / 4],
      3,
    ],
    [
      'layers of straight lines fold into one',
      '3*x1 - x2',
      [2, 2, 1],
      [
        (i, o) => (x) =>
          [
            [1, 0.5],
            [0.3, -0.7],
          ][i]![o]! *
            x +
          0.2,
        // 2.7 (x1 + .3 x2) + .6 (.5 x1 − .7 x2): 3 x1 + .39 x2; the rest of the table below.
        (i) => (h) => [2.2, 1.6][i]! * h,
      ],
      3,
    ],
  ])('%s: %s', (_, expected, widths, functions, range) => {
    const inputNames = expected.includes('a -') ? ['a', 'b'] : null;
    const { formulas, againstNetwork } = autoSymbolic(network(widths, functions, range), rows(300, 2), { inputNames });
    const text = formulaToText(formulas[0]!);
    if (expected.startsWith('3*x1')) {
      // 2.2 (x1 + .3 x2 + .4) + 1.6 (.5 x1 − .7 x2 + .4) = 3 x1 − .46 x2 + 1.52
      expect(text).toBe('3*x1 - 0.46*x2 + 1.52');
    } else expect(text).toBe(expected);
    expect(againstNetwork.r2).toBeGreaterThan(0.9999);
  });

  it('refining all constants together lowers the error, towards the targets if they are given', () => {
    // Edges that no function of the table is exactly.
    const model = network(
      [2, 1, 1],
      [
        (i) => (x) => 0.6 * Math.sin(2 * x + i) + 0.05 * Math.sin(9 * x),
        () => (h) => Math.exp(h) + 0.05 * Math.cos(7 * h),
      ],
    );
    const x = rows(300, 2);
    const truth = x.map(([a, b]) => [Math.exp(0.6 * Math.sin(2 * a!) + 0.6 * Math.sin(2 * b! + 1))]);
    const plain = autoSymbolic(model, x, { refine: false, digits: 12 });
    const refined = autoSymbolic(model, x, { snap: false, digits: 12 });
    expect(plain.unrefined.rmse).toBeCloseTo(plain.againstNetwork.rmse, 9);
    expect(refined.againstNetwork.rmse).toBeLessThan(refined.unrefined.rmse);
    const towards = autoSymbolic(model, x, { targets: truth, snap: false });
    expect(towards.againstTargets!.rmse).toBeLessThan(1e-3);
    expect(towards.networkAgainstTargets!.rmse).toBeGreaterThan(0.05);
    expect(towards.againstTargets!.rmse).toBeLessThan(plain.againstNetwork.rmse);
  });

  it('is finite for constant and zero edges and for one sample', () => {
    const model = network([2, 2, 1], [(i, o) => (x) => (i === o ? 0 : i === 0 ? 1.5 : 0 * x), () => () => 0.25]);
    for (const samples of [rows(40, 2), [[0.3, 0.4]]]) {
      const { formulas, againstNetwork, edges, evaluate } = autoSymbolic(model, samples);
      expect(formulaToText(formulas[0]!, { digits: 6 })).toBe('0.5');
      expect(edges.every(({ function: f }) => f === 'constant')).toBe(true);
      expect(Number.isFinite(againstNetwork.r2) && againstNetwork.rmse < 1e-6).toBe(true);
      expect(evaluate([0.1, 0.9])[0]).toBeCloseTo(0.5, 6);
    }
    const curved = network([1, 1], [() => Math.sin]);
    expect(autoSymbolic(curved, [[0.5]]).evaluate([0.5])[0]).toBeCloseTo(Math.sin(0.5), 4);
    expect(autoSymbolic(curved, [[0.5], [0.7]]).againstNetwork.rmse).toBeLessThan(1e-4);
  });

  it('says what is wrong', () => {
    const model = network([2, 1], [() => (x) => x]);
    const x = rows(20, 2);
    expect(() => autoSymbolic(model, [[1, Number.NaN]])).toThrow('expected finite numbers');
    expect(() => autoSymbolic(model, x, { targets: [[1]] })).toThrow('expected 20 rows, got 1');
    expect(() => autoSymbolic(model, x, { inputNames: ['a'] })).toThrow('expected 2 names, got 1');
    expect(() => autoSymbolic(model, x, { digits: 0 })).toThrow('digits is wrong');
    expect(() => autoSymbolic(model, x, { functions: ['sinh' as 'sin'] })).toThrow("got 'sinh'");
    expect(() => autoSymbolic(model, x, { functions: [] })).toThrow('expected at least one');
  });
});

describe('suggestSymbolic', () => {
  it('ranks a planted wave first, as the cosine it is, with its constants', () => {
    const layer = efficientKAN({ units: 1, seed: 1, gridSize: 30, gridRange: [0, 3] });
    layer.build([null, 1]);
    plant(layer, () => (v) => 1.1 + 0.4 * Math.cos(2.5 * v));
    const [best, second] = suggestSymbolic(layer, 0, 0);
    expect(best!.function).toBe('cos');
    expect(best!.a).toBeCloseTo(2.5, 3);
    expect(Math.abs(best!.b)).toBeLessThan(1e-3);
    expect(best!.c).toBeCloseTo(0.4, 3);
    expect(best!.d).toBeCloseTo(1.1, 3);
    expect(best!.r2).toBeGreaterThan(0.99999);
    expect(second!.score).toBeGreaterThan(best!.score);
    expect(formulaToText(best!.expression, { digits: 3 })).toMatch(/^0\.4\*cos\(2\.5\*x/);
  });

  it('prices complexity, and looks where the samples are', () => {
    const layer = efficientKAN({ units: 1, seed: 1, gridSize: 30, gridRange: [-2, 2] });
    layer.build([null, 1]);
    plant(layer, () => Math.sin);
    const near = [[-0.1], [-0.05], [0], [0.02], [0.06], [0.1]];
    expect(suggestSymbolic(layer, 0, 0, near)[0]!.function).toBe('x');
    expect(suggestSymbolic(layer, 0, 0, null)[0]!.function).toBe('sin');
    const free = suggestSymbolic(layer, 0, 0, null, { complexityPrice: 0, functions: ['x', 'x^3', 'tanh'] });
    expect(free.map((fit) => fit.function)).toHaveLength(3);
    expect(free[0]!.r2).toBeGreaterThan(free[2]!.r2);
  });

  /** cos(k·x) on the only edge, over ±π: k·π radians per half range. */
  function harmonic(k: number) {
    const layer = classicFourierKAN({ units: 1, gridSize: k, seed: 1 });
    layer.build([null, 1]);
    const [coefficients, ...rest] = layer.getWeights();
    const values = Float32Array.from({ length: 2 * k }, (_, at) => (at === 2 * (k - 1) ? 1 : 0));
    layer.setWeights([tensor(values, coefficients!.shape), ...rest]);
    return layer;
  }

  it.each([20, 60, 110, 250])('finds a fast wave: cos(%i·x) over ±π', (k) => {
    const [best] = suggestSymbolic(harmonic(k), 0, 0);
    expect(best!.function).toBe('cos');
    expect(best!.a).toBeCloseTo(k, 4);
    expect(best!.r2).toBeGreaterThan(0.9999);
  });

  it('suggests nothing where nothing fits, rather than the best of the bad', () => {
    // Two waves, neither of which is more than half of it.
    const layer = harmonic(70);
    const [coefficients, ...rest] = layer.getWeights();
    const values = Float32Array.from(coefficients!.dataSync());
    values[2 * 41] = 1;
    layer.setWeights([tensor(values, coefficients!.shape), ...rest]);
    expect(suggestSymbolic(layer, 0, 0)).toEqual([]);
    const all = suggestSymbolic(layer, 0, 0, null, { minR2: 0 });
    expect(Math.max(...all.map(({ r2 }) => r2))).toBeLessThan(0.6);
    expect(() => suggestSymbolic(layer, 0, 0, null, { minR2: 2 })).toThrow(
      'minR2 is wrong; expected a number in [0, 1], got 2',
    );
  });

  it('does not take a slower wave for one that is too fast for the samples', () => {
    // 40 samples in even steps cannot tell cos(100·x) from slower waves; the function between them can.
    const few = Array.from({ length: 40 }, (_, at) => [-3 + (6 * at) / 39]);
    expect(suggestSymbolic(harmonic(100), 0, 0, few)).toEqual([]);
  });

  it('names the edges of a formula that no function fits', () => {
    const layer = harmonic(70);
    const [coefficients, ...rest] = layer.getWeights();
    const values = Float32Array.from(coefficients!.dataSync());
    values[2 * 41] = 1;
    layer.setWeights([tensor(values, coefficients!.shape), ...rest]);
    const samples = Array.from({ length: 400 }, (_, at) => [-3 + (6 * at) / 399]);
    const found = autoSymbolic(layer, samples);
    expect(found.poorFits).toEqual(found.edges.filter((edge) => edge.function !== 'constant'));
    expect(found.againstNetwork.r2).toBeLessThan(0.6);
  });

  it('a constant edge is a constant', () => {
    const layer = efficientKAN({ units: 1, seed: 1 });
    layer.build([null, 1]);
    plant(layer, () => () => -0.75);
    const fits = suggestSymbolic(layer, 0, 0, [[0.5]]);
    expect(fits).toHaveLength(1);
    expect(fits[0]).toMatchObject({ function: 'constant', r2: 1, complexity: 0 });
    expect(fits[0]!.d).toBeCloseTo(-0.75, 6);
    expect(() => suggestSymbolic(layer, 0, 0, [[Number.POSITIVE_INFINITY]])).toThrow('got Infinity');
  });
});
