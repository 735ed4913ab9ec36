import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { networksFrom, smallNetwork } from '../../test/changed-artifacts.js';
import { useWasmTraining } from '../../test/use-wasm-training.js';
import { AdamW } from '../optimization/adamw.js';
import { fromArtifacts } from './from-artifacts.js';
import { fromHalf, toHalf } from './half-precision.js';
import { toArtifacts } from './to-artifacts.js';

beforeAll(useWasmTraining);

const half = { quantization: 'float16' } as const;

describe('weights in half precision', () => {
  it('take half the bytes, and are loaded rounded: large matrices, nothing else', async () => {
    const network = smallNetwork();
    const whole = await toArtifacts(network);
    const halved = await toArtifacts(network, half);
    expect([whole.manifest.version, halved.manifest.version]).toEqual([3, 4]);
    expect(halved.weights.length / whole.weights.length).toBeCloseTo(0.5, 2);
    const { reconstructor } = await fromArtifacts(halved);
    network.model.weights.forEach((weight, i) => {
      const values = weight.read().dataSync<'float32'>();
      const loaded = reconstructor.model.weights[i].read().dataSync<'float32'>();
      expect(loaded).toEqual(weight.shape.length > 1 && values.length >= 1024 ? fromHalf(toHalf(values)) : values);
    });
    // The same again from what was rounded.
    expect((await toArtifacts(reconstructor, half)).weights).toEqual(halved.weights);
    for (const one of [network, reconstructor]) one.dispose();
  });

  it("are TensorFlow.js' own format", async () => {
    const network = smallNetwork();
    const { model, weights } = await toArtifacts(network, half);
    const [{ weights: weightSpecs }] = model.weightsManifest;
    const values = tf.io.decodeWeights(weights.slice().buffer, weightSpecs as tf.io.WeightsManifestEntry[]);
    expect(Object.keys(values)).toEqual(network.model.weights.map(({ originalName }) => originalName));
    const first = network.model.weights.find(({ shape }) => shape.length > 1 && (shape[2] ?? 0) > 3)!;
    expect(values[first.originalName].dataSync()).toEqual(fromHalf(toHalf(first.read().dataSync<'float32'>())));
    tf.dispose(values);
    network.dispose();
  });

  it('leave a matrix alone that has a number beyond them', async () => {
    const network = smallNetwork();
    const at = network.model.weights.findIndex(({ shape }) => shape.length > 1 && (shape[2] ?? 0) > 3);
    const kernel = network.model.weights[at];
    kernel.write(tf.fill(kernel.shape as number[], 1e6));
    const { model, manifest, weights } = await toArtifacts(network, half);
    expect(model.weightsManifest[0].weights[at].quantization).toBeUndefined();
    const { reconstructor } = await fromArtifacts({ model, manifest, weights });
    expect(reconstructor.model.weights[at].read().dataSync()[0]).toBe(1e6);
    for (const one of [network, reconstructor]) one.dispose();
  });

  it('are not for training on, nor of another kind', async () => {
    const network = smallNetwork();
    await expect(toArtifacts(network, { ...half, optimizer: new AdamW() })).rejects.toThrow(
      'toArtifacts: an optimizer goes on from exact weights; expected no optimizer beside quantization, got both',
    );
    await expect(toArtifacts(network, { quantization: 'uint8' as 'float16' })).rejects.toThrow(
      'toArtifacts: quantization is wrong; expected float16 or nothing, got uint8',
    );
    network.dispose();
  });
});

describe('fromArtifacts', () => {
  const { expectRefusal } = networksFrom();

  it.each<[string, object | null, RegExp]>([
    ['halves that are none', { dtype: 'float16' }, /expected the \d+ bytes of weights\.bin, got \d+/],
    ['another quantization', { dtype: 'uint8', min: 0, scale: 1 }, /expected weights .* \{ dtype: "float16" \}/],
    ['a quantization of nothing', null, /expected weights .* \{ dtype: "float16" \}/],
  ])('refuses %s', (_, quantization, message) =>
    expectRefusal(({ model }) => {
      model.weightsManifest[0].weights[0].quantization = quantization;
    }, message),
  );
});
