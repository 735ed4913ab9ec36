import '@tensorflow/tfjs-backend-cpu';
import { refineGrids } from '@kanrecon/kan-layers';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { type Change, networksFrom, type OpenLayer, smallNetwork } from '../../test/changed-artifacts.js';
import { Reconstructor } from '../network/reconstructor.js';
import { fromArtifacts } from './from-artifacts.js';
import { toArtifacts } from './to-artifacts.js';

const { changed, expectRefusal } = networksFrom();
const images = Uint8Array.from({ length: 32 * 32 * 3 }, (_, i) => Math.imul(i + 1, 2654435761) >>> 24);

async function predictionOf(change: Change): Promise<Float32Array> {
  const { reconstructor } = await fromArtifacts(await changed(change));
  try {
    return await reconstructor.predictBatch(images);
  } finally {
    reconstructor.dispose();
  }
}

describe('a network in model.json that is not that of config.json', () => {
  it.each<[string, Change, string]>([
    [
      'another activation',
      ({ layer }) => {
        layer('features.2').config.activation = 'sigmoid';
      },
      'the network in model.json is not that of config.json (backbone smallCnn, head efficientKAN with layers of 4): activation of the layer "features.2" is wrong; expected "relu", got "sigmoid"; use both files of one save',
    ],
    [
      'no activation',
      ({ layer }) => {
        delete layer('features.2').config.activation;
      },
      'activation of the layer "features.2" is wrong; expected "relu", got nothing',
    ],
    [
      'an activation within a layer',
      ({ layer }) => {
        layer('head_0').config.base_activation = 'relu';
      },
      'base_activation of the layer "head_0" is wrong; expected "swish", got "relu"',
    ],
    [
      'another kind of numbers',
      ({ layer }) => {
        layer('features.1.conv').config.dtype = 'int32';
      },
      'dtype of the layer "features.1.conv" is wrong; expected nothing, got "int32"',
    ],
    [
      'a constraint',
      ({ layer }) => {
        layer('features.1.conv').config.kernel_constraint = { class_name: 'NonNeg', config: {} };
      },
      'kernel_constraint of the layer "features.1.conv" is wrong; expected null, got {"class_name":"NonNeg","config":{}}',
    ],
    [
      'less dropout',
      ({ layer }) => {
        layer('head_dropout_0').config.rate = 0;
      },
      'rate of the layer "head_dropout_0" is wrong; expected 0.1, got 0',
    ],
    [
      'a layer left out',
      ({ layer, layers }) => {
        layers.splice(layers.indexOf(layer('features.3')), 1);
        layer('features.4.conv').inbound_nodes = [[['features.3.norm', 0, 0, {}]]];
      },
      'the layer "features.3.norm" is wrong; expected "features.3" of the kind Activation, got "BatchNormalization"',
    ],
    [
      'a layer that leads nowhere',
      ({ layer, layers }) => {
        layers.push({ ...structuredClone(layer('features.3')), name: 'idle' });
        layers.at(-1)!.config.name = 'idle';
      },
      'the layer "idle" does not lead to its output',
    ],
    [
      'another backbone',
      ({ manifest }) => {
        manifest.config.head.type = 'mlp';
      },
      'the layer "head_1" is wrong; expected "head_1" of the kind Dense, got "KanLayersEfficientKAN"',
    ],
  ])('is refused: %s', (_, change, message) => expectRefusal(change, message));

  it('loads where only names and starts differ, or what its layers did not have once', async () => {
    const before = await predictionOf(() => {});
    const other: Change = ({ layer, layers, model }) => {
      layer('head_0').config.seed = 7;
      layer('head_0').config.scale_noise = 0.5;
      layer('features.1.conv').config.kernel_initializer = { class_name: 'Nonsense' };
      delete layer('head_0').config.extrapolation;
      delete layer('head_0').config.edge_mask;
      rename(layers, 'features.1.conv', 'conv2d_7');
      for (const weight of model.weightsManifest[0].weights) {
        weight.name = weight.name.replace('features.1.conv/', 'conv2d_7/');
      }
      layers.reverse();
    };
    expect(await predictionOf(other)).toEqual(before);
  });

  function rename(layers: OpenLayer[], from: string, to: string): void {
    for (const layer of layers) {
      if (layer.name === from) layer.name = layer.config.name = to;
      for (const input of layer.inbound_nodes[0] ?? []) if (input[0] === from) input[0] = to;
    }
  }

  it('keeps which layers are frozen', async () => {
    const artifacts = await changed(({ layer }) => {
      layer('features.1.conv').config.trainable = false;
    });
    const { reconstructor } = await fromArtifacts(artifacts);
    const frozen = reconstructor.model.layers.slice(1).filter(({ trainable }) => !trainable);
    expect(frozen.map(({ name }) => name)).toEqual(['features.1.conv']);
    reconstructor.dispose();
  });

  it('keeps grids that were refined, and masks', async () => {
    const made = smallNetwork();
    const { model } = await refineGrids(made.model, 10);
    const refined = new Reconstructor({ config: made.config, targets: made.targets, model });
    const artifacts = await toArtifacts(refined);
    const { reconstructor } = await fromArtifacts(artifacts);
    expect(await reconstructor.predictBatch(images)).toEqual(await refined.predictBatch(images));
    expect(reconstructor.headLayers.at(-1)!.getConfig()['gridSize']).toBe(10);
    for (const each of [made, refined, reconstructor]) each.dispose();
    const masked: Change = ({ layer }) => {
      layer('head_1').config.edge_mask = true;
    };
    await expectRefusal(masked, 'needs more up to the layer "head_1"');
  });

  it('is not saved', async () => {
    const made = smallNetwork();
    const config = { ...made.config, head: { ...made.config.head, dropout: 0.2 } };
    const other = new Reconstructor({ config, targets: made.targets, model: made.model });
    await expect(toArtifacts(other)).rejects.toThrow(
      'toArtifacts: the network could not be loaded again, as it is not that of its configuration (backbone smallCnn, head efficientKAN with layers of 4): rate of the layer "head_dropout_0" is wrong; expected 0.2, got 0.1; save it by model.save() of TensorFlow.js',
    );
    made.dispose();
  });

  it('does not go on using the given bytes, on a backend that could', async () => {
    await tf.setBackend('cpu');
    const artifacts = await changed(() => {});
    const { reconstructor } = await fromArtifacts(artifacts);
    const before = await reconstructor.predictBatch(images);
    artifacts.weights.fill(0);
    expect(await reconstructor.predictBatch(images)).toEqual(before);
    reconstructor.dispose();
    await tf.setBackend('wasm');
  });
});
