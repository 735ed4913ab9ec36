import { writeFileSync } from 'node:fs';
import { type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { type LayersModel, layers, model as makeModel, type SymbolicTensor, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../tests/temporary-folder.js';
import {
  type BackboneName,
  backboneByName,
  loadTorchWeights,
  loadWeights,
  readSafetensors,
  saveSafetensors,
  torchWeightNames,
} from '../../src/index.js';
import { timmNames } from '../../src/internal/timm-names.js';
import { torchVariables } from '../../src/internal/torch-variables.js';
import { useBackend } from '../backends.js';
import { families } from '../families.js';
import { formulaImage, formulaStateDict, readGolden } from '../formula-weights.js';
import { python, pythonHas } from './python.js';

beforeAll(() => useBackend('wasm'));

function trained(name: BackboneName, options: { batchNormEpsilon?: number } = {}): LayersModel {
  const model = backboneByName(name).create({ imageSize: 64, ...options });
  loadTorchWeights(model, formulaStateDict(readGolden(name)));
  return model;
}

const bytesOf = (values: ArrayLike<number> | undefined) => Buffer.from(Float32Array.from(values ?? []).buffer);

describe.each(families)('%s', (name) => {
  it("is written in torch's names and layouts, to the last bit", async () => {
    const model = trained(name);
    const tensors = readSafetensors(await saveSafetensors(model));
    const expected = formulaStateDict(readGolden(name));
    expect(Object.keys(tensors)).toEqual(torchWeightNames(model));
    for (const [key, { shape, data }] of Object.entries(tensors)) {
      expect(shape, key).toEqual(expected[key]?.shape);
      expect(bytesOf(data).equals(bytesOf(expected[key]?.data)), key).toBe(true);
    }
    model.dispose();
  });

  it('is read back under either naming', async () => {
    // Of timm's norms, where its are others.
    const isMobileNet = name === 'mobileNetV3Small';
    const hasTimm = timmNames(torchVariables(backboneByName(name).create({ imageSize: 64 }))) !== undefined;
    for (const naming of hasTimm ? (['torchvision', 'timm'] as const) : (['torchvision'] as const)) {
      const epsilon = isMobileNet && naming === 'timm' ? { batchNormEpsilon: 1e-5 } : {};
      const model = trained(name, epsilon);
      const file = await saveSafetensors(model, { naming, metadata: { note: 'é "quoted"' } });
      const other = backboneByName(name).create({ imageSize: 64, seed: 9, ...epsilon });
      expect(loadWeights(other, file)).toMatchObject({ naming, loaded: torchWeightNames(model).length });
      const again = await saveSafetensors(other, { naming, metadata: { note: 'é "quoted"' } });
      expect(Buffer.from(again).equals(Buffer.from(file))).toBe(true);
      other.dispose();
      model.dispose();
    }
    const model = trained(name);
    if (isMobileNet) {
      await expect(saveSafetensors(model, { naming: 'timm' })).rejects.toThrow(
        "saveSafetensors: the names are timm's, whose batch norms have an epsilon of 0.00001; this network has 0.001",
      );
    }
    if (!hasTimm) await expect(saveSafetensors(model, { naming: 'timm' })).rejects.toThrow('timm has no such network');
    model.dispose();
  });
});

it('refuses what has no backbone, and numbers that are none', async () => {
  const head = sequential({ layers: [layers.dense({ units: 2, inputShape: [3] })] });
  await expect(saveSafetensors(head)).rejects.toThrow('saveSafetensors: the model contains no backbone');
  const model = trained('smallCnn');
  const bias = torchVariables(model).find((entry) => entry.name === 'features.2.norm.bias')?.variable;
  bias?.write(tensor(Float32Array.from({ length: 48 }, (_, i) => (i === 7 ? Number.NaN : 1))));
  await expect(saveSafetensors(model)).rejects.toThrow('features.2.norm.bias has a number that is not finite');
  model.dispose();
});

/** Two networks side by side in one model. */
function sideBySide(...names: readonly [BackboneName, BackboneName]): LayersModel {
  const input = layers.input({ shape: [64, 64, 3] }) as SymbolicTensor;
  const both = names.map((name, i) => backboneByName(name).create({ imageSize: 64, seed: i, name: `side${i}` }));
  return makeModel({ inputs: input, outputs: both.map((one) => one.apply(input) as SymbolicTensor) });
}

it('refuses odd arguments', async () => {
  const model = backboneByName('smallCnn').create({ imageSize: 64 });
  for (const [options, message] of [
    [{ naming: 'keras' }, 'saveSafetensors: naming is wrong; expected torchvision or timm, got keras'],
    [{ metadata: { epoch: 5 } }, 'saveSafetensors: metadata epoch is wrong; expected a text, got number'],
    [{ metadata: ['a'] }, 'saveSafetensors: metadata is wrong; expected an object of texts'],
    [{ metadata: null }, 'saveSafetensors: metadata is wrong; expected an object of texts'],
  ] as const) {
    await expect(saveSafetensors(model, options as never)).rejects.toThrow(message);
  }
  await expect(saveSafetensors(undefined as never)).rejects.toThrow('saveSafetensors: the backbone is wrong');
  // A DataView is bytes, too, wherever in its buffer it begins.
  const file = await saveSafetensors(model);
  const wider = new Uint8Array(file.length + 5);
  wider.set(file, 5);
  expect(loadWeights(model, new DataView(wider.buffer, 5) as never).loaded).toBe(30);
  model.dispose();
});

it('refuses two backbones whose weights no file could tell apart', async () => {
  const model = sideBySide('squeezeNet11', 'squeezeNet11');
  const sentence = 'the models side0 and side1 both have the weight features.0.weight; expected one backbone';
  await expect(saveSafetensors(model)).rejects.toThrow(`saveSafetensors: ${sentence}`);
  expect(() => loadWeights(model, {})).toThrow(`loadWeights: ${sentence}`);
  expect(() => loadTorchWeights(model, {})).toThrow(`loadTorchWeights: ${sentence}`);
  expect(() => torchWeightNames(model)).toThrow(`torchWeightNames: ${sentence}`);
  model.dispose();
});

it('takes a backbone that two nested models share for one', () => {
  const shared = backboneByName('smallCnn').create({ imageSize: 64 });
  const input = layers.input({ shape: [64, 64, 3] }) as SymbolicTensor;
  const wrap = () => {
    const inputs = layers.input({ shape: [64, 64, 3] }) as SymbolicTensor;
    return makeModel({ inputs, outputs: shared.apply(inputs) as SymbolicTensor });
  };
  const outputs = [wrap(), wrap()].map((one) => one.apply(input) as SymbolicTensor);
  expect(torchWeightNames(makeModel({ inputs: input, outputs }))).toEqual(torchWeightNames(shared));
});

it("has no names of timm's for two networks", async () => {
  const model = sideBySide('squeezeNet11', 'efficientNetLite0');
  await expect(saveSafetensors(model, { naming: 'timm' })).rejects.toThrow('timm has no such network');
  expect(() => loadWeights(model, {})).toThrow('loadWeights: the weights do not fit');
  model.dispose();
});

describe.runIf(pythonHas('torch', 'torchvision'))('in Python', () => {
  // With the safetensors package where it is installed, else by the format's definition.
  const program = `
import sys, json, struct, torch, torchvision
file = open(sys.argv[1], 'rb').read()
try:
    from safetensors.torch import load
    state = load(file)
except ImportError:
    size = struct.unpack('<Q', file[:8])[0]
    header = json.loads(file[8:8 + size])
    state = {}
    for name, entry in header.items():
        if name != '__metadata__':
            begin, end = entry['data_offsets']
            values = torch.frombuffer(bytearray(file[8 + size + begin:8 + size + end]), dtype=torch.float32)
            state[name] = values.reshape(entry['shape'])
net = getattr(torchvision.models, sys.argv[2])().eval()
missing, unexpected = net.load_state_dict(state, strict=False)
image = torch.tensor(json.loads(sys.argv[3])).reshape(1, 64, 64, 3).permute(0, 3, 1, 2)
pooled = net.features(image).mean((2, 3)).flatten().tolist()
print(json.dumps({'missing': missing, 'unexpected': unexpected, 'pooled': pooled}))`;

  it.each([
    ['squeezeNet11', 'squeezenet1_1'],
    ['efficientNetB0', 'efficientnet_b0'],
  ] as const)('%s is read and gives the same features', async (name, torchName) => {
    const model = backboneByName(name).create({ imageSize: 64, seed: 4 });
    const file = `${temporaryFolder()}/weights.safetensors`;
    writeFileSync(file, await saveSafetensors(model));
    const image = Array.from(formulaImage([1, 3, 64, 64]), (value) => Number(value.toFixed(5)));
    const { missing, unexpected, pooled } = JSON.parse(python(program, file, torchName, JSON.stringify(image)));
    // torch counts batches by itself where a file has no counts.
    expect(missing.filter((one: string) => !/^classifier|num_batches_tracked$/.test(one))).toEqual([]);
    expect(unexpected).toEqual([]);
    const ours = tidy(() => [...(model.predict(tensor(image, [1, 64, 64, 3])) as Tensor).dataSync()]);
    const scale = Math.max(...ours.map(Math.abs));
    expect(pooled).toHaveLength(ours.length);
    for (const [i, value] of ours.entries()) expect(Math.abs(value - pooled[i]) / scale).toBeLessThan(1e-5);
    model.dispose();
  });
});
