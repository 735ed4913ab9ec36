import { enableWasmTraining, fusedPredict } from '@kanrecon/tfjs-wasm-training';
import '@tensorflow/tfjs-backend-wasm';
import { memory, setBackend, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { backboneByName, backboneNames, freeze, loadTorchWeights } from '../src/index.js';
import { formulaImage, formulaStateDict, readGolden } from './formula-weights.js';

beforeAll(async () => {
  await enableWasmTraining();
  await setBackend('wasm');
});

describe.each(backboneNames)('fusedPredict of %s', (name) => {
  it("has torch's pooled features, frozen too, and leaves no tensors", () => {
    const golden = readGolden(name);
    const model = backboneByName(name).create({ imageSize: 64 });
    loadTorchWeights(model, formulaStateDict(golden));
    const [batch, channels, height, width] = golden.input.shape as [number, number, number, number];
    const image = tensor(formulaImage(golden.input.shape), [batch, height, width, channels]);
    const before = memory().numTensors;
    const expected = golden.eval.pooled.data;
    const scale = Math.max(...expected.map(Math.abs));
    for (const prepare of [() => undefined, () => freeze(model)]) {
      prepare();
      const features = tidy(() => (fusedPredict(model, image) as Tensor).dataSync());
      expect(features.length).toBe(expected.length);
      expect(Math.max(...features.map((value, i) => Math.abs(value - (expected[i] as number))))).toBeLessThan(
        1e-5 * scale,
      );
    }
    expect(memory().numTensors).toBe(before);
    model.dispose();
  });
});
