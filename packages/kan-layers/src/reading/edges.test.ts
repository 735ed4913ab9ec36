import { type Tensor, tensor2d } from '@tensorflow/tfjs-core';
import { type Sequential, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { relativeError, useBackend } from '../../test/backends.js';
import { plant } from '../../test/plant.js';
import {
  attribute,
  autoSymbolic,
  type EdgeLayer,
  type EfficientKAN,
  type EfficientKANArgs,
  edgeFunction,
  efficientKAN,
  fourierKAN,
  type KANLayer,
  kan,
  plotKAN,
  prune,
  suggestSymbolic,
  updateGrid,
} from '../index.js';
import { scalarActivation } from './scalar-activation.js';

beforeAll(() => useBackend('cpu'));

/** Deterministic numbers in ±1, in rows. */
function rows(count: number, columns: number): number[][] {
  return Array.from({ length: count }, (_, r) =>
    Array.from(
      { length: columns },
      (_, c) => 2 * (((r + 1) * [0.618034, 0.414214, 0.732051][c % 3]! + c * 0.37) % 1) - 1,
    ),
  );
}

function built(args: Partial<EfficientKANArgs>, inputs: number): EfficientKAN {
  const layer = efficientKAN({ units: 2, seed: 3, scaleNoise: 3, ...args });
  layer.build([null, inputs]);
  return layer;
}

describe('EfficientKAN.readEdges', () => {
  const uneven = [-1.6, -1.4, -1.1, -1, -0.5, -0.1, 0, 0.45, 1, 1.3, 1.5, 1.9];
  const doubled = [-1, -1, -1, -1, -0.5, 0, 0, 0.5, 1, 1, 1, 1];
  it.each<[string, Partial<EfficientKANArgs>, number[][] | null]>([
    ['uniform cubic', {}, null],
    ['quadratic, no scale, gelu', { splineOrder: 2, standaloneScale: false, baseActivation: 'gelu' }, null],
    ['order 0', { splineOrder: 0, baseActivation: 'tanh' }, null],
    ['order 1, wide', { splineOrder: 1, gridRange: [-3, 2], baseActivation: 'selu' }, null],
    ['clamped beyond the grid', { extrapolation: 'clamp' }, null],
    ['straight on beyond the grid', { extrapolation: 'linear', splineOrder: 2 }, null],
    ['uneven knots, other ones for each input', {}, [uneven, uneven.map((t) => 1.1 * t + 0.05), doubled]],
  ])('adds up to the layer: %s', (_, args, knots) => {
    const layer = built(args, 3);
    if (knots) {
      const grid = layer.weights.at(-1)!;
      grid.write(tensor2d(knots[0]!.map((_, j) => knots.map((row) => row[j]!))));
    }
    const outside = [-40, -2.7, -1.6, 1.2, 1.59, 1.7, 2.9, 500].map((v) => [v, v, v]);
    const x = [...rows(60, 3), ...outside];
    const edges = layer.readEdges();
    const got = x.flatMap((row) =>
      [0, 1].map((o) => edges.offset(o) + row.reduce((total, v, i) => total + edges.evaluate(i, o, v), 0)),
    );
    const y = (layer.apply(tensor2d(x)) as Tensor).dataSync();
    expect(relativeError(got, y)).toBeLessThan(2e-6);
  });

  it('knows every activation of one number that TensorFlow.js knows', () => {
    for (const baseActivation of [
      ...(['linear', 'relu', 'relu6', 'elu', 'selu', 'sigmoid', 'hardSigmoid', 'softplus', 'softsign'] as const),
      ...(['tanh', 'swish', 'mish', 'gelu', 'gelu_new'] as const),
    ]) {
      const layer = built({ baseActivation, scaleNoise: 0, units: 1 }, 1);
      const x = [-9, -3, -1, -0.2, 0, 0.4, 1.5, 4, 20];
      const y = (layer.apply(tensor2d(x, [x.length, 1])) as Tensor).dataSync();
      const edges = layer.readEdges();
      expect(
        relativeError(
          x.map((v) => edges.evaluate(0, 0, v)),
          y,
        ),
        baseActivation,
      ).toBeLessThan(2e-6);
    }
    expect(() => scalarActivation('softmax')).toThrow("got 'softmax'");
    // scipy.special.erf(0.7) and (2.3)
    expect(2 * (scalarActivation('gelu')(0.7 * Math.SQRT2) / (0.7 * Math.SQRT2)) - 1).toBeCloseTo(
      0.6778011938374185,
      14,
    );
    expect(2 * (scalarActivation('gelu')(2.3 * Math.SQRT2) / (2.3 * Math.SQRT2)) - 1).toBeCloseTo(
      0.9988568234026434,
      14,
    );
  });

  it('is a snapshot, and says when there is nothing to read', () => {
    const layer = built({}, 1);
    const edges = layer.readEdges();
    const before = edges.evaluate(0, 0, 0.3);
    plant(layer, () => () => 7);
    expect(edges.evaluate(0, 0, 0.3)).toBe(before);
    expect(layer.readEdges().evaluate(0, 0, 0.3)).toBeCloseTo(7, 5);
    expect(() => efficientKAN({ units: 1 }).readEdges()).toThrow('expected it built');
    const fourier = fourierKAN({ units: 1 });
    fourier.build([null, 2]);
    for (const read of [edgeFunction, suggestSymbolic]) {
      expect(() => read(fourier as KANLayer as EdgeLayer, 0, 0)).toThrow('no functions on its edges');
    }
  });
});

describe('edgeFunction', () => {
  it('samples over the range of the input itself once the grid has moved', async () => {
    const layer = built({ gridSize: 8 }, 2);
    plant(layer, () => (x) => x * x);
    const samples = rows(200, 2).map(([a, b]) => [3 + a!, 0.2 * b!]);
    await updateGrid(layer, tensor2d(samples));
    const [first, second] = [edgeFunction(layer, 0, 1), edgeFunction(layer, 1, 1)];
    const ends = ({ x }: { x: Float64Array }) => [x[0]!, x.at(-1)!];
    // 0.01 beyond the samples.
    [1.99, 4.01, -0.21, 0.21].forEach((end, k) => {
      expect([...ends(first), ...ends(second)][k]!).toBeCloseTo(end, 1);
    });
    expect(layer.gridRange).toEqual([-1, 1]);
  });

  it('samples a planted function over the grid', () => {
    const layer = built({ gridSize: 20, gridRange: [-2, 2] }, 2);
    plant(layer, (i, o) => (x) => Math.sin(x + i) * (o + 1));
    const { x, y, evaluate } = edgeFunction(layer, 1, 1, { points: 5 });
    expect([...x]).toEqual([-2, -1, 0, 1, 2]);
    // The last knot of the grid is not its end: the splines go on, so the end is as good as the rest.
    expect(
      relativeError(
        y,
        [...x].map((v) => 2 * Math.sin(v + 1)),
      ),
    ).toBeLessThan(1e-4);
    expect(evaluate(0.5)).toBeCloseTo(2 * Math.sin(1.5), 4);
    expect(edgeFunction(layer, 0, 0, { range: [0, 1], points: 3 }).x[1]).toBe(0.5);
  });

  it('says what is wrong', () => {
    const layer = built({}, 2);
    expect(() => edgeFunction(layer, 2, 0)).toThrow('expected an input of 0 … 1 and a unit of 0 … 1, got 2 and 0');
    expect(() => edgeFunction(layer, 0, 0, { points: 1 })).toThrow('points is wrong');
    expect(() => edgeFunction(layer, 0, 0, { range: [1, 1] })).toThrow('range is wrong');
  });
});

describe('attribute', () => {
  /** [2, 2, 1]: node 0 = 3·x1 + x2, node 1 = 0.1·x2; output = n0 + 2·n1. All linear, so the scores follow by hand. */
  function linear(): Sequential {
    const model = kan({ widths: [2, 2, 1], gridSize: 8, gridRange: [-6, 6], seed: 1 });
    const [first, second] = model.layers.filter((layer) => layer.getClassName() !== 'InputLayer') as EfficientKAN[];
    const slopes = [
      [3, 0],
      [1, 0.1],
    ];
    plant(first!, (i, o) => (x) => slopes[i]![o]! * x);
    plant(second!, (i) => (x) => [1, 2][i]! * x + 0.5);
    return model;
  }

  it('equals the formula worked out on its own', () => {
    const x = rows(500, 2);
    const deviation = (values: number[]) => {
      const mean = values.reduce((a, b) => a + b) / values.length;
      return Math.sqrt(values.reduce((s, v) => s + (v - mean) ** 2, 0) / values.length);
    };
    const [d1, d2] = [deviation(x.map((r) => r[0]!)), deviation(x.map((r) => r[1]!))];
    const n0 = deviation(x.map((r) => 3 * r[0]! + r[1]!));
    const out = deviation(x.map((r) => 3 * r[0]! + 1.2 * r[1]!));
    const [a0, a1] = [n0 / out, (0.2 * d2) / out];
    const { nodes, edges, means } = attribute(linear(), x);
    expect(relativeError(edges[1]!, [a0, a1])).toBeLessThan(1e-4);
    expect(relativeError(edges[0]!, [(a0 * 3 * d1) / n0, 0, (a0 * d2) / n0, a1])).toBeLessThan(1e-4);
    expect(relativeError(nodes[0]!, [(a0 * 3 * d1) / n0, (a0 * d2) / n0 + a1])).toBeLessThan(1e-4);
    expect([...nodes[2]!]).toEqual([1]);
    const meanX1 = x.reduce((s, r) => s + r[0]!, 0) / x.length;
    expect(means[0]![0]).toBeCloseTo(3 * meanX1, 4);
  });

  it('is finite for constants and one sample, and takes a tensor, a layer or layers', () => {
    const model = linear();
    for (const samples of [
      [[0.3, 0.2]],
      [
        [1, 1],
        [1, 1],
      ],
    ]) {
      const { nodes, edges } = attribute(model, samples);
      expect([...nodes, ...edges].every((scores) => scores.every((v) => Number.isFinite(v)))).toBe(true);
      expect([...nodes[0]!]).toEqual([0, 0]);
    }
    const x = rows(30, 2);
    const layers = model.layers as EfficientKAN[];
    expect(attribute(layers, tensor2d(x)).edges[1]!.length).toBe(2);
    expect([...attribute(layers.at(-1)!, x).nodes[1]!]).toEqual([1]);
  });

  it('says what is wrong', () => {
    const model = linear();
    expect(() => attribute(model, [[1, Number.NaN]])).toThrow('expected finite numbers, got NaN in row 0, column 1');
    expect(() => attribute(model, [])).toThrow('expected at least one row');
    expect(() => attribute(model, [[1]])).toThrow('expected 2 numbers, got 1');
    expect(() => attribute(model, tensor2d([1], [1, 1]))).toThrow('expected 2 numbers, got 1');
    expect(() => attribute(kan({ widths: [2, 1], layer: 'fourierKAN' }), [[1, 1]])).toThrow(
      'no functions on its edges',
    );
    expect(() => attribute(sequential(), [[1, 1]])).toThrow('expected at least one KAN layer');
    const normalising = built({}, 2);
    const read = normalising.readEdges.bind(normalising);
    normalising.readEdges = () => ({ ...read(), normalizedInput: true });
    for (const reader of [attribute, prune, autoSymbolic, plotKAN]) {
      expect(() => reader(normalising, [[1, 1]])).toThrow('expected a layer without layer norm');
    }
    expect(edgeFunction(normalising, 0, 0).normalizedInput).toBe(true);
    expect(() => suggestSymbolic(normalising, 0, 0, [[1, 1]])).toThrow('normalises its inputs together');
    expect(suggestSymbolic(normalising, 0, 0).length).toBeGreaterThan(1);
  });
});
