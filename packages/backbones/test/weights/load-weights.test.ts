import { readFileSync } from 'node:fs';
import { io, memory, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { type LayersModel, layers, model as makeModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../tests/temporary-folder.js';
import {
  backboneByName,
  backboneNames,
  loadTorchWeights,
  loadWeights,
  mobileNetV3Small,
  smallCnn,
  squeezeNet11,
  type TorchTensor,
  torchWeightNames,
  WeightFileError,
  WeightMismatchError,
} from '../../src/index.js';
import { timmNames } from '../../src/internal/timm-names.js';
import { torchVariables } from '../../src/internal/torch-variables.js';
import { useBackend } from '../backends.js';
import { formulaImage, formulaStateDict, readGolden } from '../formula-weights.js';
import { python, pythonHas } from './python.js';
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

function features(network: LayersModel): number[] {
  const image = tensor(formulaImage([2, 3, 64, 64]), [2, 64, 64, 3]);
  const out = tidy(() => [...(network.predict(image) as Tensor).dataSync()]);
  image.dispose();
  return out;
}

/** The largest difference over the largest number that is expected. */
function relativeError(actual: readonly number[], expected: readonly number[]): number {
  expect(actual.length).toBe(expected.length);
  const scale = Math.max(...expected.map(Math.abs));
  return Math.max(...expected.map((value, i) => Math.abs(value - (actual[i] as number)))) / scale;
}

/** The tensors of a state dict under other names. */
function renamed(tensors: Record<string, TorchTensor>, names: readonly string[], prefix = '') {
  return Object.fromEntries(Object.values(tensors).map((one, i) => [`${prefix}${names[i]}`, one]));
}

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
    expect(() => loadWeights(model as LayersModel, { a: 3 } as never)).toThrow('a in the source is no tensor');
    expect(() => loadWeights(model as LayersModel, {}, { prefixes: '' } as never)).toThrow('did you mean prefix?');
  });
});

const saved = async (network: LayersModel) => {
  let artifacts: io.ModelArtifacts | undefined;
  await network.save(
    io.withSaveHandler(async (given) => {
      artifacts = given;
      return { modelArtifactsInfo: io.getModelArtifactsInfoForJSON(given) };
    }),
  );
  return artifacts as io.ModelArtifacts;
};

describe("TensorFlow.js' own models", () => {
  it('are read from artifacts, and from model.json with its files', async () => {
    const trained = smallCnn({ imageSize: 64 });
    loadTorchWeights(trained, formulaStateDict(readGolden('smallCnn')));
    const artifacts = await saved(trained);
    const data = new Uint8Array(io.CompositeArrayBuffer.join(artifacts.weightData));
    const modelJson = {
      modelTopology: artifacts.modelTopology,
      weightsManifest: [{ paths: ['a.bin', 'b.bin'], weights: artifacts.weightSpecs }],
    };
    const files = { 'a.bin': data.subarray(0, 1001), 'b.bin': data.slice(1001).buffer };
    for (const source of [artifacts, { modelJson, files }, { modelJson: JSON.stringify(modelJson), files }]) {
      model = smallCnn({ imageSize: 64, seed: 5 });
      expect(features(model)).not.toEqual(features(trained));
      const before = memory().numTensors;
      expect(loadWeights(model, source)).toEqual({
        naming: 'tfjs',
        prefix: '',
        loaded: 30,
        passedOver: [],
        batchNormEpsilon: 1e-5,
      });
      expect(memory().numTensors).toBe(before);
      expect(features(model)).toEqual(features(trained));
      model.dispose();
    }
    model = smallCnn({ imageSize: 64 });
    for (const [source, message] of [
      [{ modelJson, files: { 'a.bin': files['a.bin'] } }, /the file "b.bin" that model.json names is missing/],
      [{ modelJson, files: { ...files, 'b.bin': data } }, /have 1586341 bytes; expected 1575104|bytes; expected/],
      [{ modelJson: '{', files }, /model.json is no JSON/],
      [{ modelJson: {}, files }, /no weightsManifest/],
      [{ modelJson: null, files }, /model.json is no JSON object/],
      [{ modelJson }, /its files are missing; expected { modelJson, files }/],
      [{ modelJson: { weightsManifest: [null] }, files }, /has no paths or weights/],
      [{ modelJson, files: { ...files, 'a.bin': 'abc' } }, /the file "a.bin" is no ArrayBuffer or Uint8Array/],
      [{ modelJson: { weightsManifest: [{ paths: ['toString'], weights: [] }] }, files }, /"toString".* is missing/],
    ] as const) {
      expect(() => loadWeights(model as LayersModel, source as never)).toThrow(message);
      expect(() => loadWeights(model as LayersModel, source as never)).toThrow(WeightFileError);
    }
    const other = squeezeNet11({ imageSize: 64 });
    expect(() => loadWeights(other, artifacts)).toThrow(WeightMismatchError);
    other.dispose();
    trained.dispose();
  });
});

it('a head of a model that TensorFlow.js saved is passed over, other weights of a backbone are not', async () => {
  const trained = smallCnn({ imageSize: 64, seed: 2 });
  const outputs = layers.dense({ units: 2, name: 'dense_Dense1' }).apply(trained.outputs) as SymbolicTensor;
  const artifacts = await saved(makeModel({ inputs: trained.inputs, outputs }));
  model = smallCnn({ imageSize: 64, seed: 5 });
  expect(loadWeights(model, artifacts)).toMatchObject({
    loaded: 30,
    passedOver: ['dense_Dense1/kernel', 'dense_Dense1/bias'],
  });
  expect(features(model)).toEqual(features(trained));
  const weightSpecs = artifacts.weightSpecs?.map((spec) =>
    spec.name === 'dense_Dense1/bias' ? { ...spec, name: 'features.9/bias' } : spec,
  );
  const error = caught(() => loadWeights(model as LayersModel, { ...artifacts, weightSpecs } as io.ModelArtifacts));
  expect((error as WeightMismatchError).unexpected).toEqual(['features.9/bias']);
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

describe.runIf(pythonHas('torch', 'torchvision', 'timm'))('what timm saves', () => {
  it.each(['efficientNetB0', 'efficientNetB2', 'efficientNetLite0', 'mobileNetV3Small'] as const)(
    'gives the same features here: %s',
    async (name) => {
      const folder = temporaryFolder();
      const { timmName, create } = backboneByName(name);
      const head =
        name === 'mobileNetV3Small' ? 'net.blocks(net.bn1(net.conv_stem(image)))' : 'net.forward_features(image)';
      const program = `
import sys, json, torch, timm
torch.manual_seed(3)
net = timm.create_model('${timmName}').eval()
torch.save({'model_state_dict': {'backbone.' + k: v for k, v in net.state_dict().items()}}, sys.argv[1] + '/weights.pt')
image = torch.tensor(json.loads(sys.argv[2])).reshape(1, 64, 64, 3).permute(0, 3, 1, 2)
print(json.dumps(${head}.mean((2, 3)).flatten().tolist()))`;
      const image = Array.from(formulaImage([1, 3, 64, 64]), (value) => Number(value.toFixed(5)));
      const expected = JSON.parse(python(program, folder, JSON.stringify(image)));
      model = create({ imageSize: 64, batchNormEpsilon: 1e-5 });
      expect(loadWeights(model, readFileSync(`${folder}/weights.pt`)).naming).toBe('timm');
      const input = tensor(image, [1, 64, 64, 3]);
      const actual = tidy(() => [...((model as LayersModel).predict(input) as Tensor).dataSync()]);
      input.dispose();
      expect(relativeError(actual, expected)).toBeLessThan(1e-5);
    },
  );
});

describe.runIf(pythonHas('torch', 'torchvision'))('what torchvision saves', () => {
  it.each([
    ['squeezeNet11', 'squeezenet1_1'],
    ['efficientNetB0', 'efficientnet_b0'],
  ] as const)('gives the same features here: %s', async (name, torchName) => {
    const folder = temporaryFolder();
    const program = `
import sys, json, torch, torchvision
torch.manual_seed(3)
net = torchvision.models.${torchName}().eval()
torch.save(net.state_dict(), sys.argv[1] + '/zip.pt')
torch.save({'epoch': 1, 'state_dict': net.state_dict()}, sys.argv[1] + '/legacy.pt', _use_new_zipfile_serialization=False)
image = torch.tensor(json.loads(sys.argv[2])).reshape(1, 64, 64, 3).permute(0, 3, 1, 2)
print(json.dumps(net.features(image).mean((2, 3)).flatten().tolist()))`;
    const image = [...formulaImage([1, 3, 64, 64])];
    const expected = JSON.parse(python(program, folder, JSON.stringify(image.map((v) => Number(v.toFixed(5))))));
    const input = tensor(
      image.map((v) => Number(v.toFixed(5))),
      [1, 64, 64, 3],
    );
    for (const file of ['zip.pt', 'legacy.pt']) {
      model = backboneByName(name).create({ imageSize: 64 });
      const { loaded, naming } = loadWeights(model, readFileSync(`${folder}/${file}`));
      expect([loaded, naming]).toEqual([torchWeightNames(model).length, 'torchvision']);
      const actual = tidy(() => [...((model as LayersModel).predict(input) as Tensor).dataSync()]);
      expect(relativeError(actual, expected)).toBeLessThan(1e-5);
      model.dispose();
    }
    input.dispose();
    model = undefined;
  });
});

function caught(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
