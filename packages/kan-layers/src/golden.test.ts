import {
  grads,
  memory,
  mul,
  sum,
  type Tensor,
  type Tensor2D,
  tensor,
  type Variable,
  variableGrads,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { backends, type Golden, golden, relativeError, toTensor, useBackend } from '../test/backends.js';
import { toTorchLayout } from './export-torch-weights.js';
import {
  chebyshevKAN,
  classicFourierKAN,
  efficientKAN,
  exportTorchWeights,
  fasterKAN,
  fastKAN,
  fourierKAN,
  importTorchWeights,
  jacobiKAN,
  type KANLayer,
  rationalKAN,
  type TorchArray,
  type TorchStateDict,
  type WaveletType,
  waveletKAN,
} from './index.js';

function efficient({ config, input, output }: Golden): KANLayer {
  return efficientKAN({
    units: output.shape[1]!,
    inputShape: [input.shape[1]!],
    gridSize: config['grid_size'],
    splineOrder: config['spline_order'],
    gridRange: config['grid_range'],
    standaloneScale: config['enable_standalone_scale_spline'],
  });
}

function fourier({ config, input, output }: Golden): KANLayer {
  return fourierKAN({
    units: output.shape[1]!,
    inputShape: [input.shape[1]!],
    numFrequencies: config['num_grids'],
    layerNorm: config['use_layernorm'],
  });
}

type Make = (file: Golden) => KANLayer;

const sizes = ({ input, output }: Golden) => ({ units: output.shape[1]!, inputShape: [input.shape[1]!] });
const centres = ({ config }: Golden) => ({
  gridMin: config['grid_min'],
  gridMax: config['grid_max'],
  numGrids: config['num_grids'],
});

const waveletNames: Record<string, WaveletType> = {
  mexican_hat: 'mexicanHat',
  morlet: 'morlet',
  dog: 'derivativeOfGaussian',
};

const makers: Record<string, Make> = {
  'efficient-kan-v0': efficient,
  'efficient-kan-v1': efficient,
  'fourier-kaf-plain': fourier,
  'fourier-kaf-layernorm': fourier,
  'fourier-classic': (file) =>
    classicFourierKAN({ ...sizes(file), gridSize: file.config['gridsize'], addBias: file.config['addbias'] }),
  chebykan: (file) => chebyshevKAN({ ...sizes(file), degree: file.config['degree'] }),
  jacobikan: (file) => {
    const { degree, a, b } = file.config as Record<string, never>;
    return jacobiKAN({ ...sizes(file), degree, a, b });
  },
  'fastkan-plain': (file) => fastKAN({ ...sizes(file), ...centres(file), layerNorm: file.config['use_layernorm'] }),
  'fastkan-layernorm': (file) => fastKAN({ ...sizes(file), ...centres(file), layerNorm: file.config['use_layernorm'] }),
  // Its gradients are not those of its outputs; ours are checked by finite differences.
  fasterkan: (file) => fasterKAN({ ...sizes(file), ...centres(file) }),
  // The sum before the batch norm; wavkan-batch-norm has the rest.
  ...Object.fromEntries(
    ['mexican-hat', 'morlet', 'dog'].map((name) => [
      `wavkan-${name}`,
      (file: Golden) =>
        waveletKAN({ ...sizes(file), waveletType: waveletNames[file.config['wavelet_type']!]!, batchNorm: false }),
    ]),
  ),
};

/** What import takes of a file: without batch norm, where the recorded output is without it. */
function stateDictOf({ config, weights, buffers, layer }: Golden): TorchStateDict {
  const all = Object.entries({ ...weights, ...buffers });
  const plain = 'wavelet_type' in config && layer !== 'WavKAN with batch norm, in training';
  return Object.fromEntries(plain ? all.filter(([name]) => !name.startsWith('bn.')) : all);
}

const files = [
  ...Object.entries(makers).flatMap(([name, make]) => [0, 1].map((i) => ({ f: `${name}-${i}`, make }))),
  ...[0, 1].map((i) => ({
    f: `rational-${i}`,
    make: (file: Golden) =>
      rationalKAN({
        ...sizes(file),
        groups: file.config['groups'],
        shareNumerator: file.config['shareNumerator'],
      }),
  })),
  { f: 'wavkan-batch-norm', make: (file: Golden) => waveletKAN(sizes(file)) },
];

/** The reference's weight that nothing uses, which the file of batch norm does not have. */
function unused(f: string, layer: KANLayer): TorchStateDict {
  return f === 'wavkan-batch-norm' ? { weight1: { shape: [layer.units, layer.inputs!], data: [] } } : {};
}

describe.each(backends)('on %s, against the PyTorch reference', (backend) => {
  beforeAll(() => useBackend(backend));

  it.each(files)('$f: output, input gradient and every weight gradient', ({ f, make }) => {
    const file = golden(f);
    const layer = make(file);
    layer.build([null, file.input.shape[1]!]);
    importTorchWeights(layer, stateDictOf(file));
    const x = toTensor(file.input);
    const y = layer.apply(x, { training: true }) as Tensor;
    expect(y.shape).toEqual(file.output.shape);
    expect(relativeError(y.dataSync(), file.output.data)).toBeLessThan(1e-4);

    if (!file.inputGradient) {
      expect(f).toMatch(/^fasterkan/);
      return;
    }
    const cotangent = toTensor(file.cotangent);
    const [dx] = grads((x: Tensor) => sum(mul(layer.apply(x, { training: true }) as Tensor, cotangent)))([x]);
    expect(relativeError(dx!.dataSync(), file.inputGradient.data)).toBeLessThan(1e-4);

    const { grads: weightGradients } = variableGrads(() =>
      sum(mul(layer.apply(x, { training: true }) as Tensor, cotangent)),
    );
    const byName = Object.fromEntries(layer.torchWeights().map((weight) => [weight.name, weight]));
    expect(Object.keys(file.gradients).length).toBe(layer.trainableWeights.length);
    for (const [name, expected] of Object.entries(file.gradients)) {
      const weight = byName[name]!;
      const got = toTorchLayout(weightGradients[(weight.variable.read() as Variable).name]!, weight);
      expect(got.shape).toEqual(expected.shape);
      expect(relativeError(got.dataSync(), expected.data), name).toBeLessThan(1e-4);
    }
    for (const weight of layer.weights) weight.dispose();
  });

  it.each(files)('$f: export is the inverse of import', async ({ f, make }) => {
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
  expect(layer.getWeights().map((w) => [...w.dataSync()])).toEqual(before);
});

function tensorArray() {
  const t = tensor([1]);
  return { shape: t.shape, data: t.dataSync() };
}
