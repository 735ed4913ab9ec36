import { createHash } from 'node:crypto';
import { fitImage, imageFitDefaults } from '@kanrecon/image';
import { fusedPredict } from '@kanrecon/tfjs-wasm-training';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { spiralTargets } from '../../test/spiral-targets.js';
import { useWasmTraining } from '../../test/use-wasm-training.js';
import { type HeadType, headTypes } from '../heads/head-names.js';
import { createReconstructor } from './create-reconstructor.js';
import { modelByName } from './model-by-name.js';
import { studyModels } from './study-models.js';

beforeAll(useWasmTraining);

const small = { imageSize: 32, head: { type: 'fourierKAN', widths: [8], dropout: 0.4 } } as const;

/** Repeatable bytes. */
function bytes(length: number, factor = 2654435761): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => Math.imul(i + 1, factor) >>> 24);
}

describe('createReconstructor', () => {
  it.each(studyModels)('builds $name with its published number of parameters', ({ name, config, ...parts }) => {
    const reconstructor = createReconstructor({ targets: spiralTargets, ...config, imageSize: 32 });
    expect(reconstructor.name).toBe(name);
    expect(reconstructor.parameterCount.trainable).toBe(parts.backboneParameters + parts.headParameters);
    reconstructor.dispose();
  });

  // Copied from the study's table, backbone and head apart where it has them so.
  const published: [name: string, trainable: number][] = [
    ['EFFNETB0_UNLOCK_DROP_FOURIER_6', 4_047_244],
    ['EFFNETB0_UNLOCK_DROP_EFFK_6', 4_084_348],
    ['EFFNETB0_UNLOCK_NODROP_FSTK_16', 4_192_754],
    ['EFFNETB0_UNLOCK_DROP_FOURIER_16', 4_060_566],
    ['EFFNETB0_UNLOCK_NODROP_FOURIER_6', 4_047_244],
    ['EFFNETB0_UNLOCK_NODROP_EFFK_6', 4_084_348],
    ['EFFNETB0_UNLOCK_DROP_EFFK_16', 4_213_308],
    ['EFFNETB0_UNLOCK_NODROP_FOURIER_16', 4_060_566],
    ['EFFNETB0_UNLOCK_NODROP_FSTK_6', 4_076_674],
    ['EFFNETB0_LOCK_NODROP_FSTK_16', 185_206],
    ['EFFNETB0_UNLOCK_DROP_FSTK_32', 4_381_714],
    ['EFFNETB0_UNLOCK_DROP_FSTK_16', 4_192_754],
    ['SQUEEZENET_DROP4_FOURIER_DROP_256', 722_496 + 199_608],
    ['SQUEEZENET_DROP4_CLASSICA_DROP_256', 722_496 + 174_758],
  ];
  it.each(published)('builds %s by its name with %i parameters, as the study’s table says', (name, trainable) => {
    const reconstructor = createReconstructor({ targets: spiralTargets, ...modelByName(name), imageSize: 32 });
    expect(reconstructor.name).toBe(name);
    expect(reconstructor.parameterCount.trainable).toBe(trainable);
    const row = studyModels.find((model) => model.name === name)!;
    expect(row.backboneParameters + row.headParameters).toBe(trainable);
    reconstructor.dispose();
  });

  it('has the same name whatever its outputs are: that of the same network to modelByName', () => {
    const model = { backbone: 'smallCnn', head: { type: 'mlp', uncertainty: 'gaussian' }, imageSize: 32 } as const;
    // A surface of four parameters, an angle as cosine and sine, and a spread of each: 12 outputs.
    const targets = ['a', 'b', 'c', 'd', 'cos', 'sin'].map((name) => ({ name, min: 0, max: 1 }));
    const reconstructor = createReconstructor({ targets, ...model });
    expect([reconstructor.outputs, reconstructor.name]).toEqual([12, 'SMALLCNN_NODROP_CLASSICA_6']);
    const named = modelByName(reconstructor.name);
    const { backbone, head, trainBackbone } = reconstructor.config;
    expect({ backbone, head, trainBackbone }).toEqual({ ...named, head: { ...named.head, uncertainty: 'gaussian' } });
    reconstructor.dispose();
  });

  it('with a frozen backbone trains the head only', () => {
    const reconstructor = createReconstructor({
      targets: spiralTargets,
      ...small,
      backbone: 'efficientNetB0',
      trainBackbone: false,
    });
    expect(reconstructor.name).toBe('EFFNETB0_LOCK_DROP_FOURIER_DROP_8');
    const head = reconstructor.headLayers.flatMap(({ weights }) => weights);
    const size = head.reduce((total, { shape }) => total + tf.util.sizeFromShape(shape as number[]), 0);
    expect(reconstructor.parameterCount.trainable).toBe(size);
    expect(reconstructor.parameterCount.total).toBeGreaterThan(4_007_548 + size);
    reconstructor.dispose();
  });

  it('draws the same weights from the same seed, and others from another', () => {
    const weights = (seed: number, type: HeadType) => {
      const reconstructor = createReconstructor({
        targets: spiralTargets,
        ...small,
        seed,
        head: { type, widths: [8] },
      });
      // The rationals of a RationalKAN are fitted to a function, not drawn.
      const random = reconstructor.model.trainableWeights.filter(({ name }) => !/numerator|denominator/.test(name));
      const values = random.map((weight) => weight.read().dataSync() as Float32Array);
      reconstructor.dispose();
      return values;
    };
    for (const type of headTypes) {
      const one = weights(3, type);
      expect(hashes(weights(3, type))).toEqual(hashes(one));
      const other = weights(0, type);
      // A weight with two different values in it was drawn at random.
      const drawn = one.flatMap((values, i) => (values.some((value) => value !== values[0]) ? [i] : []));
      // The kernels of SqueezeNet's 25 convolutions and of two head layers.
      expect(drawn.length, type).toBeGreaterThanOrEqual(25 + 2);
      expect(drawn.filter((i) => one[i][0] === other[i][0] && one[i][1] === other[i][1])).toEqual([]);
    }
  });

  it('predicts whatever numbers are asked for', async () => {
    const targets = [
      { name: 'width', min: 2, max: 4 },
      { name: 'camera_cos', min: -1, max: 1, unit: '' },
    ];
    const reconstructor = createReconstructor({ ...small, targets });
    expect(reconstructor.targets).toEqual(targets);
    expect(reconstructor.outputs).toBe(2);
    const image = { width: 32, height: 32, data: new Uint8Array(3072).fill(90) };
    const { parameters, normalized } = await reconstructor.predict(image);
    expect(parameters).toEqual({
      width: expect.closeTo(2 + 2 * normalized[0], 6),
      camera_cos: expect.closeTo(-1 + 2 * normalized[1], 6),
    });
    reconstructor.dispose();
    const wrong = (targets: unknown) => () => createReconstructor({ ...small, targets } as never);
    expect(wrong(undefined)).toThrow('createReconstructor: targets is wrong; it must be a list, and is missing');
    expect(wrong([])).toThrow('at least one target is needed');
    expect(wrong([targets[0], targets[0]])).toThrow('no name may come twice');
    expect(wrong([{ name: 'a', min: 1, max: 1 }])).toThrow('targets.0 is wrong: its max must be above its min');
    expect(wrong([{ name: 'a', min: 0 }])).toThrow(
      'targets.0.max is wrong; it must be a finite number, and is missing;',
    );
    expect(wrong([{ name: 'a', min: 0, max: '1' }])).toThrow(
      'targets.0.max is wrong; it must be a finite number, and is "1";',
    );
    expect(wrong([{ name: '', min: 0, max: 1 }])).toThrow('targets.0.name is wrong; it must be a name;');
    expect(wrong([3])).toThrow('targets.0 is wrong; it must be an object { name, min, max }, and is 3;');
    expect(wrong('all')).toThrow('targets is wrong; it must be a list, and is "all";');
    // The words of the library that checks are not ours.
    for (const targets of [undefined, 3, [], [{}], [null], [{ name: 1 }], [{ name: 'a', min: NaN, max: 1 }]]) {
      expect(wrong(targets)).not.toThrow(/Invalid|Expected|received/);
      expect(wrong(targets)).toThrow(/^createReconstructor: targets/);
    }
  });

  it('shows the network an image as in training', async () => {
    const fit = { filter: 'box', padding: 'squash', background: [1, 2, 3] } as const;
    const reconstructor = createReconstructor({ ...small, targets: spiralTargets, fit });
    const image = { width: 50, height: 40, data: Uint8Array.from({ length: 6000 }, (_, i) => (i * 7) % 251) };
    const own = await reconstructor.predict(image);
    expect(own.normalized).toEqual(await reconstructor.predictBatch(fitImage(image, 32, fit)));
    expect(own.normalized).not.toEqual(await reconstructor.predictBatch(fitImage(image, 32)));
    expect((await reconstructor.predict(image, { ...imageFitDefaults })).normalized).toEqual(
      await reconstructor.predictBatch(fitImage(image, 32)),
    );
    reconstructor.dispose();
  });

  it('has a head that starts as PyTorch’s linear layers do', () => {
    const reconstructor = createReconstructor({
      targets: spiralTargets,
      ...small,
      head: { type: 'mlp', widths: [64] },
    });
    for (const { layer, inputs } of [
      { layer: reconstructor.headLayers[0], inputs: 512 },
      { layer: reconstructor.headLayers[1], inputs: 64 },
    ]) {
      const limit = 1 / Math.sqrt(inputs);
      for (const weight of layer.weights) {
        const values = weight.read().dataSync() as Float32Array;
        const extreme = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
        expect(extreme).toBeLessThanOrEqual(limit);
        expect(extreme).toBeGreaterThan(0.5 * limit);
      }
    }
    reconstructor.dispose();
  });
});

function hashes(list: readonly Float32Array[]): string[] {
  return list.map((values) => createHash('sha1').update(values).digest('hex'));
}

describe('Reconstructor', () => {
  it('predicts what the plain model gives for normalised images', async () => {
    const reconstructor = createReconstructor({ targets: spiralTargets, ...small });
    const images = bytes(3 * 32 * 32 * 3);
    const expected = tf.tidy(() => {
      const pixels = tf.tensor4d(Float32Array.from(images), [3, 32, 32, 3]);
      const input = tf.div(tf.sub(tf.div(pixels, 255), 0.485), 0.229);
      return (reconstructor.model.predict(input) as tf.Tensor).dataSync();
    });
    const whole = await reconstructor.predictBatch(images);
    expect(whole.length).toBe(18);
    whole.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i], 5);
    });
    expect(new Set(whole).size).toBeGreaterThan(12);
    // In batches of any size the same.
    const parts = await reconstructor.predictBatch(images, { batchSize: 2 });
    parts.forEach((value, i) => {
      expect(value).toBeCloseTo(whole[i], 5);
    });
    // Run by other means, too.
    let calls = 0;
    const apply = (model: object, input: tf.Tensor) => {
      calls++;
      return fusedPredict(model, input);
    };
    const fused = await reconstructor.predictBatch(images, { batchSize: 2, apply });
    expect(calls).toBe(2);
    fused.forEach((value, i) => {
      expect(value).toBeCloseTo(whole[i], 5);
    });
    // An option that is there but undefined is left out; a batch of none would never end.
    expect(await reconstructor.predictBatch(images, { batchSize: undefined })).toEqual(whole);
    for (const batchSize of [0, -1, 1.5, Number.NaN]) {
      await expect(reconstructor.predictBatch(images, { batchSize })).rejects.toThrow(
        `batchSize is wrong; expected a positive whole number, got ${batchSize}`,
      );
    }
    reconstructor.dispose();
  });

  it('predicts from an image of any size, in units', async () => {
    const reconstructor = createReconstructor({ targets: spiralTargets, ...small });
    const image = { width: 50, height: 30, data: bytes(50 * 30 * 3) };
    const { parameters, normalized, inRange } = await reconstructor.predict(image);
    expect(normalized).toEqual(await reconstructor.predictBatch(fitImage(image, 32)));
    spiralTargets.forEach(({ name, min, max }, i) => {
      expect(parameters[name]).toBeCloseTo(min + normalized[i] * (max - min), 6);
      expect(inRange[name]).toBe(normalized[i] >= 0 && normalized[i] <= 1);
    });
    reconstructor.dispose();
  });

  it('says what is out of range and clips only if told to', async () => {
    const reconstructor = createReconstructor({ targets: spiralTargets, ...small, head: { type: 'mlp' } });
    const bias = reconstructor.headLayers[0].weights[1];
    const values = tf.tensor1d([100, -100, 0, 0, 0, 0]);
    bias.write(values);
    const image = { width: 32, height: 32, data: bytes(32 * 32 * 3) };
    const raw = await reconstructor.predict(image);
    expect(raw.inRange).toMatchObject({ radius: false, height: false });
    expect(raw.parameters.radius).toBeGreaterThan(50);
    const clipped = await reconstructor.predict(image, { clip: true });
    expect(clipped.inRange).toEqual(raw.inRange);
    expect(clipped.parameters).toMatchObject({ radius: 1.5, height: 1 });
    reconstructor.dispose();
  });

  it('leaks nothing', async () => {
    const before = tf.memory().numTensors;
    const reconstructor = createReconstructor({ targets: spiralTargets, ...small, trainBackbone: false });
    const built = tf.memory().numTensors;
    expect(built).toBe(before + reconstructor.model.weights.length);
    await reconstructor.predictBatch(bytes(2 * 32 * 32 * 3));
    await reconstructor.predict({ width: 5, height: 5, data: bytes(75) });
    await expect(reconstructor.predictBatch(bytes(7))).rejects.toThrow(
      'expected a multiple of 32 × 32 × 3 = 3072, got 7',
    );
    expect(tf.memory().numTensors).toBe(built);
    reconstructor.dispose();
    reconstructor.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
