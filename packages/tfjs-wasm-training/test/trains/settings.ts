import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';

/** What a loss or metric compares. */
export type Kind = 'categorical' | 'sparseCategorical' | 'binary' | 'numbers';

/** Every activation by name. */
export const activations = [
  ...(['linear', 'relu', 'relu6', 'elu', 'selu', 'sigmoid', 'hardSigmoid', 'tanh'] as const),
  ...(['softmax', 'logSoftmax', 'softplus', 'softsign', 'swish', 'mish', 'gelu', 'gelu_new'] as const),
];

/** Every loss by name. */
export const losses: Readonly<Record<string, Kind>> = {
  meanSquaredError: 'numbers',
  meanAbsoluteError: 'numbers',
  meanAbsolutePercentageError: 'numbers',
  meanSquaredLogarithmicError: 'numbers',
  squaredHinge: 'binary',
  hinge: 'binary',
  categoricalHinge: 'categorical',
  logcosh: 'numbers',
  categoricalCrossentropy: 'categorical',
  sparseCategoricalCrossentropy: 'sparseCategorical',
  binaryCrossentropy: 'binary',
  kullbackLeiblerDivergence: 'categorical',
  poisson: 'numbers',
  cosineProximity: 'numbers',
};

type Metric = (yTrue: tf.Tensor, yPred: tf.Tensor) => tf.Tensor;

/** Every metric of tf.metrics, and what it compares; 'accuracy' chooses one of them. */
export const metrics: Readonly<Record<string, readonly [Metric | string, Kind]>> = {
  accuracy: ['accuracy', 'categorical'],
  binaryAccuracy: [tfl.metrics.binaryAccuracy, 'binary'],
  binaryCrossentropy: [tfl.metrics.binaryCrossentropy, 'binary'],
  categoricalAccuracy: [tfl.metrics.categoricalAccuracy, 'categorical'],
  categoricalCrossentropy: [tfl.metrics.categoricalCrossentropy, 'categorical'],
  cosineProximity: [tfl.metrics.cosineProximity, 'numbers'],
  meanAbsoluteError: [tfl.metrics.meanAbsoluteError, 'numbers'],
  meanAbsolutePercentageError: [tfl.metrics.meanAbsolutePercentageError, 'numbers'],
  meanSquaredError: [tfl.metrics.meanSquaredError, 'numbers'],
  precision: [tfl.metrics.precision, 'categorical'],
  r2Score: [tfl.metrics.r2Score, 'numbers'],
  recall: [tfl.metrics.recall, 'categorical'],
  sparseCategoricalAccuracy: [tfl.metrics.sparseCategoricalAccuracy, 'sparseCategorical'],
};

/** By name, and from tf.train. */
export const optimizers: Readonly<Record<string, string | (() => tf.Optimizer)>> = {
  sgd: 'sgd',
  momentum: () => tf.train.momentum(0.1, 0.9),
  'momentum, Nesterov': () => tf.train.momentum(0.1, 0.9, true),
  adagrad: 'adagrad',
  adadelta: 'adadelta',
  adam: 'adam',
  adamax: 'adamax',
  rmsprop: 'rmsprop',
  'rmsprop, centered': () => tf.train.rmsprop(0.01, 0.9, 0.5, 1e-6, true),
};

export const regularizers = {
  l1: () => tfl.regularizers.l1({ l1: 0.05 }),
  l2: () => tfl.regularizers.l2({ l2: 0.05 }),
  l1l2: () => tfl.regularizers.l1l2({ l1: 0.05, l2: 0.02 }),
};

export const constraints = {
  maxNorm: () => tfl.constraints.maxNorm({ maxValue: 0.5 }),
  minMaxNorm: () => tfl.constraints.minMaxNorm({ minValue: 0.5, maxValue: 0.8, rate: 0.7 }),
  nonNeg: () => tfl.constraints.nonNeg(),
  unitNorm: () => tfl.constraints.unitNorm({}),
};

const { initializers: starts } = tfl;

/** Without seeds: all draw from Math.random. */
export const initializers = {
  zeros: () => starts.zeros(),
  ones: () => starts.ones(),
  constant: () => starts.constant({ value: 0.3 }),
  randomUniform: () => starts.randomUniform({}),
  randomNormal: () => starts.randomNormal({}),
  truncatedNormal: () => starts.truncatedNormal({}),
  identity: () => starts.identity({ gain: 0.5 }),
  varianceScaling: () => starts.varianceScaling({ mode: 'fanAvg', distribution: 'uniform' }),
  glorotUniform: () => starts.glorotUniform({}),
  glorotNormal: () => starts.glorotNormal({}),
  heNormal: () => starts.heNormal({}),
  heUniform: () => starts.heUniform({}),
  leCunNormal: () => starts.leCunNormal({}),
  leCunUniform: () => starts.leCunUniform({}),
  orthogonal: () => starts.orthogonal({}),
};
