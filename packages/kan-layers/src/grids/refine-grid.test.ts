import { memory, randomNormal, randomUniform, type Tensor, tensor2d } from '@tensorflow/tfjs-core';
import { input, layers, model as makeModel, type SymbolicTensor, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { backends, relativeError, useBackend } from '../../test/backends.js';
import {
  type EfficientKAN,
  type EfficientKANArgs,
  efficientKAN,
  kan,
  refineGrid,
  refineGrids,
  updateGrid,
} from '../index.js';

const values = (tensor: Tensor) => Float32Array.from(tensor.dataSync());
const disposeAll = (...some: { weights: EfficientKAN['weights'] }[]) => {
  for (const { weights } of some) for (const weight of weights) weight.dispose();
};

describe.each(backends)('refining on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  it.each([
    ['cubic', { scaleNoise: 3 }],
    ['linear, no scale', { scaleNoise: 3, splineOrder: 1, standaloneScale: false }],
    ['order 0, wide', { scaleNoise: 3, splineOrder: 0, gridRange: [-4, 1] as const }],
  ])('is exact on nested knots: %s', async (_, args) => {
    const layer = efficientKAN({ units: 3, seed: 2, name: 'kept', ...args });
    layer.build([null, 4]);
    const before = layer.getWeights().map(values);
    const [low, high] = layer.gridRange;
    const x = randomUniform([200, 4], low + 1e-4, high - 1e-4, 'float32', 1);
    const { layer: refined, ...change } = await refineGrid(layer, 15);
    expect([refined.gridSize, refined.name, refined.splineOrder]).toEqual([15, 'kept', layer.splineOrder]);
    expect(refined.getConfig()).toEqual({ ...layer.getConfig(), gridSize: 15 });
    const y = values(layer.apply(x) as Tensor);
    expect(relativeError(values(refined.apply(x) as Tensor), y)).toBeLessThan(2e-6);
    expect(change.relativeError).toBeLessThan(2e-6);
    expect(change.maxError).toBeLessThan(2e-6 * Math.max(...y.map(Math.abs)) * 2);
    expect(layer.getWeights().map(values)).toEqual(before);
    disposeAll(layer, refined);
  });

  it('is exact after a grid update too, and reports the error where knots are not nested', async () => {
    const layer = efficientKAN({ units: 2, seed: 2, scaleNoise: 3 });
    layer.build([null, 3]);
    const samples = randomNormal([400, 3], 0.3, 0.4, 'float32', 5);
    await updateGrid(layer, samples);
    const double = await refineGrid(layer, 10);
    expect(double.relativeError).toBeLessThan(1e-5);
    const other = await refineGrid(layer, 7);
    const coarse = await refineGrid(layer, 2);
    expect(other.relativeError).toBeGreaterThan(1e-4);
    expect(coarse.relativeError).toBeGreaterThan(other.relativeError);
    expect(coarse.relativeError).toBeLessThan(1);
    const same = await refineGrid(layer, 5);
    expect(relativeError(values(same.layer.getWeights()[1]!), values(layer.getWeights()[1]!))).toBeLessThan(1e-5);
    disposeAll(layer, double.layer, other.layer, coarse.layer, same.layer);
  });

  it.each([
    ['cubic', {}, 20],
    ['linear', { splineOrder: 1 }, 10],
    ['quadratic, updated', { splineOrder: 2, update: true }, 10],
    ['cubic, clamped', { extrapolation: 'clamp' as const }, 20],
    ['cubic, tangents', { extrapolation: 'linear' as const }, 20],
  ])(
    'keeps the function beyond the range too: %s',
    async (_: string, given: Partial<EfficientKANArgs> & { update?: boolean }, size: number) => {
      const { update = false, ...args } = given;
      const layer = efficientKAN({ units: 2, seed: 2, scaleNoise: 3, ...args });
      layer.build([null, 3]);
      if (update) await updateGrid(layer, randomNormal([400, 3], 0.3, 0.4, 'float32', 5));
      const { layer: refined, ...change } = await refineGrid(layer, size);
      // Once more, from a grid whose outer knots are wider.
      const { layer: again } = await refineGrid(refined, 2 * size);
      const x = randomUniform([400, 3], -4, 4, 'float32', 9);
      const y = values(layer.apply(x) as Tensor);
      expect(relativeError(values(refined.apply(x) as Tensor), y)).toBeLessThan(1e-5);
      expect(relativeError(values(again.apply(x) as Tensor), y)).toBeLessThan(1e-5);
      expect(change.relativeError).toBeLessThan(1e-5);
      disposeAll(layer, refined, again);
    },
  );

  it('reports an error that is beyond the range', async () => {
    const layer = efficientKAN({ units: 1, seed: 2, scaleNoise: 3 });
    layer.build([null, 1]);
    const { layer: other, ...change } = await refineGrid(layer, 7);
    const outside = tensor2d([-1.6, -1.3, -1.1, 1.1, 1.3, 1.6], [6, 1]);
    const [before, after] = [layer, other].map((each) => values(each.apply(outside) as Tensor));
    const worst = Math.max(...before!.map((value, i) => Math.abs(value - after![i]!)));
    expect(worst).toBeGreaterThan(0);
    expect(change.maxError).toBeGreaterThan(worst / 2);
    disposeAll(layer, other);
  });

  it('refines a sequential model, the old one stays, nothing leaks', async () => {
    const model = kan({ widths: [3, 4, 2], seed: 1, scaleNoise: 3, name: 'net' });
    const x = randomUniform([20, 3], -0.9, 0.9, 'float32', 3);
    const y = values(model.predict(x) as Tensor);
    const count = memory().numTensors;
    const { model: refined, changes } = await refineGrids(model, 10);
    expect(memory().numTensors).toBe(count + refined.weights.length);
    expect(refined.constructor).toBe(model.constructor);
    expect(refined.name).toBe('net');
    const kinds = refined.layers.filter((layer) => 'gridSize' in layer) as EfficientKAN[];
    expect(kinds.map((layer) => layer.gridSize)).toEqual([10, 10]);
    expect(Object.keys(changes)).toEqual(kinds.map((layer) => layer.name));
    for (const change of Object.values(changes)) expect(change.relativeError).toBeLessThan(2e-6);
    expect(relativeError(values(refined.predict(x) as Tensor), y)).toBeLessThan(1e-5);
    // Both go on by themselves.
    refined.compile({ optimizer: 'adam', loss: 'meanSquaredError' });
    await refined.fit(x, tensor2d(Array.from({ length: 20 }, () => [0, 1])), { epochs: 2, verbose: 0 });
    expect(values(model.predict(x) as Tensor)).toEqual(y);
    refined.dispose();
    expect(values(model.predict(x) as Tensor)).toEqual(y);
    model.dispose();
  });

  it('refines functional and nested models with other, shared and frozen layers', async () => {
    const shared = efficientKAN({ units: 3, seed: 1, scaleNoise: 3, name: 'shared' });
    const inner = sequential({ name: 'inner' });
    inner.add(layers.dense({ units: 3, activation: 'tanh', inputShape: [3] }));
    inner.add(efficientKAN({ units: 2, seed: 3, scaleNoise: 3, name: 'innermost', trainable: false }));
    const [a, b] = [input({ shape: [3] }), input({ shape: [3] })];
    const joined = layers
      .add()
      .apply([
        layers.batchNormalization().apply(shared.apply(a)) as SymbolicTensor,
        layers.activation({ activation: 'tanh' }).apply(shared.apply(b)) as SymbolicTensor,
      ]) as SymbolicTensor;
    const steps = layers.timeDistributed({ layer: efficientKAN({ units: 2, name: 'timed', scaleNoise: 3 }) });
    const timed = layers.flatten().apply(steps.apply(layers.repeatVector({ n: 2 }).apply(a))) as SymbolicTensor;
    const model = makeModel({ inputs: [a, b], outputs: [inner.apply(joined) as SymbolicTensor, timed] });
    const x = [0, 1].map((seed) => randomUniform([10, 3], -0.3, 0.3, 'float32', seed + 1));
    const before = (model.predict(x) as Tensor[]).map(values);
    const { model: refined, changes } = await refineGrids(model, 10);
    expect(Object.keys(changes).sort()).toEqual(['innermost', 'shared', 'timed']);
    const after = (refined.predict(x) as Tensor[]).map(values);
    after.forEach((y, i) => {
      expect(relativeError(y, before[i]!)).toBeLessThan(1e-5);
    });
    expect((refined.getLayer('shared') as EfficientKAN).gridSize).toBe(10);
  });

  it('says what is wrong', async () => {
    const layer = efficientKAN({ units: 1 });
    await expect(refineGrid(layer, 10)).rejects.toThrow('before build');
    await expect(refineGrid(layer, 0)).rejects.toThrow('gridSize is wrong; expected a positive integer, got 0');
    const dense = sequential({ layers: [layers.dense({ units: 1, inputShape: [2] })] });
    await expect(refineGrids(dense, 10)).rejects.toThrow('has no EfficientKAN layer');
  });
});
