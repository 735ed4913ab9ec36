import { readSafetensorsMetadata, writeSafetensors } from '@kanrecon/backbones';
import { registerKanLayers } from '@kanrecon/kan-layers';
import { io, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { formulaImage } from '../../../backbones/test/formula-weights.js';
import { spiralTargets } from '../../test/spiral-targets.js';
import { useWasmTraining } from '../../test/use-wasm-training.js';
import { headTypes } from '../heads/head-names.js';
import { importCheckpoint } from '../import/import-checkpoint.js';
import { createReconstructor } from '../network/create-reconstructor.js';
import { describeNetwork } from './describe-network.js';
import { fromSafetensors, isReconstructorFile } from './from-safetensors.js';
import { toLayersModel } from './to-layers-model.js';
import { toSafetensors } from './to-safetensors.js';

beforeAll(useWasmTraining);

const card = { scene: { name: 'study' }, scores: { r2: 0.5 } };

function network(type: (typeof headTypes)[number], uncertainty: 'none' | 'gaussian' = 'none') {
  const head = { type, widths: [5], dropout: 0.25, uncertainty };
  return createReconstructor({ targets: spiralTargets, backbone: 'smallCnn', imageSize: 32, head, seed: 4, card });
}

const image = Array.from(formulaImage([2, 3, 32, 32]));

function outputs({ model }: { readonly model: ReturnType<typeof network>['model'] }): number[] {
  return tidy(() => [...(model.predict(tensor(image, [2, 32, 32, 3])) as Tensor).dataSync()]);
}

describe('a safetensors file', () => {
  it.each(headTypes)('of a network with the head %s gives the same network', async (type) => {
    const one = network(type, 'gaussian');
    const file = await toSafetensors(one, { licence: 'MIT' });
    expect(isReconstructorFile(file)).toBe(true);
    const again = fromSafetensors(file);
    expect(again.config).toEqual(one.config);
    expect(again.targets).toEqual(one.targets);
    expect(again.card).toEqual(card);
    expect(outputs(again)).toEqual(outputs(one));
    for (const each of [one, again]) each.dispose();
  });

  it.each(['mlp', 'fourierKAN', 'efficientKAN', 'fastKAN'] as const)(
    "is a checkpoint under the study's names: %s",
    async (type) => {
      const one = network(type);
      const again = importCheckpoint(await toSafetensors(one), { targets: spiralTargets, imageSize: 32 });
      expect(outputs(again)).toEqual(outputs(one));
      for (const each of [one, again]) each.dispose();
    },
  );

  it('is told from others by its header, and refused where that is wrong', async () => {
    const one = network('mlp');
    const file = await toSafetensors(one);
    const metadata = readSafetensorsMetadata(file);
    expect(metadata).toEqual({ format: 'pt', ...describeNetwork(one) });
    const with_ = (changes: Record<string, string>) => writeSafetensors({}, { ...metadata, ...changes });
    expect(isReconstructorFile(writeSafetensors({}))).toBe(false);
    expect(isReconstructorFile(new Uint8Array(4))).toBe(false);
    const refused = (bytes: Uint8Array) => expect(() => fromSafetensors(bytes));
    refused(writeSafetensors({})).toThrow(/fromSafetensors: kanrecon\.config is missing/);
    refused(with_({ 'kanrecon.config': '{' })).toThrow(/kanrecon\.config in the header is no JSON/);
    refused(with_({ 'kanrecon.config': '{"backbone":"vgg"}' })).toThrow(/backbone is wrong; expected/);
    refused(with_({ 'kanrecon.targets': '[]' })).toThrow(/at least one target/);
    refused(with_({ 'kanrecon.card': '[]' })).toThrow(/kanrecon\.card in the header is no object/);
    refused(with_({})).toThrow(/the weights do not fit: none of the model's 30 weights/);
    const stray = { shape: [1], data: Float32Array.of(1) };
    refused(writeSafetensors({ 'fc3.weight': stray }, metadata)).toThrow(/fc3\.weight belongs neither/);
    one.dispose();
  });

  it('holds finite numbers only', async () => {
    const one = network('mlp');
    const layer = one.headLayers.at(-1)!;
    layer.setWeights(
      layer.weights.map(({ shape }) =>
        tensor(new Float32Array(shape.reduce<number>((a, b) => a * b!, 1)).fill(NaN), shape as number[]),
      ),
    );
    await expect(toSafetensors(one)).rejects.toThrow(/the weight weight of head_1 has a number that is not finite/);
    one.dispose();
  });
});

describe('a layers model', () => {
  it.each(['mlp', 'fourierKAN', 'waveletKAN'] as const)('is read by tf.loadLayersModel: head %s', async (type) => {
    const one = network(type);
    const files = await toLayersModel(one);
    const { modelTopology, weightsManifest, userDefinedMetadata } = JSON.parse(files['model.json']);
    expect(weightsManifest.map(({ paths }: { paths: string[] }) => paths)).toEqual([['weights.bin']]);
    expect(JSON.parse(userDefinedMetadata['kanrecon.targets'])).toEqual(spiralTargets);
    registerKanLayers();
    const weightSpecs = weightsManifest[0].weights;
    expect(
      weightSpecs.every(({ dtype, quantization }: Record<string, unknown>) => dtype === 'float32' && !quantization),
    ).toBe(true);
    const weightData = files['weights.bin'].slice().buffer;
    const model = await loadLayersModel(io.fromMemory({ modelTopology, weightSpecs, weightData, userDefinedMetadata }));
    expect(outputs({ model })).toEqual(outputs(one));
    for (const each of [model, one]) each.dispose();
  });
});

describe('describeNetwork', () => {
  it('says what numbers mean', () => {
    const pair = ['camera_y_cos', 'camera_y_sin', 'lone_cos'].map((name) => ({ name, min: -1, max: 1 }));
    const one = createReconstructor({ targets: pair, backbone: 'smallCnn', imageSize: 32, mean: [0.1, 0.2, 0.3] });
    const texts = describeNetwork(one, { licence: 'MIT' });
    expect(JSON.parse(texts['kanrecon.angles']!)).toEqual({ camera_y: 'atan2(camera_y_sin, camera_y_cos)' });
    expect(texts['kanrecon.licence']).toBe('MIT');
    expect(JSON.parse(texts['kanrecon.preprocessing']!)).toMatchObject({
      ...{ width: 32, height: 32, channels: 'RGB', filter: 'lanczos', padding: 'letterbox' },
      ...{ background: [197, 197, 197], mean: [0.1, 0.2, 0.3], std: 0.229 },
    });
    expect(texts['kanrecon.scene']).toBeUndefined();
    one.dispose();
  });
});
