import * as tf from '@tensorflow/tfjs-core';
import { type Tensor, tensor2d, train } from '@tensorflow/tfjs-core';
import { layers, type Sequential, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { backends, relativeError, useBackend } from '../../test/backends.js';
import { cases, edgeCases } from '../../test/layers.js';
import { throughText } from '../../test/through-text.js';
import { EdgeLayer, efficientKAN, exportTorchWeights, prune, rationalKAN } from '../index.js';
import { layerTable } from '../layer-table.js';

const kanLayers = (model: Sequential) => model.layers.filter((layer) => layer instanceof EdgeLayer);

function rows(count: number, columns: number): number[][] {
  return Array.from({ length: count }, (_, r) =>
    Array.from(
      { length: columns },
      (_, c) => 1.6 * (((r + 1) * [0.618034, 0.414214, 0.732051][c % 3]! + c * 0.37) % 1) - 0.8,
    ),
  );
}

/** Makes the numbers of a weight that belong to some edges small. */
function shrink(layer: EdgeLayer, dead: (input: number, unit: number) => boolean): void {
  for (const { variable, inputs, units, vanishes } of layer.weightAxes()) {
    if (!vanishes) continue;
    const shape = variable.shape as number[];
    const values = Float32Array.from(variable.read().dataSync(), (value, index) => {
      const place: number[] = [];
      for (let axis = shape.length - 1, rest = index; axis >= 0; rest = Math.floor(rest / shape[axis--]!)) {
        place[axis] = rest % shape[axis]!;
      }
      return dead(place[inputs!]!, place[units!]!) ? 1e-3 * value : value;
    });
    tf.tidy(() => void variable.write(tf.tensor(values, shape)));
  }
}

/** The shared cases of layers with edges, without layer norm. */
const readable = edgeCases.filter(({ make }) => {
  const { layerNorm } = make(1, { inputShape: [1] }) as { layerNorm?: boolean };
  return layerNorm !== true;
});

describe.each(backends)('prune of every layer with edges, on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  it('the shared cases have every kind of layer', () => {
    const kinds = new Set(readable.map(({ make }) => make(1).getClassName()));
    const withEdges = Object.values(layerTable).filter(({ kind }) => kind.prototype instanceof EdgeLayer);
    expect(kinds).toEqual(new Set(withEdges.map(({ kind }) => kind.className)));
    expect(kinds.size).toBeGreaterThan(7);
  });

  it.each(readable)('$name: smaller, the same function, saved and loaded, trained on', async ({ make }) => {
    // [3, 6, 2]: nodes 1, 2 and 4 are hardly read; edge (0, 0) of the first layer is hardly there.
    const [first, second] = [make(6, { name: 'first' }), make(2, { name: 'second', seed: 8 })];
    const model = sequential({ layers: [layers.inputLayer({ inputShape: [3] }), first, second] });
    const x = tensor2d(rows(80, 3));
    // So that batch norm's moving statistics are those of the data.
    tf.tidy(() => {
      for (let k = 0; k < 60; k++) model.apply(x, { training: true });
    });
    shrink(first, (i, o) => i === 0 && o === 0);
    shrink(second, (i) => [1, 2, 4].includes(i));
    const result = prune(model, x, { edgeThreshold: 0.004, nodeThreshold: 0.01 });
    const pruned = result.model;
    expect(result.keptNodes[1]!.every((node) => ![1, 2, 4].includes(node))).toBe(true);
    const [left, right] = kanLayers(pruned) as [EdgeLayer, EdgeLayer];
    expect(left.units).toBe(result.keptNodes[1]!.length);
    expect(right.inputs).toBe(left.units);
    expect(left.units).toBeLessThan(6);
    expect(pruned.countParams()).toBeLessThan(model.countParams());
    const y = (of: Sequential) => Float32Array.from((of.predict(x) as Tensor).dataSync());
    const [before, after] = [y(model), y(pruned)];
    const mean = before.reduce((s, v) => s + v / before.length, 0);
    const deviation = Math.sqrt(before.reduce((s, v) => s + (v - mean) ** 2 / before.length, 0));
    const rmse = Math.sqrt(before.reduce((s, v, k) => s + (v - after[k]!) ** 2 / before.length, 0));
    expect(rmse / deviation).toBeLessThan(0.03);
    expect(Math.abs(rmse - result.error.rmse) / deviation).toBeLessThan(1e-3);

    const loaded = await throughText(pruned);
    expect(relativeError(y(loaded), after)).toBeLessThan(1e-6);
    const optimizer = train.adam(0.01);
    loaded.compile({ optimizer, loss: 'meanSquaredError' });
    const target = tensor2d(rows(80, 2));
    const { history } = await loaded.fit(x, target, { epochs: 12, batchSize: 20, verbose: 0, shuffle: false });
    const losses = history['loss'] as number[];
    expect(losses.at(-1)!).toBeLessThan(losses[0]!);
    // What is dead stays dead, also right after an optimizer's step, with no forward pass in between.
    const edges = kanLayers(loaded)[0]!.readEdges();
    const mask = kanLayers(loaded)[0]!.maskVariable?.read().dataSync() ?? [];
    [...mask].forEach((v, edge) => {
      const value = edges.evaluate(Math.floor(edge / edges.units), edge % edges.units, 0.3);
      if (v === 0) expect(Math.abs(value)).toBe(0);
    });
  });

  it.each(readable)('$name: a mask holds edges at 0, forwards, in edges and in coefficients', ({ make }) => {
    const layer = make(2, { edgeMask: true });
    layer.build([null, 3]);
    layer.maskVariable!.write(tensor2d([1, 0, 0, 1, 1, 1], [3, 2]));
    const x = tensor2d(rows(7, 3));
    const y = layer.apply(x) as Tensor;
    const moved = tensor2d(rows(7, 3).map(([a, b, c], r) => [a!, b! + 0.1 * r, c!]));
    const other = layer.apply(moved) as Tensor;
    // Unit 0 does not see input 1, unit 1 does.
    const column = (t: Tensor, k: number) => [...tf.slice(t as tf.Tensor2D, [0, k], [-1, 1]).dataSync()];
    expect(column(other, 0)).toEqual(column(y, 0));
    expect(column(other, 1)).not.toEqual(column(y, 1));
    const sizes = tf.sum(tf.abs(layer.edgeCoefficients()), 0).dataSync();
    expect([...sizes].map((v) => (v > 0 ? 1 : 0))).toEqual([1, 0, 0, 1, 1, 1]);
    expect(layer.readEdges().evaluate(1, 0, 0.4)).toBeCloseTo(0, 12);
  });

  it.each(readable)('$name: a constant given to a unit is added where the layer says so', ({ make }) => {
    const layer = make(2);
    layer.build([null, 3]);
    const x = tensor2d(rows(20, 3));
    tf.tidy(() => {
      for (let k = 0; k < 20; k++) layer.apply(x, { training: true });
    });
    const before = (layer.apply(x) as Tensor).dataSync();
    const saved = layer.getWeights().map((w) => [...w.dataSync()]);
    const done = layer.shiftUnit(1, 0.25, [0, 2]);
    if (!done) {
      expect(layer.getWeights().map((w) => [...w.dataSync()])).toEqual(saved);
      return;
    }
    const after = (layer.apply(x) as Tensor).dataSync();
    const shifts = [...after].map((v, k) => v - before[k]!);
    shifts.forEach((v, k) => {
      expect(v).toBeCloseTo(k % 2 === 1 ? 0.25 : 0, 4);
    });
  });
});

describe('edges that are held at 0', () => {
  beforeAll(() => useBackend('cpu'));

  it('stay 0 when an optimizer changes weights in place', async () => {
    const layer = efficientKAN({ units: 1, seed: 1, edgeMask: true });
    layer.build([null, 2]);
    layer.maskVariable!.write(tensor2d([1, 0], [2, 1]));
    const x = tensor2d(rows(5, 2));
    const expected = (layer.apply(x, { training: true }) as Tensor).dataSync();
    // The array itself on this backend, so the data keep their number.
    const inPlace = () => {
      layer.weightAxes()[0]!.variable.read().dataSync()[1] = 5;
    };
    inPlace();
    expect((layer.apply(x) as Tensor).dataSync()).toEqual(expected);
    layer.apply(x, { training: true });
    inPlace();
    expect(layer.readEdges().evaluate(1, 0, 0.7)).toBe(0);
    inPlace();
    expect((await exportTorchWeights(layer))['base_weight']!.data[1]).toBe(0);
    inPlace();
    expect(layer.getWeights()[0]!.dataSync()[1]).toBe(0);
  });

  it('groups of rational functions follow the inputs that stay', () => {
    const layer = rationalKAN({ units: 1, groups: 3, shareNumerator: false });
    layer.build([null, 6]);
    const groups = (inputs: number[]) => layer.configForInputs(inputs)['groups'];
    const indices = (inputs: number[]) => layer.weightAxes().find(({ indicesOf }) => indicesOf)!.indicesOf!(inputs);
    expect([groups([0, 1, 2, 3, 4, 5]), indices([0, 1, 2, 3, 4, 5])]).toEqual([3, [0, 1, 2]]);
    expect([groups([0, 3, 4]), indices([0, 3, 4])]).toEqual([3, [0, 1, 2]]);
    expect([groups([0, 1, 4, 5]), indices([0, 1, 4, 5])]).toEqual([2, [0, 2]]);
    expect([groups([0, 1, 2]), indices([0, 1, 2])]).toEqual([3, [0, 0, 1]]);
  });

  it('a layer that mixes its inputs has none', () => {
    const fourier = cases.filter(({ name }) => name.startsWith('fourierKAN'));
    expect(fourier.length).toBeGreaterThan(0);
    for (const { make } of fourier) {
      expect(() => make(2, { edgeMask: true }).apply(tensor2d(rows(2, 3)))).toThrow('its edges cannot be taken out');
      expect(make(2).getConfig()['edgeMask']).toBe(false);
    }
  });
});
