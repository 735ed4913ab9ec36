import '@tensorflow/tfjs-backend-cpu';
import { setBackend, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { input, type LayersModel, layers, model, type SymbolicTensor, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { OnnxExportError } from '../src/export-error.js';
import { layersModelToOnnx } from '../src/layers-model-to-onnx.js';
import { expectEqual } from './compare.js';
import { metadataOf, readProto, textOf } from './read-proto.js';
import { runOnnx } from './run-onnx.js';

beforeAll(async () => {
  await setBackend('cpu');
});

const numbers = (size: number) => Float32Array.from({ length: size }, (_, i) => 2 * Math.sin(1.3 * i + i * i));
const sizeOf = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);

/** [n, h, w, c] as ONNX lies, [n, c, h, w]. */
function channelsFirst(data: ArrayLike<number>, [, h, w, c]: readonly number[]): Float32Array {
  return Float32Array.from({ length: data.length }, (_, to) => {
    const [x, y] = [to % w!, Math.floor(to / w!) % h!];
    const [channel, image] = [Math.floor(to / w! / h!) % c!, Math.floor(to / w! / h! / c!)];
    return data[((image * h! + y) * w! + x) * c! + channel]!;
  });
}

/** Every weight elsewhere, variances positive. */
function shake(network: LayersModel): void {
  for (const layer of network.layers) {
    const values = layer.weights.map(({ originalName, shape }) => {
      const data = numbers(sizeOf(shape as number[]));
      const positive = originalName.endsWith('variance');
      return tensor(positive ? data.map((value) => value * value + 0.1) : data, shape as number[]);
    });
    layer.setWeights(values);
  }
}

/** Holds a network of one input against onnxruntime, on two rows. */
async function expectSame(network: LayersModel): Promise<void> {
  shake(network);
  const shape = [2, ...(network.inputs[0]!.shape.slice(1) as number[])];
  const data = numbers(sizeOf(shape));
  const output = tidy(() => network.predict(tensor(data, shape)) as Tensor);
  const expected = output.shape.length === 4 ? channelsFirst(output.dataSync(), output.shape) : output.dataSync();
  const name = network.inputs[0]!.sourceLayer.name;
  const inputs =
    shape.length === 4
      ? { shape: [shape[0]!, shape[3]!, shape[1]!, shape[2]!], data: channelsFirst(data, shape) }
      : { shape, data };
  const [only] = Object.values(await runOnnx(await layersModelToOnnx(network), { [name]: inputs }));
  const ownOrder = output.shape.length === 4 ? [0, 3, 1, 2].map((axis) => output.shape[axis]!) : output.shape;
  expect(only!.shape).toEqual(ownOrder);
  expectEqual(only!.data, expected);
  output.dispose();
}

const stack = (inputShape: number[], ...after: layers.Layer[]) =>
  sequential({ layers: [layers.inputLayer({ inputShape }), ...after] });

describe('layers of TensorFlow.js', () => {
  const map = [7, 10, 3];
  it.each<[string, () => LayersModel]>([
    ['convolutions', () => stack(map, layers.conv2d({ filters: 4, kernelSize: [3, 2], padding: 'same' }))],
    [
      'convolutions with strides, padded',
      () =>
        stack(
          map,
          layers.conv2d({ filters: 4, kernelSize: [4, 3], strides: [3, 2], padding: 'same', activation: 'relu' }),
        ),
    ],
    [
      'convolutions with holes',
      () => stack(map, layers.conv2d({ filters: 2, kernelSize: 3, dilationRate: [2, 3], useBias: false })),
    ],
    [
      'depthwise convolutions',
      () =>
        stack(
          map,
          layers.depthwiseConv2d({ kernelSize: [3, 5], depthMultiplier: 2, padding: 'same', strides: [2, 2] }),
        ),
    ],
    ['maxima', () => stack(map, layers.maxPooling2d({ poolSize: [3, 2], strides: [2, 3], padding: 'same' }))],
    ['maxima, not padded', () => stack(map, layers.maxPooling2d({ poolSize: 3 }))],
    ['means', () => stack(map, layers.averagePooling2d({ poolSize: [2, 3], strides: [1, 2], padding: 'same' }))],
    ['means of whole maps', () => stack(map, layers.globalAveragePooling2d({}))],
    [
      'zeros around',
      () =>
        stack(
          map,
          layers.zeroPadding2d({
            padding: [
              [1, 2],
              [3, 0],
            ],
          }),
        ),
    ],
    ['batch norm of maps', () => stack(map, layers.batchNormalization({ epsilon: 0.01 }))],
    [
      'batch norm of rows without factor and offset',
      () => stack([5], layers.batchNormalization({ scale: false, center: false })),
    ],
    ['maps as rows', () => stack(map, layers.flatten(), layers.dense({ units: 2 }))],
    [
      'rows as maps',
      () => stack([24], layers.reshape({ targetShape: [2, 4, 3] }), layers.conv2d({ filters: 2, kernelSize: 2 })),
    ],
    ['rows as maps of one pixel', () => stack([6], layers.reshape({ targetShape: [1, 1, 6] }))],
    ['maps of another shape', () => stack([4, 6, 2], layers.reshape({ targetShape: [3, -1, 4] }))],
    ['factor and offset', () => stack(map, layers.rescaling({ scale: 0.5, offset: -3 }))],
    ['dropout, which does nothing', () => stack([6], layers.dropout({ rate: 0.5 }), layers.dense({ units: 3 }))],
    ...(
      [
        'relu',
        'relu6',
        'sigmoid',
        'tanh',
        'swish',
        'gelu',
        'elu',
        'selu',
        'softmax',
        'softplus',
        'softsign',
        'hardSigmoid',
        'linear',
      ] as const
    ).map((activation): [string, () => LayersModel] => [
      activation,
      () => stack([6], layers.dense({ units: 5, activation }), layers.activation({ activation })),
    ]),
  ])('%s', async (_, make) => {
    const network = make();
    await expectSame(network);
    network.dispose();
  });

  it('sums, products and what is put side by side, each layer where it is used', async () => {
    const image = input({ shape: [5, 6, 2] });
    const shared = layers.conv2d({ filters: 2, kernelSize: 1 });
    const once = shared.apply(image) as SymbolicTensor;
    const twice = shared.apply(once) as SymbolicTensor;
    const means = layers.globalAveragePooling2d({}).apply(twice) as SymbolicTensor;
    const gate = layers.reshape({ targetShape: [1, 1, 2] }).apply(means) as SymbolicTensor;
    const scaled = layers.multiply().apply([twice, gate]) as SymbolicTensor;
    const sum = layers.add().apply([once, scaled, image]) as SymbolicTensor;
    await expectSame(model({ inputs: image, outputs: layers.concatenate().apply([sum, twice]) as SymbolicTensor }));
  });

  it('several inputs and outputs, under the names of their layers', async () => {
    const [a, b] = [input({ shape: [3], name: 'a' }), input({ shape: [2], name: 'b' })];
    const both = layers.concatenate({ name: 'both' }).apply([a, b]) as SymbolicTensor;
    const sum = layers.dense({ units: 1, name: 'sum' }).apply(both) as SymbolicTensor;
    const network = model({ inputs: [a, b], outputs: [sum, both] });
    const file = await layersModelToOnnx(network, { metadata: { licence: 'MIT' }, description: 'Two of each.' });
    const [x, y] = [numbers(6), numbers(4)];
    const outputs = await runOnnx(file, { a: { shape: [2, 3], data: x }, b: { shape: [2, 2], data: y } });
    expect(Object.keys(outputs)).toEqual(['sum.output', 'both.output']);
    expectEqual(outputs['both.output']!.data, [...x.slice(0, 3), ...y.slice(0, 2), ...x.slice(3), ...y.slice(2)]);
    const expected = network.predict([tensor(x, [2, 3]), tensor(y, [2, 2])]) as Tensor[];
    expectEqual(outputs['sum.output']!.data, expected[0]!.dataSync());
    expect(metadataOf(file)).toEqual({ licence: 'MIT' });
    expect(textOf(file, 6)).toBe('Two of each.');
    expect(readProto(file).get(1)).toEqual([7]);
    const [opset] = readProto(file).get(8) as Uint8Array[];
    expect(readProto(opset!).get(2)).toEqual([13]);
  });
});

describe('what is not covered is refused by its name', () => {
  it.each<[string, () => LayersModel, RegExp]>([
    [
      'a layer',
      () => stack([4, 3], layers.simpleRNN({ units: 2, recurrentInitializer: 'zeros', name: 'memory' })),
      /layer memory \(SimpleRNN\).*expected one of Activation, Add/,
    ],
    [
      'an activation',
      () => stack([3], layers.dense({ units: 2, activation: 'mish', name: 'd' })),
      /layer d \(Dense\).*activation is "mish"; expected one of linear/,
    ],
    [
      'holes that TensorFlow.js leaves out',
      () => stack([8, 8, 2], layers.depthwiseConv2d({ kernelSize: 3, dilationRate: 2, padding: 'same' })),
      /its dilationRate is \[?2.*, which TensorFlow\.js ignores; expected 1/,
    ],
    [
      'softmax of maps',
      () => stack([4, 4, 2], layers.activation({ activation: 'softmax' })),
      /softmax and its output has 4 axes; expected 2/,
    ],
    [
      'the order of axes',
      () => stack([3, 8, 8], layers.conv2d({ filters: 1, kernelSize: 1, dataFormat: 'channelsFirst' })),
      /dataFormat is "channelsFirst"; expected "channelsLast"/,
    ],
    ['an axis', () => stack([4, 4, 2], layers.batchNormalization({ axis: 1 })), /its axis is 1; expected the last one/],
    ['the number of axes', () => stack([4, 3], layers.dense({ units: 2 })), /its input has 3 axes; expected 2/],
  ])('%s', async (_, make, message) => {
    const network = make();
    await expect(layersModelToOnnx(network)).rejects.toThrow(message);
    await expect(layersModelToOnnx(network)).rejects.toBeInstanceOf(OnnxExportError);
  });

  it('a padding that depends on a size that is open', async () => {
    const image = input({ shape: [null, null, 3] });
    const pool = layers.maxPooling2d({ poolSize: 3, strides: 2, padding: 'same' }).apply(image) as SymbolicTensor;
    await expect(layersModelToOnnx(model({ inputs: image, outputs: pool }))).rejects.toThrow(
      /size of its input, which is open/,
    );
  });

  it('inputs of several ranks, which TensorFlow.js and ONNX broadcast otherwise', async () => {
    const [a, b] = [input({ shape: [4, 4, 2] }), input({ shape: [2] })];
    const product = layers.multiply().apply([a, b]) as SymbolicTensor;
    await expect(layersModelToOnnx(model({ inputs: [a, b], outputs: product }))).rejects.toThrow(
      /its inputs have 4 and 2 axes/,
    );
  });

  it('weights that are no numbers', async () => {
    const network = stack([2], layers.dense({ units: 1, name: 'd' }));
    network.layers[1]!.setWeights([tensor([[1], [Number.NaN]]), tensor([0])]);
    await expect(layersModelToOnnx(network)).rejects.toThrow(/the weight d\/kernel has a number that is not finite/);
  });
});
