import { memory, type Tensor, type Tensor2D, tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { backends, type Golden, golden, relativeError, toTensor, useBackend } from '../test/backends.js';
import { goldenErrors } from '../test/golden-errors.js';
import { efficient, goldenLayers, sizes, stateDictOf } from '../test/golden-layers.js';
import {
  exportTorchWeights,
  importTorchWeights,
  type KANLayer,
  type TorchArray,
  type TorchStateDict,
  waveletKAN,
} from './index.js';

/** The reference's weight that nothing uses, which the file of batch norm does not have. */
function unused(f: string, layer: KANLayer): TorchStateDict {
  return f === 'wavkan-batch-norm' ? { weight1: { shape: [layer.units, layer.inputs!], data: [] } } : {};
}

describe.each(backends)('on %s, against the PyTorch reference', (backend) => {
  beforeAll(() => useBackend(backend));

  it.each(goldenLayers)('$f: output, input gradient and every weight gradient', async ({ f, make }) => {
    const file = golden(f);
    const layer = make(file);
    const errors = await goldenErrors(layer, file);
    const gradients = file.inputGradient ? 1 + layer.trainableWeights.length : 0;
    if (gradients === 0) expect(f).toMatch(/^fasterkan/);
    expect(Object.keys(errors)).toHaveLength(1 + gradients);
    for (const [what, error] of Object.entries(errors)) expect(error, what).toBeLessThan(1e-4);
    for (const weight of layer.weights) weight.dispose();
  });

  it.each(goldenLayers)('$f: export is the inverse of import', async ({ f, make }) => {
    const file = golden(f);
    const layer = make(file);
    layer.build([null, file.input.shape[1]!]);
    const stateDict = stateDictOf(file);
    importTorchWeights(layer, stateDict);
    const before = memory().numTensors;
    const exported = await exportTorchWeights(layer);
    expect(memory().numTensors).toBe(before);
    // PyTorch's counter of batches, which the files leave out.
    delete exported['bn.num_batches_tracked'];
    expect(Object.keys(exported).sort()).toEqual(Object.keys({ ...stateDict, ...unused(f, layer) }).sort());
    for (const [name, { shape, data }] of Object.entries(stateDict)) {
      expect(exported[name]!.shape, name).toEqual(shape);
      if (name === 'weight1') continue;
      const error = relativeError(exported[name]!.data, data);
      // A grid that is not trained is computed anew.
      expect(error, name).toBeLessThan(name === 'rbf.grid' ? 1e-6 : 1e-8);
    }
    for (const weight of layer.weights) weight.dispose();
  });

  it('batch norm: moving statistics follow training and are what prediction goes by', () => {
    const file = golden('wavkan-batch-norm') as Golden & Record<'evaluation' | 'buffersAfter', never>;
    const layer = waveletKAN(sizes(file));
    layer.build([null, file.input.shape[1]!]);
    importTorchWeights(layer, stateDictOf(file));
    const x = toTensor(file.input);
    const evaluation = layer.apply(x) as Tensor;
    expect(relativeError(evaluation.dataSync(), (file.evaluation as TorchArray).data)).toBeLessThan(1e-5);
    const tensors = memory().numTensors;
    (layer.apply(x, { training: true }) as Tensor).dispose();
    expect(memory().numTensors).toBe(tensors);
    for (const { name, variable } of layer.torchWeights().filter(({ name }) => name.startsWith('bn.running'))) {
      const expected = (file.buffersAfter as TorchStateDict)[name]!;
      expect(relativeError(variable.read().dataSync(), expected.data), name).toBeLessThan(1e-5);
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
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, 1e39]) {
    const data = Array.from(all['base_weight']!.data);
    data[7] = bad;
    expect(() => importTorchWeights(layer, { ...all, base_weight: { ...all['base_weight']!, data } })).toThrow(
      `'base_weight' is damaged; expected finite numbers of single precision, got ${bad} at place 7`,
    );
  }
  expect(layer.getWeights().map((w) => [...w.dataSync()])).toEqual(before);
});

function tensorArray() {
  const t = tensor([1]);
  return { shape: t.shape, data: t.dataSync() };
}
