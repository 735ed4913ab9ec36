import {
  abs,
  memory,
  mul,
  type Scalar,
  sum,
  type Tensor,
  tensor,
  tensor3d,
  type Variable,
  variable,
  variableGrads,
  zeros,
} from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { backends, golden, useBackend } from '../../test/backends.js';
import { throughText } from '../../test/through-text.js';
import { importTorchWeights } from '../import-torch-weights.js';
import { EdgeRegularizer, edgeRegularizer, efficientKAN, fourierKAN, kan, kanRegularization } from '../index.js';

const number = (t: Tensor) => t.dataSync()[0]!;

function fromGolden(name: string) {
  const file = golden(name) as ReturnType<typeof golden> & { regularizationLoss: Record<string, number> };
  const [units, inputs] = file.weights['base_weight']!.shape as [number, number];
  const { grid_size: gridSize, spline_order: splineOrder, grid_range: gridRange } = file.config;
  const standaloneScale = file.config['enable_standalone_scale_spline'];
  const layer = efficientKAN({ units, gridSize, splineOrder, gridRange, standaloneScale });
  layer.build([null, inputs]);
  importTorchWeights(layer, { ...file.weights, ...file.buffers });
  return { layer, expected: file.regularizationLoss };
}

describe.each(backends)('regularisation on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  it.each(['efficient-kan-v0-0', 'efficient-kan-v0-1', 'efficient-kan-v1-0', 'efficient-kan-v1-1'])(
    'equals the PyTorch reference: %s',
    (name) => {
      const { layer, expected } = fromGolden(name);
      const both = expected['activation1_entropy1']!;
      const l1 = expected['activation1_entropy0']!;
      expect(number(kanRegularization(layer)) / both).toBeCloseTo(1, 5);
      expect(number(kanRegularization(layer, { entropy: 0 })) / l1).toBeCloseTo(1, 5);
      expect(number(kanRegularization(layer, { l1: 0, entropy: 0.5 })) / (0.5 * (both - l1))).toBeCloseTo(1, 5);
      const weight = layer.getWeights()[1]!;
      expect(number(edgeRegularizer({ l1: 1, entropy: 2 }).apply(weight)) / (2 * both - l1)).toBeCloseTo(1, 5);
      for (const each of layer.weights) each.dispose();
    },
  );

  it.each([
    ['both', { l1: 0.7, entropy: 1.3 }],
    ['l1 alone', { l1: 1, entropy: 0 }],
    ['entropy alone', { l1: 0, entropy: 1 }],
  ])('gradients equal finite differences: %s', (_, options) => {
    const layer = efficientKAN({ units: 2, seed: 3, scaleNoise: 30 });
    layer.build([null, 3]);
    const spline = layer.gridVariables!.spline.read() as Variable;
    const loss = () => mul(kanRegularization(layer, options), 1.7) as Scalar;
    const analytic = variableGrads(loss, [spline]).grads[spline.name]!.dataSync();
    const original = Float32Array.from(spline.dataSync());
    // |c| has no kink within the step.
    expect(Math.min(...original.map(Math.abs))).toBeGreaterThan(2 * 4e-3);
    const at = (k: number, by: number) => {
      const moved = original.slice();
      moved[k]! += by;
      spline.assign(tensor(moved, spline.shape));
      return number(loss());
    };
    const step = 4e-3;
    const numeric = original.map((_value, k) => (at(k, step) - at(k, -step)) / (2 * step));
    const size = Math.max(...numeric.map(Math.abs));
    numeric.forEach((value, k) => {
      expect(Math.abs(value - analytic[k]!) / size).toBeLessThan(0.01);
    });
  });

  it('is finite with edges of 0, with coefficients of 0, and with nothing but 0; what is 0 gets no push', () => {
    const mixed = variable(tensor3d([0, 1, 0, 0, 0, 3, 0, -2], [2, 2, 2]));
    const regularizer = edgeRegularizer();
    const { value, grads } = variableGrads(() => regularizer.apply(mixed), [mixed]);
    // Edge sizes 0, 2, 0, 1.
    const entropy = -(2 / 3) * Math.log(2 / 3) - (1 / 3) * Math.log(1 / 3);
    expect(number(value)).toBeCloseTo(3 + entropy, 5);
    const gradient = [...grads[mixed.name]!.dataSync()];
    const of = (share: number) => (1 - (Math.log(share) + entropy) / 3) / 2;
    [0, of(2 / 3), 0, 0, 0, of(2 / 3), 0, -of(1 / 3)].forEach((expected, k) => {
      expect(gradient[k]!).toBeCloseTo(expected, 5);
    });
    const empty = variable(zeros([3, 2, 2]));
    const result = variableGrads(() => regularizer.apply(empty), [empty]);
    expect(number(result.value)).toBe(0);
    expect([...result.grads[empty.name]!.dataSync()].every((v) => Math.abs(v) === 0)).toBe(true);
  });

  it('sums over the KAN layers of a model, leaks nothing, and names what has no edges', () => {
    const model = kan({ widths: [3, 2, 1], seed: 1 });
    model.add(layers.dense({ units: 1 }));
    const before = memory().numTensors;
    const parts = model.layers.slice(1, 3).map((layer) => {
      const part = kanRegularization(layer);
      const value = number(part);
      part.dispose();
      return value;
    });
    const all = kanRegularization(model);
    expect(number(all)).toBeCloseTo(parts[0]! + parts[1]!, 4);
    const { value, grads } = variableGrads(() => kanRegularization(model) as Scalar);
    expect(Object.keys(grads).length).toBe(2);
    for (const each of [all, value, ...Object.values(grads)]) each.dispose();
    expect(memory().numTensors).toBe(before);
    expect(() => kanRegularization(layers.dense({ units: 1 }))).toThrow('has no KAN layer');
    expect(() => kanRegularization(efficientKAN({ units: 1 }))).toThrow('before build');
    expect(() => kanRegularization(model, { l1: -1 })).toThrow('l1 is wrong; expected a finite number ≥ 0, got -1');
    const fourier = fourierKAN({ units: 1 });
    fourier.build([null, 2]);
    expect(() => kanRegularization(fourier)).toThrow('KanLayersFourierKAN: has no coefficients of single edges');
    expect(() => edgeRegularizer().apply(zeros([2]))).toThrow('expected [basis, inputs, units]');
  });

  it('works in fit and survives save and load', async () => {
    const make = (splineRegularizer: EdgeRegularizer | null) => {
      const layer = efficientKAN({ units: 3, seed: 1, inputShape: [2], splineRegularizer });
      const model = sequential({ layers: [layer] });
      model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
      return model;
    };
    const loss = async (model: ReturnType<typeof make>) =>
      Number(await model.trainOnBatch(zeros([4, 2]), zeros([4, 3])));
    const plain = make(null);
    const penalised = make(edgeRegularizer({ l1: 0.5, entropy: 0.25 }));
    const penalty = number(kanRegularization(plain, { l1: 0.5, entropy: 0.25 }));
    expect(penalty).toBeGreaterThan(0.3);
    const loaded = await throughText(penalised);
    loaded.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    const config = loaded.layers[0]!.getConfig()['splineRegularizer'];
    expect(config).toEqual({ className: EdgeRegularizer.className, config: { l1: 0.5, entropy: 0.25 } });
    const base = await loss(plain);
    expect(((await loss(penalised)) - base) / penalty).toBeCloseTo(1, 4);
    expect(((await loss(loaded)) - base) / penalty).toBeCloseTo(1, 4);
  });

  it('makes few edges large: training with it lowers the number of edges that matter', async () => {
    const x = tensor(
      Float32Array.from({ length: 200 * 4 }, (_, k) => Math.sin(k * k + 0.3 * k)),
      [200, 4],
    );
    const y = tensor(
      Float32Array.from(
        x.dataSync().filter((_, k) => k % 4 === 1),
        (v) => Math.sin(3 * v),
      ),
      [200, 1],
    );
    const shares = async (weight: number) => {
      const splineRegularizer = edgeRegularizer({ l1: weight, entropy: weight });
      const model = sequential({
        layers: [efficientKAN({ units: 1, seed: 1, inputShape: [4], standaloneScale: false, splineRegularizer })],
      });
      model.compile({ optimizer: 'adam', loss: 'meanSquaredError' });
      await model.fit(x, y, { epochs: 60, batchSize: 20, verbose: 0, shuffle: false });
      const spline = model.getWeights()[1]!;
      const sizes = [...sum(abs(spline), 0).dataSync()];
      return sizes[1]! / sizes.reduce((a, b) => a + b, 0);
    };
    expect(await shares(0.01)).toBeGreaterThan(1.1 * (await shares(0)));
  });
});
