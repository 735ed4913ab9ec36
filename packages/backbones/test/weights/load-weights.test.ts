import type { LayersModel } from '@tensorflow/tfjs-layers';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  loadWeights,
  mobileNetV3Small,
  smallCnn,
  squeezeNet11,
  type TorchTensor,
  torchWeightNames,
  WeightMismatchError,
} from '../../src/index.js';
import { useBackend } from '../backends.js';
import { formulaStateDict, readGolden } from '../formula-weights.js';
import { caught, features } from './loading.js';

beforeAll(() => useBackend('wasm'));

let model: LayersModel | undefined;
afterEach(() => {
  model?.dispose();
  model = undefined;
});

describe('what does not fit', () => {
  const stateDict = () => formulaStateDict(readGolden('squeezeNet11'));

  it('is listed by name, all of it, and nothing is changed', () => {
    model = squeezeNet11({ imageSize: 64 });
    const before = features(model);
    const names = torchWeightNames(model);
    const changed: Record<string, TorchTensor> = { ...stateDict(), 'layer1.weight': { shape: [1], data: [1] } };
    const missing = names.slice(0, 9);
    for (const name of missing) delete changed[name];
    changed[names[10] as string] = { shape: [3, 2], data: [1, 2, 3, 4, 5, 6] };
    changed[names[11] as string] = { ...(changed[names[11] as string] as TorchTensor), data: [Number.NaN] };
    const error = caught(() => loadWeights(model as LayersModel, changed)) as WeightMismatchError;
    expect(error).toBeInstanceOf(WeightMismatchError);
    expect(error.missing).toEqual(missing);
    expect(error.unexpected).toEqual(['layer1.weight']);
    expect(error.misshapen).toEqual([{ name: names[10], expected: expect.anything(), got: [3, 2] }]);
    expect(error.unusable).toEqual([{ name: names[11], reason: expect.stringContaining('does not hold 1 values') }]);
    for (const name of [...missing, 'layer1.weight', names[10], names[11]]) expect(error.message).toContain(name);
    expect(features(model)).toEqual(before);
  });

  it('is told in short where it is another network', () => {
    model = squeezeNet11({ imageSize: 64 });
    const other = { 'conv1.weight': { shape: [1], data: [1] }, 'bn1.bias': { shape: [1], data: [1] } };
    expect(() => loadWeights(model as LayersModel, other)).toThrow(
      "loadWeights: the weights do not fit: none of the model's 50 weights is among them, so they are of another network; expected features.0.weight, features.0.bias, features.3.squeeze.weight, features.3.squeeze.bias, … (50), got conv1.weight, bn1.bias",
    );
  });

  it('is a tensor of whole numbers', () => {
    model = smallCnn({ imageSize: 32 });
    const header = { 'features.0.norm.bias': { dtype: 'I32', shape: [16], data_offsets: [0, 64] } };
    const text = JSON.stringify(header);
    const file = new Uint8Array(8 + text.length + 64);
    new DataView(file.buffer).setUint32(0, text.length, true);
    file.set(new TextEncoder().encode(text), 8);
    const error = caught(() => loadWeights(model as LayersModel, file)) as WeightMismatchError;
    expect(error.unusable).toEqual([
      { name: 'features.0.norm.bias', reason: 'expected floating-point numbers, got I32' },
    ]);
  });

  it('is a variance below 0, of which a norm would make NaN', () => {
    model = smallCnn({ imageSize: 32 });
    const changed = formulaStateDict(readGolden('smallCnn'));
    const name = 'features.1.norm.running_var';
    const one = changed[name] as TorchTensor;
    changed[name] = { ...one, data: Float32Array.from(one.data, (value, i) => (i === 3 ? -1 : value)) };
    const error = caught(() => loadWeights(model as LayersModel, changed)) as WeightMismatchError;
    expect(error.unusable).toEqual([{ name, reason: 'expected variances of at least 0, got -1 at place 3' }]);
    changed[name] = { ...one, data: new Float32Array(one.data.length) };
    expect(loadWeights(model, changed).loaded).toBe(30);
  });

  it('is a model without a backbone, or no source', () => {
    model = squeezeNet11({ imageSize: 64 });
    expect(() => loadWeights(model as LayersModel, null as never)).toThrow('got null');
    for (const source of [null, undefined, 'weights.pt', 3]) {
      expect(() => loadWeights(model as LayersModel, source as never)).toThrow(
        'the source is wrong; expected the bytes',
      );
    }
    for (const [source, what] of [
      [Promise.resolve(new Uint8Array()), 'a promise (await it)'],
      [new Map(), 'a Map'],
      [new Blob(), 'a Blob'],
      [[], 'an array'],
    ] as const) {
      expect(() => loadWeights(model as LayersModel, source as never)).toThrow(
        `source is wrong; expected the bytes of a file, tensors by name or a model.json with its files, got ${what}`,
      );
    }
    expect(() => loadWeights(model as LayersModel, {}, { prefix: 5 } as never)).toThrow(
      'prefix is wrong; expected a text',
    );
    expect(() => loadWeights(model as LayersModel, { a: 3 } as never)).toThrow('a in the source is no tensor');
    expect(() => loadWeights(model as LayersModel, {}, { prefixes: '' } as never)).toThrow('did you mean prefix?');
  });
});

it('says which epsilon the norms have that the weights are run with', () => {
  const stateDict = formulaStateDict(readGolden('mobileNetV3Small'));
  for (const [options, batchNormEpsilon] of [
    [{}, 1e-3],
    [{ batchNormEpsilon: 1e-5 }, 1e-5],
  ] as const) {
    model?.dispose();
    model = mobileNetV3Small({ imageSize: 64, ...options });
    expect(loadWeights(model, stateDict)).toMatchObject({ naming: 'torchvision', batchNormEpsilon });
  }
  model?.dispose();
  model = squeezeNet11({ imageSize: 64 });
  expect(loadWeights(model, formulaStateDict(readGolden('squeezeNet11'))).batchNormEpsilon).toBeUndefined();
});
