import { memory, type Tensor2D, tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { backends, golden, relativeError, toTensor, useBackend } from '../test/backends.js';
import { goldenErrors } from '../test/golden-errors.js';
import { efficient, goldenLayers } from '../test/golden-layers.js';
import { exportTorchWeights, importTorchWeights } from './index.js';

describe.each(backends)('on %s, against the PyTorch reference', (backend) => {
  beforeAll(() => useBackend(backend));

  it.each(goldenLayers)('$f: output, input gradient and every weight gradient', async ({ f, make }) => {
    const file = golden(f);
    const layer = make(file);
    const errors = await goldenErrors(layer, file);
    expect(Object.keys(errors)).toHaveLength(2 + layer.trainableWeights.length);
    for (const [what, error] of Object.entries(errors)) expect(error, what).toBeLessThan(1e-4);
    for (const weight of layer.weights) weight.dispose();
  });

  it.each(goldenLayers)('$f: export is the inverse of import', async ({ f, make }) => {
    const file = golden(f);
    const layer = make(file);
    layer.build([null, file.input.shape[1]!]);
    const stateDict = { ...file.weights, ...file.buffers };
    importTorchWeights(layer, stateDict);
    const before = memory().numTensors;
    const exported = await exportTorchWeights(layer);
    expect(memory().numTensors).toBe(before);
    expect(Object.keys(exported).sort()).toEqual(Object.keys(stateDict).sort());
    for (const [name, { shape, data }] of Object.entries(stateDict)) {
      expect(exported[name]!.shape, name).toEqual(shape);
      expect([...exported[name]!.data], name).toEqual([...Float32Array.from(data)]);
    }
    for (const weight of layer.weights) weight.dispose();
  });

  it.each(['efficient-kan-v0-0', 'efficient-kan-v0-1', 'efficient-kan-v1-0'])('%s: a non-uniform grid', (f) => {
    // The reference's grid after an update, with the coefficients that it stored and (as it does) the scale on top.
    const file = golden(f);
    const layer = efficient(file);
    layer.build([null, file.input.shape[1]!]);
    const { grid, splineWeight, samples, outputAfter } = file.updateGrid;
    importTorchWeights(layer, { ...file.weights, grid, spline_weight: splineWeight });
    const y = layer.apply(toTensor(samples)) as Tensor2D;
    expect(relativeError(y.dataSync(), outputAfter.data)).toBeLessThan(1e-4);
    for (const weight of layer.weights) weight.dispose();
  });
});

it('importTorchWeights names what does not fit and changes nothing', async () => {
  await useBackend('cpu');
  const file = golden('efficient-kan-v0-0');
  const layer = efficient(file);
  expect(() => importTorchWeights(layer, file.weights)).toThrow('before build');
  layer.build([null, 5]);
  const before = layer.getWeights().map((w) => [...w.dataSync()]);
  expect(() => importTorchWeights(layer, file.weights)).toThrow('missing: grid');
  const all = { ...file.weights, ...file.buffers };
  expect(() => importTorchWeights(layer, { ...all, extra: tensorArray() })).toThrow('unknown: extra');
  expect(() => importTorchWeights(layer, { ...all, spline_scaler: tensorArray() })).toThrow('expected [3,5], got [1]');
  expect(layer.getWeights().map((w) => [...w.dataSync()])).toEqual(before);
});

function tensorArray() {
  const t = tensor([1]);
  return { shape: t.shape, data: t.dataSync() };
}
