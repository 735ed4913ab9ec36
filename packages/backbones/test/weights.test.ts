import { io, memory, randomUniform, type Tensor, tidy } from '@tensorflow/tfjs-core';
import {
  input,
  type LayersModel,
  layers,
  loadLayersModel,
  model as makeModel,
  type SymbolicTensor,
} from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { backboneByName, loadTorchWeights, setTrainable, torchWeightNames } from '../src/index.js';
import { torchVariables } from '../src/internal/torch-variables.js';
import { useBackend } from './backends.js';
import { families } from './families.js';
import { formulaStateDict, readGolden } from './formula-weights.js';

beforeAll(() => useBackend('wasm'));

function weightsOf(model: LayersModel): Map<string, Float32Array> {
  return new Map(
    torchVariables(model).map(({ name, variable }) => [name, variable.read().dataSync().slice() as Float32Array]),
  );
}

/** Names of the weights that are not equal bit by bit. (`toEqual` needs a minute for four million numbers.) */
function differing(a: Map<string, Float32Array>, b: Map<string, Float32Array>): string[] {
  expect([...b.keys()]).toEqual([...a.keys()]);
  const bytes = (values: Float32Array | undefined) => Buffer.from(values?.slice().buffer ?? new ArrayBuffer(0));
  return [...a.keys()].filter((key) => !bytes(a.get(key)).equals(bytes(b.get(key))));
}

/** Random from the start; biases and norms all begin with one value. */
function isKernel(values: Float32Array | undefined): boolean {
  return values?.some((value) => value !== values[0]) ?? false;
}

function standardDeviation(values: Float32Array): number {
  const mean = values.reduce((total, value) => total + value, 0) / values.length;
  return Math.sqrt(values.reduce((total, value) => total + (value - mean) ** 2, 0) / values.length);
}

describe.each(families)('%s', (name) => {
  const { create } = backboneByName(name);

  it('starts from the seed alone, 0 included', () => {
    const random = vi.spyOn(Math, 'random');
    const weightsFrom = (seed: number) => {
      const model = create({ imageSize: 64, seed });
      const weights = weightsOf(model);
      model.dispose();
      return weights;
    };
    const [first, other, again] = [weightsFrom(0), weightsFrom(1), weightsFrom(0)];
    expect(random).not.toHaveBeenCalled();
    random.mockRestore();
    expect(differing(first, again)).toEqual([]);
    expect(differing(first, other)).toEqual([...first.keys()].filter((key) => isKernel(first.get(key))));
  });

  it('starts as torchvision does', () => {
    const model = create({ imageSize: 64, seed: 11 });
    const seen = new Set<string>();
    for (const { name: key, shape, variable } of torchVariables(model)) {
      const values = variable.read().dataSync() as Float32Array;
      const [out, perOutput] = [shape[0] as number, shape.slice(1).reduce((product, side) => product * side, 1)];
      if (shape.length === 4) {
        // Kaiming: uniform over the fan in, or normal over the fan out.
        const expected = name.startsWith('squeezeNet')
          ? Math.sqrt(2 / perOutput)
          : Math.sqrt(2 / (out * (shape[2] as number) * (shape[3] as number)));
        const tolerance = 5 / Math.sqrt(values.length);
        expect(Math.abs(standardDeviation(values) / expected - 1), key).toBeLessThan(tolerance);
        const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
        if (name.startsWith('squeezeNet'))
          expect(largest, key).toBeLessThanOrEqual(Math.fround(Math.sqrt(6 / perOutput)));
        // A normal distribution that is cut at two deviations has none beyond.
        else if (values.length > 1000) expect(largest, key).toBeGreaterThan(2.5 * expected);
        // No two layers alike.
        expect(seen.has(values.subarray(0, 4).join())).toBe(false);
        seen.add(values.subarray(0, 4).join());
      } else {
        const one = /running_var$/.test(key) || (/weight$/.test(key) && shape.length === 1);
        expect(
          values.every((value) => value === (one ? 1 : 0)),
          key,
        ).toBe(true);
      }
    }
    model.dispose();
  });

  it('is saved and loaded by TensorFlow.js alone, with the same features', async () => {
    const model = create({ imageSize: 64, seed: 5 });
    loadTorchWeights(model, formulaStateDict(readGolden(name)));
    let artifacts: io.ModelArtifacts | undefined;
    await model.save(
      io.withSaveHandler(async (saved) => {
        artifacts = saved;
        return { modelArtifactsInfo: io.getModelArtifactsInfoForJSON(saved) };
      }),
    );
    // As from a file: through JSON, so that nothing but plain layers and numbers gets through.
    const topology = JSON.parse(JSON.stringify(artifacts?.modelTopology)) as object;
    const loaded = await loadLayersModel(
      io.fromMemory({ ...(artifacts as io.ModelArtifacts), modelTopology: topology }),
    );
    expect(torchWeightNames(loaded)).toEqual(torchWeightNames(model));
    tidy(() => {
      const x = randomUniform([2, 64, 64, 3], -1, 1, 'float32', 1);
      const [mine, theirs] = [model, loaded].map((m) => [...(m.predict(x) as Tensor).dataSync()]);
      expect(theirs).toEqual(mine);
    });
    model.dispose();
    loaded.dispose();
  });

  it('leaves no tensors behind', () => {
    const before = memory().numTensors;
    const model = create({ imageSize: 64 });
    const built = memory().numTensors;
    expect(built - before).toBe(torchWeightNames(model).length);
    loadTorchWeights(model, formulaStateDict(readGolden(name)));
    expect(memory().numTensors).toBe(built);
    model.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it('is frozen and freed, alone and as part of a model', () => {
    const backbone = create({ imageSize: 64 });
    const head = layers.dense({ units: 6, name: 'head' });
    const flat = makeModel({
      inputs: backbone.inputs,
      outputs: head.apply(backbone.outputs) as SymbolicTensor,
    });
    const all = backbone.trainableWeights.length;
    setTrainable(backbone, false);
    expect(backbone.trainableWeights).toEqual([]);
    expect(flat.trainableWeights.map(({ originalName }) => originalName)).toEqual(['head/kernel', 'head/bias']);
    setTrainable(backbone, true);
    expect(backbone.trainableWeights).toHaveLength(all);
    expect(flat.trainableWeights).toHaveLength(all + 2);
    flat.dispose();
  });

  it('is found inside a nested model', () => {
    const backbone = create({ imageSize: 64 });
    const image = input({ shape: [64, 64, 3] });
    const nested = makeModel({
      inputs: image,
      outputs: layers.dense({ units: 2 }).apply(backbone.apply(image) as typeof image) as typeof image,
    });
    expect(torchWeightNames(nested)).toEqual(torchWeightNames(backbone));
    nested.dispose();
  });

  it('refuses a state dict that does not fit, and changes nothing', () => {
    const model = create({ imageSize: 64 });
    const before = weightsOf(model);
    const stateDict = formulaStateDict(readGolden(name));
    const [first, second] = torchWeightNames(model) as [string, string];
    const { [first]: gone, ...incomplete } = stateDict;
    expect(() => loadTorchWeights(model, incomplete)).toThrow(`${first} is missing`);
    expect(() => loadTorchWeights(model, { ...stateDict, [second]: { shape: [2], data: [1, 2] } })).toThrow(
      /expected shape \[\d+\], got \[2\]/,
    );
    expect(() =>
      loadTorchWeights(model, { ...stateDict, [second]: { ...stateDict[second], data: [1] } as never }),
    ).toThrow('does not hold 1 values');
    for (const bad of [Number.NaN, Number.NEGATIVE_INFINITY, 1e39]) {
      const data = Array.from(stateDict[first]!.data);
      data[3] = bad;
      expect(() => loadTorchWeights(model, { ...stateDict, [first]: { ...stateDict[first]!, data } })).toThrow(
        `${first}: expected finite numbers of single precision, got ${bad} at place 3`,
      );
    }
    expect(() => loadTorchWeights(model, { ...stateDict, 'layer1.weight': { shape: [1], data: [1] } })).toThrow(
      'layer1.weight has no place in the model',
    );
    expect(differing(before, weightsOf(model))).toEqual([]);
    expect(gone).toBeDefined();
    loadTorchWeights(model, { ...stateDict, 'classifier.1.weight': { shape: [1], data: [1] } });
    model.dispose();
  });
});
