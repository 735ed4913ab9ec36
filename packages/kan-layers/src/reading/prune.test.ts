import * as tf from '@tensorflow/tfjs-core';
import { memory, type Tensor, tensor2d, tidy, train } from '@tensorflow/tfjs-core';
import { layers, type Sequential, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { backends, relativeError, useBackend } from '../../test/backends.js';
import { plant } from '../../test/plant.js';
import { throughText } from '../../test/through-text.js';
import { attribute, type EfficientKAN, efficientKAN, type KANLayer, kan, prune } from '../index.js';

const kanLayers = (model: Sequential) => model.layers.filter((layer) => layer.weights.length > 0) as EfficientKAN[];

function rows(count: number, columns = 2): number[][] {
  return Array.from({ length: count }, (_, r) =>
    Array.from({ length: columns }, (_, c) => 2 * (((r + 1) * [0.618034, 0.414214, 0.732051][c]!) % 1) - 1),
  );
}

/** [2, 3, 2]: node 0 counts for both outputs, node 1 for output 1 only, node 2 for nothing; output 0 has a constant from node 2. */
function planted(): Sequential {
  const model = sequential({
    layers: [
      layers.inputLayer({ inputShape: [2] }),
      efficientKAN({ units: 3, gridSize: 12, seed: 1, name: 'first' }),
      layers.dropout({ rate: 0.1 }),
      efficientKAN({ units: 2, gridSize: 12, seed: 2, name: 'second' }),
    ],
  });
  const [first, second] = kanLayers(model);
  plant(
    first!,
    (i, o) => (x) =>
      [0.4 * Math.sin(2 * x), i === 0 ? 0.001 * x : 0.8 * x * x, 1e-5 * x][o]! - (o === 0 ? 0.15 * i : 0),
  );
  plant(
    second!,
    (i, o) => (x) =>
      [
        [x + x ** 2, x ** 3],
        [0.01 * x, Math.abs(x)],
        [0.3, 0.2],
      ][i]![o]!,
  );
  return model;
}

describe.each(backends)('prune on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  it('takes out dead nodes and edges, keeps the function, and tells the error as it is', () => {
    const model = planted();
    const x = tensor2d(rows(300));
    const result = prune(model, x);
    expect(result.keptNodes).toEqual([
      [0, 1],
      [0, 1],
      [0, 1],
    ]);
    expect(result.edges).toEqual({ before: 12, after: 6 });
    const [first, second] = kanLayers(result.model);
    expect([first!.units, second!.inputs, second!.units]).toEqual([2, 2, 2]);
    expect([...first!.maskVariable!.read().dataSync()]).toEqual([1, 0, 1, 1]);
    expect([...second!.maskVariable!.read().dataSync()]).toEqual([1, 1, 0, 1]);
    expect(result.model.layers.map((layer) => layer.getClassName())).toContain('Dropout');
    const before = (model.predict(x) as Tensor).dataSync();
    const after = (result.model.predict(x) as Tensor).dataSync();
    const squares = [...before].reduce((s, v, k) => s + (v - after[k]!) ** 2, 0) / before.length;
    expect(result.error.rmse / Math.sqrt(squares)).toBeCloseTo(1, 3);
    // The constants 0.3 and 0.2 of the dead node are not lost.
    expect(result.error.rmse).toBeLessThan(0.01);
    expect(result.error.r2).toBeGreaterThan(0.999);
  });

  it('dead edges stay exactly 0 in training and through saving, others train as ever', async () => {
    const { model } = prune(planted(), rows(300));
    const x = tensor2d(rows(64));
    const y = tensor2d(rows(64).map(([a, b]) => [a! * b!, a! - b!]));
    const dead = (m: Sequential) => {
      const [first] = kanLayers(m);
      const [base, spline, scale] = first!.trainableWeights.map((w) => w.read().dataSync());
      const splines = Array.from({ length: 15 }, (_, g) => spline![g * 4 + 1]!);
      return [base![1]!, ...splines, scale![1]!];
    };
    model.compile({ optimizer: train.adam(0.02), loss: 'meanSquaredError' });
    const { history } = await model.fit(x, y, { epochs: 15, verbose: 0, shuffle: false });
    const losses = history['loss'] as number[];
    expect(losses.at(-1)!).toBeLessThan(losses[0]! / 2);
    expect(dead(model).every((v) => v === 0)).toBe(true);
    const loaded = await throughText(model);
    expect(
      relativeError((loaded.predict(x) as Tensor).dataSync(), (model.predict(x) as Tensor).dataSync()),
    ).toBeLessThan(1e-6);
    loaded.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    await loaded.fit(x, y, { epochs: 3, verbose: 0 });
    expect(dead(loaded).every((v) => v === 0)).toBe(true);
    // Once more on what is pruned already: the mask is carried on.
    const again = prune(loaded, rows(300), { edgeThreshold: 0, nodeThreshold: 0 });
    expect([...kanLayers(again.model)[0]!.maskVariable!.read().dataSync()]).toEqual([1, 0, 1, 1]);
    expect(again.error.rmse).toBe(0);
  });

  it('a masked layer is the layer with weights of 0, in output and gradients', () => {
    const make = (edgeMask: boolean) => {
      const layer = efficientKAN({ units: 3, seed: 4, scaleNoise: 2, edgeMask });
      layer.build([null, 2]);
      return layer;
    };
    const [plain, masked] = [make(false), make(true)];
    const mask = [1, 0, 1, 0, 1, 1];
    masked.maskVariable!.write(tensor2d(mask, [2, 3]));
    const x = tensor2d(rows(9));
    const gradients = (layer: KANLayer) => {
      const f = (input: Tensor) => tf.sum(tf.square(layer.apply(input) as Tensor)) as tf.Scalar;
      const { grads } = tf.variableGrads(() => f(x));
      return [tf.grad(f)(x), ...layer.trainableWeights.map((w) => grads[(w.read() as tf.Variable).name]!)];
    };
    const zeroed = plain.trainableWeights.map((w, k) => {
      const shape = k === 1 ? [1, 2, 3] : [2, 3];
      return tf.mul(w.read(), tf.tensor(mask, shape)) as Tensor;
    });
    plain.setWeights([...zeroed, plain.weights.at(-1)!.read()]);
    const [expected, got] = [gradients(plain), gradients(masked)];
    expect(got.length).toBe(4);
    got.forEach((gradient, k) => {
      expect(relativeError(gradient.dataSync(), expected[k]!.dataSync())).toBeLessThan(1e-6);
    });
    const y = (layer: KANLayer) => (layer.apply(x) as Tensor).dataSync();
    expect(relativeError(y(masked), y(plain))).toBeLessThan(1e-6);
  });

  it('leaks no tensor', async () => {
    const model = planted();
    const samples = rows(50);
    const start = memory().numTensors;
    const { model: small } = prune(model, samples);
    const weights = small.weights.length;
    expect(memory().numTensors).toBe(start + weights);
    const optimizer = train.adam(0.01);
    small.compile({ optimizer, loss: 'meanSquaredError' });
    const [x, y] = [tensor2d(samples), tensor2d(samples)];
    await small.fit(x, y, { epochs: 1, verbose: 0 });
    const trained = memory().numTensors;
    await small.fit(x, y, { epochs: 2, verbose: 0 });
    tidy(() => void small.predict(x));
    expect(memory().numTensors).toBe(trained);
    optimizer.dispose();
    small.dispose();
    x.dispose();
    y.dispose();
    expect(memory().numTensors).toBe(start);
  });
});

describe('prune', () => {
  beforeAll(() => useBackend('cpu'));

  it('a node that nothing reads or feeds goes with its edges', () => {
    const model = kan({ widths: [2, 3, 1], gridSize: 8, seed: 1 });
    const [first, second] = kanLayers(model);
    plant(first!, (_, o) => (x) => (o === 1 ? 0.4 : 0.4 * x));
    plant(second!, (i) => (x) => (i === 2 ? 0 : x));
    const { keptNodes, model: small, error } = prune(model, rows(100), { nodeThreshold: 0 });
    // Node 1 is constant, node 2 is not read.
    expect(keptNodes).toEqual([[0, 1], [0], [0]]);
    expect(kanLayers(small)[0]!.maskVariable).toBeNull();
    expect(error.rmse).toBeLessThan(1e-3);
  });

  it('a single layer works, and the result has the old inputs and outputs', () => {
    const layer = efficientKAN({ units: 2, seed: 1, gridSize: 8 });
    layer.build([null, 2]);
    plant(layer, (i, o) => (x) => (i === o ? x : 1e-4 * x));
    const { model, edges } = prune(layer, rows(50));
    expect(edges).toEqual({ before: 4, after: 2 });
    expect((model.predict(tensor2d(rows(5))) as Tensor).shape).toEqual([5, 2]);
    expect(attribute(model, rows(50)).edges[0]![1]).toBe(0);
  });

  it('refuses to leave nothing, and wrong arguments', () => {
    const model = planted();
    expect(() => prune(model, rows(50), { edgeThreshold: 5 })).toThrow('nothing would be left');
    expect(() => prune(model, rows(1))).toThrow('nothing would be left');
    expect(() => prune(model, rows(50), { edgeThreshold: Number.NaN })).toThrow('edgeThreshold is wrong');
    expect(() => prune(model, rows(50), { nodeThreshold: -1 })).toThrow('nodeThreshold is wrong');
    const dense = sequential({ layers: [layers.dense({ units: 2, inputShape: [2] }), efficientKAN({ units: 1 })] });
    expect(() => prune(dense, rows(5))).toThrow('got Dense');
  });
});
