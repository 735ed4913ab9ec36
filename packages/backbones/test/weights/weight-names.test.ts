import { readFileSync } from 'node:fs';
import { memory } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  backboneByName,
  backboneNames,
  loadWeights,
  mobileNetV3Small,
  smallCnn,
  squeezeNet11,
  type TorchTensor,
  torchWeightNames,
} from '../../src/index.js';
import { timmNames } from '../../src/internal/timm-names.js';
import { torchVariables } from '../../src/internal/torch-variables.js';
import { useBackend } from '../backends.js';
import { formulaStateDict, readGolden } from '../formula-weights.js';
import { features, relativeError, renamed } from './loading.js';
import { writeCheckpoint } from './write-checkpoint.js';

beforeAll(() => useBackend('wasm'));

let model: LayersModel | undefined;
afterEach(() => {
  model?.dispose();
  model = undefined;
});

const timmGolden = JSON.parse(
  readFileSync(new URL('../golden/weights/timm-names.json', import.meta.url), 'utf8'),
) as Record<string, string[]>;

describe('names', () => {
  it("of timm are timm's, in timm's own order", () => {
    for (const entry of backboneNames.map(backboneByName)) {
      const names = timmGolden[entry.timmName as string];
      if (!names) continue;
      const network = entry.create({ imageSize: 32 });
      const theirs = names
        .filter((one) => !/^classifier|num_batches_tracked$|^conv_head.bias/.test(one))
        .filter(
          // Of MobileNets it stands behind the pooling.
          (one) => entry.name !== 'mobileNetV3Small' || one !== 'conv_head.weight',
        );
      expect(timmNames(torchVariables(network))).toEqual(theirs);
      network.dispose();
    }
  });

  it('of timm are none for networks that it does not have', () => {
    for (const create of [squeezeNet11, smallCnn]) {
      model = create({ imageSize: 32 });
      expect(timmNames(torchVariables(model))).toBeUndefined();
      model.dispose();
      model = undefined;
    }
  });

  it.each([
    ['torchvision', 'squeezeNet11', '', undefined],
    ['torchvision', 'squeezeNet11', 'backbone.', 'model_state_dict'],
    ['torchvision', 'efficientNetB0', 'module.', 'state_dict'],
    ['torchvision', 'smallCnn', 'net.encoder.', 'model'],
    ['timm', 'efficientNetB0', '', undefined],
    ['timm', 'efficientNetB0', 'backbone.', 'model_state_dict'],
    ['timm', 'efficientNetB1', '', undefined],
    ['timm', 'efficientNetLite0', '', undefined],
    ['torchvision', 'mobileNetV3Small', '', undefined],
    ['torchvision', 'squeezeNet10', '', undefined],
  ] as const)('of %s are found: %s with "%s" before them', (naming, name, prefix, key) => {
    const golden = readGolden(name);
    model = backboneByName(name).create({ imageSize: 64 });
    const stateDict = formulaStateDict(golden);
    const weights = Object.fromEntries(torchWeightNames(model).map((one) => [one, stateDict[one] as TorchTensor]));
    const names = naming === 'timm' ? timmNames(torchVariables(model)) : torchWeightNames(model);
    const head = { 'fc1.weight': { shape: [2, 2], data: [1, 2, 3, 4] }, 'fc1.bias': { shape: [1], data: [1] } };
    const others: Record<string, TorchTensor> = prefix === '' || prefix === 'module.' ? {} : head;
    others[`${prefix}classifier.1.weight`] = { shape: [1], data: [1] };
    const before = memory().numTensors;
    const result = loadWeights(
      model,
      writeCheckpoint({ ...renamed(weights, names as string[], prefix), ...others }, key),
      prefix === 'module.' ? { prefix } : {},
    );
    expect(memory().numTensors).toBe(before);
    expect(result).toMatchObject({ naming, prefix, loaded: names?.length });
    expect([...result.passedOver].sort()).toEqual(Object.keys(others).sort());
    expect(relativeError(features(model), golden.eval.pooled.data)).toBeLessThan(1e-5);
  });

  it("of timm's MobileNet need its epsilon", () => {
    model = mobileNetV3Small({ imageSize: 64 });
    const stateDict = formulaStateDict(readGolden('mobileNetV3Small'));
    const weights = torchWeightNames(model).map((one) => [one, stateDict[one] as TorchTensor]);
    const theirs = renamed(Object.fromEntries(weights), timmNames(torchVariables(model)) as string[]);
    theirs['conv_head.weight'] = { shape: [1024, 576, 1, 1], data: [] };
    theirs['conv_head.bias'] = { shape: [1024], data: [] };
    expect(() => loadWeights(model as LayersModel, theirs)).toThrow('build it with { batchNormEpsilon: 0.00001 }');
    model.dispose();
    model = mobileNetV3Small({ imageSize: 64, batchNormEpsilon: 1e-5 });
    expect(loadWeights(model, theirs)).toMatchObject({
      naming: 'timm',
      passedOver: ['conv_head.weight', 'conv_head.bias'],
    });
    // Another epsilon, other features.
    expect(relativeError(features(model), readGolden('mobileNetV3Small').eval.pooled.data)).toBeGreaterThan(1e-4);
  });

  it('of two networks in one file are asked about', () => {
    model = squeezeNet11({ imageSize: 64 });
    const stateDict = formulaStateDict(readGolden('squeezeNet11'));
    const names = Object.keys(stateDict);
    const both = { ...renamed(stateDict, names, 'student.'), ...renamed(stateDict, names, 'teacher.') };
    expect(() => loadWeights(model as LayersModel, both)).toThrow(
      'holds 2 such networks; expected the option prefix, one of "student.", "teacher."',
    );
    expect(loadWeights(model, both, { prefix: 'teacher.' }).passedOver).toHaveLength(names.length);
  });
});
