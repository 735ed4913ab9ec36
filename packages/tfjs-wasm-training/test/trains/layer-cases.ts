import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { randomNumbers } from '../random-numbers.js';
import type { Task } from './train-once.js';

const { layers } = tfl;

type LayerFactory = () => tfl.layers.Layer;

/** A layer in a network of its own. */
export interface LayerCase {
  /** The layer's name, as in `tf.layers`. */
  layer: string;
  /** What is special about it here. */
  form?: string;
  build(): Task;
  /** Why the cpu backend is no reference: differences of the loss are it then. */
  noReference?: string;
  /** The same with other layers, which the cpu backend computes rightly. */
  reference?(): Task;
  /** What every backend says, because tfjs-layers or tfjs-core cannot do it. */
  fails?: RegExp;
  /** A kernel of tfjs that is wrong; the case is trained as soon as this package has one of its own. */
  needs?: string;
}

/** Sizes of one sample, without the batch. */
const ROW = [7];
const SEQUENCE = [6, 5];
const IMAGE = [7, 8, 4];
const FILM = [4, 5, 6, 3];
const IMAGES = [3, 6, 7, 2];

const BATCH = 3;

/** tfjs refuses it on every backend. */
const DILATION = 'tfjs has no gradient with dilation';
const CONV3D = 'Conv3DBackpropFilterV2';

/** Every layer of tfjs-layers that can stand in a network that is trained. */
export const layerCases: readonly LayerCase[] = [
  // Dense and friends
  one('dense', ROW, () => layers.dense({ units: 4 })),
  one('dense', SEQUENCE, () => layers.dense({ units: 4, useBias: false }), 'of sequences'),
  one('activation', ROW, () => layers.activation({ activation: 'tanh' })),
  one('flatten', IMAGE, () => layers.flatten()),
  one('flatten', IMAGE, () => layers.flatten({ dataFormat: 'channelsFirst' }), 'channelsFirst'),
  one('reshape', IMAGE, () => layers.reshape({ targetShape: [4, 56] })),
  one('permute', SEQUENCE, () => layers.permute({ dims: [2, 1] })),
  one('permute', IMAGE, () => layers.permute({ dims: [3, 1, 2] }), 'of images'),
  one('repeatVector', ROW, () => layers.repeatVector({ n: 3 })),
  one('masking', SEQUENCE, () => layers.masking({ maskValue: 0 }), undefined, {
    noReference: 'tfjs has no gradient of comparisons',
  }),
  one('rescaling', IMAGE, () => layers.rescaling({ scale: 0.5, offset: 1 })),
  {
    layer: 'embedding',
    build: () => wordsTask((words) => layers.embedding({ inputDim: 9, outputDim: 5 }).apply(words)),
  },
  {
    layer: 'embedding',
    form: 'maskZero, then LSTM',
    build: () =>
      wordsTask((words) =>
        layers.lstm({ units: 4 }).apply(layers.embedding({ inputDim: 9, outputDim: 5, maskZero: true }).apply(words)),
      ),
  },
  { layer: 'masking', form: 'then LSTM', build: maskedTask },
  {
    layer: 'categoryEncoding',
    build: () => wordsTask((words) => layers.categoryEncoding({ numTokens: 9, outputMode: 'multiHot' }).apply(words)),
    fails: /expected a batch of elements/,
  },
  // Convolutions
  one('conv1d', SEQUENCE, () => layers.conv1d({ filters: 4, kernelSize: 3 })),
  one('conv1d', SEQUENCE, () => layers.conv1d({ filters: 4, kernelSize: 3, strides: 2, padding: 'same' }), 'strides'),
  one('conv1d', SEQUENCE, () => layers.conv1d({ filters: 4, kernelSize: 2, dilationRate: 2 }), 'dilated', {
    noReference: DILATION,
  }),
  one('conv1d', SEQUENCE, () => layers.conv1d({ filters: 4, kernelSize: 3, padding: 'causal' }), 'causal', {
    fails: /CAUSAL padding mode/,
  }),
  one('conv2d', IMAGE, () => layers.conv2d({ filters: 5, kernelSize: 3 })),
  one('conv2d', IMAGE, () => layers.conv2d({ filters: 5, kernelSize: 3, strides: 2, padding: 'same' }), 'strides'),
  one('conv2d', IMAGE, () => layers.conv2d({ filters: 5, kernelSize: [2, 3], dilationRate: 2 }), 'dilated', {
    noReference: DILATION,
  }),
  one(
    'conv2d',
    IMAGE,
    () => layers.conv2d({ filters: 5, kernelSize: 3, dataFormat: 'channelsFirst' }),
    'channelsFirst',
  ),
  one('conv2dTranspose', IMAGE, () => layers.conv2dTranspose({ filters: 3, kernelSize: 3 })),
  one(
    'conv2dTranspose',
    IMAGE,
    () => layers.conv2dTranspose({ filters: 3, kernelSize: 3, strides: 2, padding: 'same' }),
    'strides',
  ),
  one('conv3d', FILM, () => layers.conv3d({ filters: 4, kernelSize: 2 }), undefined, { needs: CONV3D }),
  one('conv3d', FILM, () => layers.conv3d({ filters: 4, kernelSize: 3, strides: 2, padding: 'same' }), 'strides', {
    needs: CONV3D,
  }),
  one('conv3dTranspose', FILM, () => layers.conv3dTranspose({ filters: 2, kernelSize: 2 }), undefined, {
    needs: CONV3D,
    noReference: 'tfjs has no gradient',
  }),
  one(
    'conv3dTranspose',
    FILM,
    () => layers.conv3dTranspose({ filters: 2, kernelSize: 3, strides: 2, padding: 'same' }),
    'strides',
    { needs: CONV3D, noReference: 'tfjs has no gradient' },
  ),
  one('separableConv2d', IMAGE, () => layers.separableConv2d({ filters: 5, kernelSize: 3 })),
  one(
    'separableConv2d',
    IMAGE,
    () => layers.separableConv2d({ filters: 5, kernelSize: 3, depthMultiplier: 2, dilationRate: 2, padding: 'same' }),
    'dilated',
    { noReference: DILATION },
  ),
  one('depthwiseConv2d', IMAGE, () => layers.depthwiseConv2d({ kernelSize: 3 })),
  one(
    'depthwiseConv2d',
    IMAGE,
    () => layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2, strides: 2, padding: 'same' }),
    'depthMultiplier, strides',
  ),
  one('cropping2D', IMAGE, () =>
    layers.cropping2D({
      cropping: [
        [1, 2],
        [0, 3],
      ],
    }),
  ),
  one('upSampling2d', IMAGE, () => layers.upSampling2d({ size: [2, 3] }), undefined, {
    noReference: 'the cpu backend reads the gradient of all images but the first in the wrong place',
  }),
  one('upSampling2d', IMAGE, () => layers.upSampling2d({ size: [2, 2], interpolation: 'bilinear' }), 'bilinear', {
    noReference: 'the cpu backend swaps height and width',
  }),
  one(
    'upSampling2d',
    IMAGE,
    () => layers.upSampling2d({ size: [2, 2], dataFormat: 'channelsFirst' }),
    'channelsFirst',
    { noReference: 'the cpu backend reads the gradient of all images but the first in the wrong place' },
  ),
  one('zeroPadding2d', IMAGE, () =>
    layers.zeroPadding2d({
      padding: [
        [1, 2],
        [3, 0],
      ],
    }),
  ),
  one('resizing', IMAGE, () => layers.resizing({ height: 5, width: 11 }), undefined, {
    fails: /rank 3 or 4|typed array length/,
  }),
  one('centerCrop', IMAGE, () => layers.centerCrop({ height: 5, width: 6 }), undefined, {
    fails: /gradient function not found for CropAndResize/,
  }),
  {
    layer: 'centerCrop',
    form: 'of the input',
    build: () => firstTask(IMAGE, () => layers.centerCrop({ height: 5, width: 6 })),
  },
  { layer: 'randomWidth', build: widthTask, fails: /expected ndim=4, found ndim=3/ },
  // Pooling
  one('averagePooling1d', SEQUENCE, () => layers.averagePooling1d({ poolSize: 2 })),
  one(
    'averagePooling1d',
    SEQUENCE,
    () => layers.averagePooling1d({ poolSize: 3, strides: 2, padding: 'same' }),
    'same',
    { noReference: 'the cpu backend divides by the whole window at edges' },
  ),
  one('averagePooling2d', IMAGE, () => layers.averagePooling2d({ poolSize: 2 })),
  one('averagePooling2d', IMAGE, () => layers.averagePooling2d({ poolSize: 3, strides: 2, padding: 'same' }), 'same', {
    noReference: 'the cpu backend divides by the whole window at edges',
  }),
  one('averagePooling3d', FILM, () => layers.averagePooling3d({ poolSize: 2 })),
  one(
    'averagePooling3d',
    FILM,
    () => layers.averagePooling3d({ poolSize: 3, strides: 2, padding: 'same' } as never),
    'same',
    { needs: 'AvgPool3DGrad', noReference: 'the cpu backend divides by the whole window at edges' },
  ),
  one('maxPooling1d', SEQUENCE, () => layers.maxPooling1d({ poolSize: 2 })),
  one('maxPooling1d', SEQUENCE, () => layers.maxPooling1d({ poolSize: 3, strides: 2, padding: 'same' }), 'same'),
  one('maxPooling2d', IMAGE, () => layers.maxPooling2d({ poolSize: 2 })),
  one('maxPooling2d', IMAGE, () => layers.maxPooling2d({ poolSize: 3, strides: 2, padding: 'same' }), 'same'),
  one('maxPooling2d', IMAGE, () => layers.maxPooling2d({ poolSize: 2, dataFormat: 'channelsFirst' }), 'channelsFirst'),
  one('maxPooling3d', FILM, () => layers.maxPooling3d({ poolSize: 2 }), undefined, { needs: 'MaxPool3DGrad' }),
  one('maxPooling3d', FILM, () => layers.maxPooling3d({ poolSize: 3, strides: 2, padding: 'same' } as never), 'same', {
    needs: 'MaxPool3DGrad',
  }),
  one('globalAveragePooling1d', SEQUENCE, () => layers.globalAveragePooling1d({})),
  one('globalAveragePooling2d', IMAGE, () => layers.globalAveragePooling2d({})),
  one('globalMaxPooling1d', SEQUENCE, () => layers.globalMaxPooling1d({})),
  one('globalMaxPooling2d', IMAGE, () => layers.globalMaxPooling2d({})),
  // Normalisation
  one('batchNormalization', ROW, () => layers.batchNormalization({})),
  one('batchNormalization', SEQUENCE, () => layers.batchNormalization({}), 'of sequences'),
  one('batchNormalization', IMAGE, () => layers.batchNormalization({}), 'of images'),
  one('batchNormalization', FILM, () => layers.batchNormalization({}), 'of films', {
    fails: /not implemented for array of rank 5/,
  }),
  one('batchNormalization', IMAGE, () => layers.batchNormalization({ axis: 1 }), 'axis 1', {
    reference: () => turnedTask(IMAGE, [2, 3, 1], [3, 1, 2]),
  }),
  one('batchNormalization', IMAGE, () => layers.batchNormalization({ axis: 2 }), 'axis 2', {
    reference: () => turnedTask(IMAGE, [1, 3, 2], [1, 3, 2]),
  }),
  one('batchNormalization', SEQUENCE, () => layers.batchNormalization({ axis: 1 }), 'of sequences, axis 1', {
    reference: () => turnedTask(SEQUENCE, [2, 1], [2, 1]),
  }),
  one(
    'batchNormalization',
    IMAGE,
    () => layers.batchNormalization({ scale: false, center: false }),
    'without scale and center',
    { fails: /Cannot read properties of undefined/ },
  ),
  one('layerNormalization', ROW, () => layers.layerNormalization({})),
  one('layerNormalization', IMAGE, () => layers.layerNormalization({ axis: [1, 2] }), 'two axes'),
  // Recurrent
  ...(['lstm', 'gru', 'simpleRNN'] as const).flatMap((name) => [
    one(name, SEQUENCE, () => layers[name]({ units: 4 } as never)),
    one(
      name,
      SEQUENCE,
      () => layers[name]({ units: 4, returnSequences: true, goBackwards: true } as never),
      'sequences, backwards',
    ),
    one(name, SEQUENCE, () => layers[name]({ units: 4, dropout: 0.3, recurrentDropout: 0.2 } as never), 'dropout'),
    one(name, SEQUENCE, () => layers[name]({ units: 4, unroll: true } as never), 'unrolled'),
  ]),
  one('gru', SEQUENCE, () => layers.gru({ units: 4, resetAfter: false } as never), 'resetAfter: false'),
  {
    layer: 'lstm',
    form: 'stateful',
    build: () => taskFor([SEQUENCE[0]!, SEQUENCE[1]!], () => layers.lstm({ units: 4, stateful: true }), true),
  },
  one('rnn', SEQUENCE, () => layers.rnn({ cell: layers.gruCell({ units: 4 }), returnSequences: true } as never)),
  one('gruCell', SEQUENCE, () => layers.rnn({ cell: layers.gruCell({ units: 4 }) } as never)),
  one('lstmCell', SEQUENCE, () => layers.rnn({ cell: layers.lstmCell({ units: 4 }) } as never)),
  one('simpleRNNCell', SEQUENCE, () => layers.rnn({ cell: layers.simpleRNNCell({ units: 4 }) } as never)),
  one('stackedRNNCells', SEQUENCE, () =>
    layers.rnn({
      cell: layers.stackedRNNCells({ cells: [layers.lstmCell({ units: 4 }), layers.simpleRNNCell({ units: 3 })] }),
    } as never),
  ),
  ...(['concat', 'sum', 'ave', 'mul'] as const).map((mergeMode) =>
    one(
      'bidirectional',
      SEQUENCE,
      () => layers.bidirectional({ layer: layers.lstm({ units: 3, returnSequences: true }) as never, mergeMode }),
      mergeMode,
    ),
  ),
  one('timeDistributed', SEQUENCE, () => layers.timeDistributed({ layer: layers.dense({ units: 3 }) })),
  one(
    'timeDistributed',
    IMAGES,
    () => layers.timeDistributed({ layer: layers.conv2d({ filters: 3, kernelSize: 3 }) }),
    'of convolutions',
  ),
  one('convLstm2d', IMAGES, () => layers.convLstm2d({ filters: 3, kernelSize: 3, padding: 'same' } as never)),
  one(
    'convLstm2d',
    IMAGES,
    () => layers.convLstm2d({ filters: 3, kernelSize: 2, dilationRate: 2, returnSequences: true } as never),
    'dilated, sequences',
    { noReference: DILATION },
  ),
  // Noise
  one('dropout', IMAGE, () => layers.dropout({ rate: 0.4 })),
  one('dropout', IMAGE, () => layers.dropout({ rate: 0.4, noiseShape: [BATCH, 1, 1, 4] }), 'noiseShape'),
  one('spatialDropout1d', SEQUENCE, () => layers.spatialDropout1d({ rate: 0.4 } as never)),
  one('gaussianNoise', ROW, () => layers.gaussianNoise({ stddev: 0.3 })),
  one('gaussianDropout', ROW, () => layers.gaussianDropout({ rate: 0.3 })),
  one('alphaDropout', ROW, () => layers.alphaDropout({ rate: 0.3 })),
  // Advanced activations
  one('reLU', ROW, () => layers.reLU()),
  one('reLU', ROW, () => layers.reLU({ maxValue: 0.4 }), 'maxValue'),
  one('leakyReLU', ROW, () => layers.leakyReLU({ alpha: 0.2 })),
  one('prelu', ROW, () => layers.prelu({ alphaInitializer: 'glorotUniform' })),
  one('prelu', IMAGE, () => layers.prelu({ alphaInitializer: 'glorotUniform', sharedAxes: [1, 2] }), 'sharedAxes'),
  one('elu', ROW, () => layers.elu({ alpha: 1 })),
  one('thresholdedReLU', ROW, () => layers.thresholdedReLU({ theta: 0.2 }), undefined, {
    noReference: 'tfjs has no gradient of comparisons',
  }),
  one('softmax', ROW, () => layers.softmax()),
  one('softmax', IMAGE, () => layers.softmax({ axis: 1 }), 'axis 1', { fails: /Softmax along a non-last dimension/ }),
  // Merging
  ...(['add', 'average', 'multiply', 'maximum', 'minimum', 'concatenate'] as const).map((name) => ({
    layer: name,
    build: () => mergeTask(() => layers[name]()),
  })),
  { layer: 'concatenate', form: 'axis 1', build: () => mergeTask(() => layers.concatenate({ axis: 1 })) },
  { layer: 'dot', build: () => mergeTask(() => layers.dot({ axes: -1 })) },
  { layer: 'dot', form: 'normalized', build: () => mergeTask(() => layers.dot({ axes: 1, normalize: true })) },
];

function one(
  layer: string,
  shape: number[],
  create: LayerFactory,
  form?: string,
  more: Partial<LayerCase> = {},
): LayerCase {
  return { layer, form, build: () => taskFor(shape, create), ...more };
}

/** dense over the last axis → the layer → flatten → dense: the gradient must come through the layer, and reach its weights. */
function taskFor(shape: number[], create: LayerFactory, stateful = false): Task {
  const input = stateful ? tfl.input({ batchShape: [BATCH, ...shape] }) : tfl.input({ shape });
  const before = layers.dense({ units: shape.at(-1)!, name: 'before' }).apply(input);
  const output = create().apply(before) as tfl.SymbolicTensor;
  return finish([input], output);
}

/** Normalized along the last axis, between two permutations. */
function turnedTask(shape: number[], there: number[], back: number[]): Task {
  const input = tfl.input({ shape });
  const before = layers.dense({ units: shape.at(-1)!, name: 'before' }).apply(input);
  const turned = layers.batchNormalization({}).apply(layers.permute({ dims: there }).apply(before));
  return finish([input], layers.permute({ dims: back }).apply(turned) as tfl.SymbolicTensor);
}

function mergeTask(create: LayerFactory): Task {
  const input = tfl.input({ shape: SEQUENCE });
  const sides = ['left', 'right'].map((name) => layers.dense({ units: 5, name }).apply(input) as tfl.SymbolicTensor);
  return finish([input], create().apply(sides) as tfl.SymbolicTensor);
}

/** The layer comes first: nothing before it is trained. */
function firstTask(shape: number[], create: LayerFactory): Task {
  const input = tfl.input({ shape });
  return finish([input], create().apply(input) as tfl.SymbolicTensor);
}

function widthTask(): Task {
  const input = tfl.input({ shape: IMAGE });
  const output = layers.randomWidth({ factor: 0.4, seed: 3 } as never).apply(input);
  return finish([input], layers.globalAveragePooling2d({}).apply(output) as tfl.SymbolicTensor);
}

function maskedTask(): Task {
  const input = tfl.input({ shape: SEQUENCE });
  const masked = layers.masking({ maskValue: 0 }).apply(input);
  const { model, x, y } = finish([input], layers.lstm({ units: 4 }).apply(masked) as tfl.SymbolicTensor);
  const steps = tf.tensor3d([1, 1, 0, 1, 0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0], [BATCH, 6, 1]);
  return { model, x: tf.mul(x as tf.Tensor, steps), y };
}

/** Numbers of words, some several times. */
function wordsTask(apply: (words: tfl.SymbolicTensor) => unknown): Task {
  const input = tfl.input({ shape: [6] });
  const { model, y } = finish([input], apply(input) as tfl.SymbolicTensor);
  const x = tf.tensor2d([0, 3, 3, 8, 1, 0, 7, 7, 7, 2, 0, 0, 5, 4, 3, 0, 0, 0], [BATCH, 6]);
  return { model, x, y };
}

function finish(inputs: tfl.SymbolicTensor[], output: tfl.SymbolicTensor): Task {
  const flat = output.shape.length > 2 ? layers.flatten().apply(output) : output;
  const last = layers.dense({ units: 2, name: 'after' }).apply(flat) as tfl.SymbolicTensor;
  const model = tfl.model({ inputs, outputs: last });
  giveWeights(model);
  const shapes = inputs.map(({ shape }) => [BATCH, ...(shape.slice(1) as number[])]);
  const [x] = shapes.map((shape, i) => tf.tensor(randomNumbers(tf.util.sizeFromShape(shape), i + 1), shape));
  return { model, x: x!, y: tf.tensor2d(randomNumbers(BATCH * 2, 50), [BATCH, 2]) };
}

/** Numbers that are the same on every backend; variances are positive. */
export function giveWeights(model: tfl.LayersModel): void {
  model.setWeights(
    model.weights.map((weight, i) => {
      const shape = weight.shape as number[];
      const values = randomNumbers(tf.util.sizeFromShape(shape), 100 + i);
      const isVariance = weight.originalName.includes('variance');
      return tf.tensor(
        isVariance ? values.map((value) => 1 + Math.abs(value)) : values.map((value) => value * 0.6),
        shape,
      );
    }),
  );
}
