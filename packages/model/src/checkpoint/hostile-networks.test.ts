import { describe, it } from 'vitest';
import { type Change, networksFrom, putIn } from '../../test/changed-artifacts.js';
import { fromArtifacts } from './from-artifacts.js';

const { changed, expectRefusal } = networksFrom();

describe('fromArtifacts', () => {
  it('loads what was not changed', async () => {
    const { reconstructor } = await fromArtifacts(await changed(() => {}));
    reconstructor.dispose();
  });

  it.each<[string, Change, RegExp]>([
    [
      'a circle',
      ({ layer }) => {
        layer('features.0.conv').inbound_nodes = [[['features.0.pool', 0, 0, {}]]];
      },
      /what the layer "features\.0\.conv" takes is wrong; expected "smallCnn\.input", got "features\.0\.pool"/,
    ],
    [
      'a layer that takes itself',
      ({ layer }) => {
        layer('features.0.pool').inbound_nodes = [[['features.0.pool', 0, 0, {}]]];
      },
      /expected "features\.0\.conv", got "features\.0\.pool"/,
    ],
    [
      'one changed character in inbound_nodes',
      ({ layer }) => {
        layer('features.0.pool').inbound_nodes = [[['features.1.conv', 0, 0, {}]]];
      },
      /what the layer "features\.0\.pool" takes is wrong; expected "features\.0\.conv", got "features\.1\.conv"/,
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
      /the layer "features\.0\.pool" is wrong; expected "features\.0\.pool" of the kind MaxPooling2D, got "Foo"/,
    ],
    [
      'a kind that is no layer',
      ({ layer }) => {
        layer('features.0.pool').class_name = 'Zeros';
      },
      /of the kind MaxPooling2D, got "Zeros"/,
    ],
    [
      'a network in the network',
      ({ layer }) => {
        layer('features.0.pool').class_name = 'Model';
      },
      /of the kind MaxPooling2D, got "Model"/,
    ],
    [
      'an unknown activation',
      ({ layer }) => {
        layer('features.0.conv').config.activation = 'rely';
      },
      /activation of the layer "features\.0\.conv" is wrong; expected "linear", got "rely"; use both files of one save$/,
    ],
    [
      'a setting as large as memory',
      ({ layer }) => {
        layer('features.0.conv').config.filters = 2 ** 40;
      },
      /filters of the layer "features\.0\.conv" is wrong; expected 16, got 1099511627776/,
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
      /the layer "pad" is wrong; expected "smallCnn\.input" of the kind InputLayer, got "ZeroPadding2D"/,
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
      /the layer "double29" is wrong; expected "features\.5" of the kind Activation, got "Concatenate"/,
    ],
    [
      'a window that takes for ever',
      ({ layer }) => {
        Object.assign(layer('features.0.pool').config, { pool_size: [1e5, 1e5], padding: 'same', strides: [1, 1] });
      },
      /(pool_size|strides|padding) of the layer "features\.0\.pool" is wrong/,
    ],
    [
      'a variance that is taken below 0',
      ({ layer }) => {
        layer('features.0.norm').config.epsilon = -1;
      },
      /epsilon of the layer "features\.0\.norm" is wrong; expected 0\.00001, got -1/,
    ],
    [
      'another input',
      ({ layer }) => {
        layer('smallCnn.input').config.batch_input_shape = [null, 64, 64, 3];
      },
      /batch_input_shape of the layer "smallCnn\.input" is wrong; expected \[null,32,32,3\], got \[null,64,64,3\]/,
    ],
  ])('refuses %s', (_, change, message) => expectRefusal(change, message));
});
