import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { spiralTargets } from '../../test/spiral-targets.js';
import { useWasmTraining } from '../../test/use-wasm-training.js';
import { createReconstructor } from '../network/create-reconstructor.js';
import { CheckpointError } from './checkpoint-error.js';
import { manifestChecksum, summarize } from './checksums.js';
import { fromArtifacts } from './from-artifacts.js';
import type { ReconstructorArtifacts } from './reconstructor-artifacts.js';
import { toArtifacts } from './to-artifacts.js';

// Networks that somebody has made up, with checksums that fit: TensorFlow.js would build whatever they say.

/** What tests change, deep down. */
interface OpenLayer {
  name: string;
  class_name: string;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the file says
  config: any;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the file says
  inbound_nodes: any;
}
interface Opened {
  // biome-ignore lint/suspicious/noExplicitAny: whatever the file says
  manifest: any;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the file says
  model: any;
  weights: Uint8Array;
  layers: OpenLayer[];
  layer(name: string): OpenLayer;
}

let sound: ReconstructorArtifacts;
beforeAll(async () => {
  await useWasmTraining();
  const made = createReconstructor({
    targets: spiralTargets,
    backbone: 'smallCnn',
    imageSize: 32,
    head: { type: 'efficientKAN', widths: [4], dropout: 0.1 },
  });
  sound = await toArtifacts(made);
  made.dispose();
});

const engineBefore = { tensors: 0 };
beforeAll(() => {
  engineBefore.tensors = tf.memory().numTensors;
});
// Whatever is refused, nothing of it stays in memory.
afterEach(() => expect(tf.memory().numTensors).toBe(engineBefore.tensors));

async function changed(change: (opened: Opened) => void): Promise<ReconstructorArtifacts> {
  const { manifest, model, weights } = structuredClone(sound);
  const { layers } = (model.modelTopology as { config: { layers: OpenLayer[] } }).config;
  const opened: Opened = {
    ...{ manifest, model, weights, layers },
    layer: (name) => layers.find((each) => each.name === name)!,
  };
  change(opened);
  opened.manifest.files = {
    'model.json': await summarize(JSON.stringify(opened.model)),
    'weights.bin': await summarize(opened.weights),
  };
  opened.manifest.checksum = await manifestChecksum(opened.manifest);
  return opened;
}

const putIn = (opened: Opened, before: string, added: Omit<OpenLayer, 'inbound_nodes'>) => {
  const next = opened.layer(before);
  opened.layers.push({ ...added, inbound_nodes: next.inbound_nodes });
  next.inbound_nodes = [[[added.name, 0, 0, {}]]];
};

describe('fromArtifacts', () => {
  it('loads what was not changed', async () => {
    const { reconstructor } = await fromArtifacts(await changed(() => {}));
    reconstructor.dispose();
  });

  it.each<[string, (opened: Opened) => void, RegExp]>([
    [
      'a circle',
      ({ layer }) => {
        layer('features.0.conv').inbound_nodes = [[['features.0.pool', 0, 0, {}]]];
      },
      /its layers form a circle, in which "features\.0\.\w+" is/,
    ],
    [
      'a layer that takes itself',
      ({ layer }) => {
        layer('features.0.pool').inbound_nodes = [[['features.0.pool', 0, 0, {}]]];
      },
      /form a circle/,
    ],
    [
      'one changed character in inbound_nodes',
      ({ layer }) => {
        layer('features.0.pool').inbound_nodes = [[['features.1.conv', 0, 0, {}]]];
      },
      /form a circle/,
    ],
    [
      'a layer that is not there',
      ({ layer }) => {
        layer('features.0.pool').inbound_nodes = [[['features.X.conv', 0, 0, {}]]];
      },
      /the layer "features\.0\.pool" takes "features\.X\.conv", which is no layer of it/,
    ],
    [
      'a node that is not there',
      ({ layer }) => {
        layer('features.0.pool').inbound_nodes = [[['features.0.conv', 1, 0, {}]]];
      },
      /expected \["name", 0, 0, \{\}\], got \["features\.0\.conv",1,0,\{\}\]/,
    ],
    [
      'two layers of a name',
      ({ layers }) => {
        layers.push(structuredClone(layers[2]));
      },
      /two layers have the same name/,
    ],
    [
      'an unknown kind of layer',
      ({ layer }) => {
        layer('features.0.pool').class_name = 'Foo';
      },
      /the layer "features\.0\.pool" cannot be made: it is of the unknown kind "Foo"/,
    ],
    [
      'a kind that is no layer',
      ({ layer }) => {
        layer('features.0.pool').class_name = 'Zeros';
      },
      /"Zeros" is no layer/,
    ],
    [
      'a network in the network',
      ({ layer }) => {
        layer('features.0.pool').class_name = 'Model';
      },
      /unknown kind "Model"/,
    ],
    [
      'an unknown activation',
      ({ layer }) => {
        layer('features.0.conv').config.activation = 'rely';
      },
      /the layer "features\.0\.conv" cannot be made: Unknown activation: rely$/,
    ],
    [
      'a setting as large as memory',
      ({ layer }) => {
        layer('features.0.conv').config.filters = 2 ** 40;
      },
      /filters is wrong; expected at most 1000000, got 1099511627776/,
    ],
    [
      'more weights than there are',
      ({ layer }) => {
        layer('features.0.conv').config.filters = 1e6;
      },
      /the layer "features\.0\.conv" cannot be built: it needs more weights than there are/,
    ],
    [
      'a grid larger than its weights',
      ({ layer }) => {
        layer('head_1').config.grid_size = 1e6;
      },
      /the layer "head_1" cannot be built: it needs more weights than there are/,
    ],
    [
      'images that grow without end',
      (opened) => {
        putIn(opened, 'features.0.conv', {
          name: 'pad',
          class_name: 'ZeroPadding2D',
          config: {
            name: 'pad',
            padding: [
              [0, 1e5],
              [0, 1e5],
            ],
            data_format: 'channels_last',
            trainable: true,
          },
        });
      },
      /the layer "pad" puts out 30019203072 numbers for an image; expected at most 134217728/,
    ],
    [
      'channels that double again and again',
      (opened) => {
        for (let i = 0; i < 30; i++) {
          const name = `double${i}`;
          putIn(opened, 'features.flat', {
            ...{ name, class_name: 'Concatenate' },
            config: { name, axis: -1, trainable: true },
          });
          const { inbound_nodes: nodes } = opened.layer(name);
          nodes[0] = [nodes[0][0], nodes[0][0]];
        }
      },
      /the layer "double\d+" puts out \d+ numbers/,
    ],
    [
      'a window that takes for ever',
      ({ layer }) => {
        Object.assign(layer('features.0.pool').config, { pool_size: [1e5, 1e5], padding: 'same', strides: [1, 1] });
      },
      /up to the layer "features\.0\.pool" it takes more computing than any network of ours/,
    ],
    [
      'a weight that is no number',
      ({ weights }) => {
        new Float32Array(weights.buffer)[5] = Number.NaN;
      },
      /weights\.bin cannot be used: "[^"]+" holds NaN; expected finite numbers/,
    ],
    [
      'a variance below 0, whose root is no number',
      ({ model, weights }) => {
        let at = 0;
        for (const { name, shape } of model.weightsManifest[0].weights) {
          if (name === 'features.1.norm/moving_variance') new Float32Array(weights.buffer)[at] = -0.5;
          at += shape.reduce((a: number, b: number) => a * b, 1);
        }
      },
      /weights\.bin cannot be used: "features\.1\.norm\/moving_variance" holds -0\.5; expected no variance below 0/,
    ],
    [
      'a variance that is taken below 0',
      ({ layer }) => {
        layer('features.0.norm').config.epsilon = -1;
      },
      /the layer "features\.0\.norm" cannot be made: epsilon is wrong; expected a number from 0 to 1, got -1/,
    ],
    [
      'a weight that it does not need',
      ({ model }) => {
        model.weightsManifest[0].weights[0].name = 'other';
      },
      /its weight "[^"]+" is not in weightsManifest/,
    ],
    [
      'weights of another shape',
      ({ model }) => {
        model.weightsManifest[0].weights[0].shape.reverse();
      },
      /has the shape \[3,3,3,16\], but weightsManifest says \[16,3,3,3\]/,
    ],
    [
      'weights of another kind',
      ({ model }) => {
        model.weightsManifest[0].weights[0].dtype = 'uint8';
      },
      /weightsManifest of model\.json is wrong; expected weights/,
    ],
    [
      'fewer weights',
      ({ model }) => {
        model.weightsManifest[0].weights.pop();
      },
      /expected the \d+ bytes of weights\.bin, got \d+/,
    ],
    [
      'another input',
      ({ layer }) => {
        layer('smallCnn.input').config.batch_input_shape = [null, 64, 64, 3];
      },
      /cannot be used|does not fit its configuration/,
    ],
    [
      'endless nesting',
      ({ manifest }) => {
        manifest.card = {};
        let inner = manifest.card;
        for (let i = 0; i < 3000; i++) {
          inner.a = {};
          inner = inner.a;
        }
        manifest.config.head = 'x';
      },
      /config\.json is wrong: head is wrong/,
    ],
    [
      'no range',
      ({ manifest }) => {
        delete manifest.targets[2].max;
      },
      /config\.json is wrong: targets\.2\.max is wrong; it must be a finite number, and is missing/,
    ],
    [
      'no mean, which has a default elsewhere',
      ({ manifest }) => {
        delete manifest.config.mean;
      },
      /config\.json is wrong: config\.mean is missing/,
    ],
    [
      'no card',
      ({ manifest }) => {
        delete manifest.card;
      },
      /config\.json is wrong: card is missing/,
    ],
  ])('refuses %s', async (_, change, message) => {
    const error: unknown = await fromArtifacts(await changed(change)).catch((reason) => reason);
    expect(error).toBeInstanceOf(CheckpointError);
    expect((error as Error).message).toMatch(message);
    expect((error as Error).message).not.toContain('\n');
  });

  it('does not predict what is no number', async () => {
    const artifacts = await changed(({ weights }) => {
      // Finite, each of them: only their sums are not.
      new Float32Array(weights.buffer).fill(3e38, -100);
    });
    const { reconstructor } = await fromArtifacts(artifacts);
    try {
      await expect(reconstructor.predictBatch(new Uint8Array(32 * 32 * 3))).rejects.toThrow(
        /^Reconstructor: the network's answer for \w+ is (NaN|-?Infinity); expected a finite number/,
      );
    } finally {
      reconstructor.dispose();
    }
  });
});
