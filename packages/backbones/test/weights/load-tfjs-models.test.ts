import { io, memory } from '@tensorflow/tfjs-core';
import { type LayersModel, layers, model as makeModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  loadTorchWeights,
  loadWeights,
  smallCnn,
  squeezeNet11,
  WeightFileError,
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
