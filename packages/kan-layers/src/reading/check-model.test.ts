import { tensor1d } from '@tensorflow/tfjs-core';
import { input, layers, model, type Sequential, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../../test/backends.js';
import {
  attribute,
  autoSymbolic,
  type EdgeLayer,
  edgeFunction,
  type KANOptions,
  kan,
  plotKAN,
  prune,
  suggestSymbolic,
} from '../index.js';
import type { Samples } from './samples.js';

beforeAll(() => useBackend('cpu'));

type Reader = (model: Sequential, samples: Samples) => unknown;

describe.each<[string, Reader]>([
  ['prune', prune],
  ['plotKAN', plotKAN],
  ['attribute', attribute],
  ['autoSymbolic', autoSymbolic],
])('%s', (name, read) => {
  const functional = () => {
    const inputs = input({ shape: [2] });
    return model({ inputs, outputs: layers.dense({ units: 1 }).apply(inputs) as typeof inputs });
  };

  it.each<[string, () => unknown, string]>([
    ['nothing', () => undefined, 'got undefined'],
    ['null', () => null, 'got null'],
    ['an empty object, such as forgotten options', () => ({}), 'got an object'],
    ['a number', () => 3, 'got a number'],
    ['a dense layer', () => layers.dense({ units: 1 }), 'got Dense'],
    ['a functional model', functional, 'got Model'],
  ])('says what it expects where the model is %s', (_, given, got) => {
    expect(() => read(given() as Sequential, [[1, 2]])).toThrow(
      `${name}: the model is wrong; expected a KAN layer, an array of layers or a Sequential, ${got}`,
    );
  });

  it('names what is no layer, or nothing at all', () => {
    const wrong = [kan({ widths: [2, 1] }).layers[1], {}] as unknown as Sequential;
    expect(() => read(wrong, [[1, 2]])).toThrow(
      `${name}: layer 1 of the model is wrong; expected a layer, got an object`,
    );
    expect(() => read(sequential(), [[1, 2]])).toThrow(
      `${name}: nothing to read; expected at least one KAN layer, got none`,
    );
  });

  it.each<[string, () => unknown, string]>([
    [
      'missing',
      () => undefined,
      'samples are wrong; expected a tensor [samples, numbers] or an array of rows, got undefined',
    ],
    [
      'options',
      () => ({}),
      'samples are wrong; expected a tensor [samples, numbers] or an array of rows, got an object',
    ],
    ['numbers', () => [1, 2], 'row 0 of the samples is wrong; expected 2 numbers, got a number'],
    ['rows that are missing', () => [[1, 2], null], 'row 1 of the samples is wrong; expected 2 numbers, got null'],
    [
      'a tensor of one axis',
      () => tensor1d([1, 2]),
      'samples are wrong; expected a tensor [samples, numbers], got shape [2]',
    ],
  ])('says what it expects where the samples are %s', (_, samples, message) => {
    expect(() => read(kan({ widths: [2, 1] }), samples() as Samples)).toThrow(message);
  });
});

it('functions of one layer say so where it is none', () => {
  for (const none of [undefined, {}, []]) {
    const layer = none as unknown as EdgeLayer;
    expect(() => edgeFunction(layer, 0, 0)).toThrow('edgeFunction: the layer is wrong; expected a layer, got');
    expect(() => suggestSymbolic(layer, 0, 0)).toThrow('suggestSymbolic: the layer is wrong; expected a layer, got');
  }
});

it('kan says what it expects where widths are missing', () => {
  expect(() => kan({} as KANOptions)).toThrow(
    'kan: widths is wrong; expected whole numbers in an array such as [2, 5, 1], got undefined',
  );
  expect(() => kan(undefined as unknown as KANOptions)).toThrow(
    'kan: the options are wrong; expected an object, got undefined',
  );
});
