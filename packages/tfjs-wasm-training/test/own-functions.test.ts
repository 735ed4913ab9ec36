import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type AdamWStepOptions,
  concatConv2d,
  fire,
  fusedAdamWStep,
  fusedBatchNorm,
  fusedConv2d,
  squeezeExcite,
} from '../src/index.js';
import { startBackends } from './backends.js';
import { gradientsOf, type KernelCase, make } from './kernel-cases/kernel-case.js';
import { difference, outcomeOn, referenceOf } from './kernel-cases/run-case.js';

beforeAll(startBackends);

const image = (dtype: tf.DataType = 'float32') => make<tf.Rank.R4>([2, 9, 8, 3], 1, dtype);
const filter = (seed = 2) => make<tf.Rank.R4>([3, 2, 3, 4], seed);
const excitation = (dtype: tf.DataType = 'float32') => ({
  squeezeKernel: make([1, 1, 3, 2], 2, dtype),
  squeezeBias: make([2], 3, dtype),
  exciteKernel: make([1, 1, 2, 3], 4, dtype),
  exciteBias: make([3], 5, dtype),
});
const expansion = (dtype: tf.DataType = 'float32') => ({
  squeezeKernel: make([1, 1, 3, 2], 2, dtype),
  squeezeBias: make([2], 3, dtype),
  expand1x1Kernel: make([1, 1, 2, 4], 4, dtype),
  expand1x1Bias: make([4], 5, dtype),
  expand3x3Kernel: make([3, 3, 2, 4], 6, dtype),
  expand3x3Bias: make([4], 7, dtype),
});

const right: KernelCase[] = [
  {
    name: 'fusedBatchNorm of integers, also as gamma and beta',
    run: () => fusedBatchNorm(image('int32'), make([3], 2, 'int32'), make([3], 3, 'int32')).output,
    expected: () =>
      fusedBatchNorm(float(image('int32')), float(make([3], 2, 'int32')), float(make([3], 3, 'int32'))).output,
  },
  {
    name: 'gradients of fusedBatchNorm of integers by gamma and beta',
    run: () =>
      gradientsOf((gamma, beta) => fusedBatchNorm(image('int32'), gamma!, beta!).output, [make([3], 2), make([3], 3)]),
    expected: () =>
      gradientsOf(
        (gamma, beta) => fusedBatchNorm(float(image('int32')), gamma!, beta!).output,
        [make([3], 2), make([3], 3)],
      ),
  },
  {
    name: 'gradients of fusedBatchNorm with relu for NaN and infinities behind closed gates',
    run: () =>
      gradientsOf(
        (x, gamma, beta) => fusedBatchNorm(x!, gamma!, beta!, { activation: 'relu' }).output,
        [make([6, 4], 1), make([4], 2), make([4], 3)],
        tf.tensor([1, Number.NaN, Number.POSITIVE_INFINITY, 1, ...Array(20).fill(0.5)], [6, 4]),
      ),
  },
  {
    name: 'gradients of fusedConv2d with relu for a NaN behind a closed gate',
    run: () =>
      gradientsOf(
        (x, w, bias) => fusedConv2d(x as tf.Tensor4D, w!, { bias: bias!, activation: 'relu' }),
        [image(), filter(), tf.fill([4], -1e6)],
        tf.fill([2, 7, 7, 4], Number.NaN),
      ),
  },
  {
    name: 'squeezeExcite of integers',
    run: () => squeezeExcite(image('int32'), excitation('int32')),
  },
  ...(
    [
      [2, 2],
      [3, 1],
      [1, 3],
    ] as [number, number][]
  ).flatMap((strides): KernelCase[] =>
    (
      [
        [2, 1],
        [2, 3],
      ] as [number, number][]
    ).map((dilations) => ({
      name: `fusedConv2d with strides ${strides} and dilations ${dilations}, and its gradients`,
      run: () =>
        withGradients((x, w) =>
          fusedConv2d(x as tf.Tensor4D, w, {
            strides,
            dilations,
            pad: [
              [0, 0],
              [1, 2],
              [0, 3],
              [0, 0],
            ],
          }),
        ),
      expected: () =>
        withGradients((x, w) =>
          tf.conv2d(x as tf.Tensor4D, apart(w, dilations), strides, [
            [0, 0],
            [1, 2],
            [0, 3],
            [0, 0],
          ]),
        ),
    })),
  ),
];

const options = (changed: object) => ({ step: 1, learningRate: 0.1, ...changed }) as AdamWStepOptions;
const refused: [name: string, call: () => unknown, message: RegExp][] = [
  [
    'fusedBatchNorm of words',
    () => fusedBatchNorm(make([2, 3], 1, 'string'), make([3], 2), make([3], 3)),
    /fusedBatchNorm: x must be of numbers/,
  ],
  [
    'fusedBatchNorm with a negative epsilon',
    () => fusedBatchNorm(make([2, 3], 1), make([3], 2), make([3], 3), { epsilon: -1 }),
    /from 0, got -1/,
  ],
  [
    'fusedBatchNorm with NaN as epsilon',
    () => fusedBatchNorm(make([2, 3], 1), make([3], 2), make([3], 3), { epsilon: Number.NaN }),
    /from 0, got NaN/,
  ],
  ['squeezeExcite of words', () => squeezeExcite(image('string'), excitation()), /squeezeExcite: x must be of numbers/],
  [
    'squeezeExcite with words as weights',
    () => squeezeExcite(image(), excitation('string')),
    /squeezeExcite: the weights must be of numbers/,
  ],
  ['fusedConv2d of integers', () => fusedConv2d(image('int32'), filter()), /must be float32 tensor, but got int32/],
  [
    'fusedConv2d with integers as filter',
    () => fusedConv2d(image(), make([3, 2, 3, 4], 2, 'int32')),
    /must be float32 tensor, but got int32/,
  ],
  ['fire of integers', () => fire(image('int32'), expansion()), /must be float32 tensor, but got int32/],
  ['fire with integers as weights', () => fire(image(), expansion('int32')), /must be float32 tensor, but got int32/],
  [
    'strides of 0',
    () => fusedConv2d(image(), filter(), { strides: 0 }),
    /strides must be whole numbers above 0; .*got 0/,
  ],
  ['half a stride', () => fusedConv2d(image(), filter(), { strides: [1, 0.5] }), /strides .*got \[1,0.5\]/],
  ['negative dilations', () => concatConv2d(image(), [{ filter: filter(), dilations: -1 }]), /dilations .*got -1/],
  ['three strides', () => fusedConv2d(image(), filter(), { strides: [1, 1, 1] as never }), /strides .*got \[1,1,1\]/],
  ['a number as padding', () => fusedConv2d(image(), filter(), { pad: 1 as never }), /unknown padding; .*got 1$/],
  [
    'an unknown padding',
    () => fusedConv2d(image(), filter(), { pad: 'SAME' as never }),
    /unknown padding; .*got "SAME"/,
  ],
  [
    'a negative padding',
    () =>
      fusedConv2d(image(), filter(), {
        pad: [
          [0, 0],
          [-1, 0],
          [0, 0],
          [0, 0],
        ],
      }),
    /unknown padding/,
  ],
  [
    'padding of channels',
    () =>
      fusedConv2d(image(), filter(), {
        pad: [
          [0, 0],
          [1, 0],
          [0, 0],
          [0, 1],
        ],
      }),
    /unknown padding/,
  ],
  [
    'a filter larger than the image',
    () => fusedConv2d(image(), make([11, 1, 3, 4], 2)),
    /conv2d: the window does not fit into the image; .*9 × 8 pixels.*11 × 1/,
  ],
  [
    'AdamW with a tensor as parameter',
    () => adamW({ parameter: make([3], 1) as tf.Variable }),
    /parameter must be a variable/,
  ],
  [
    'AdamW with a tensor as moment',
    () => adamW({ firstMoment: make([3], 1) as tf.Variable }),
    /firstMoment must be a variable/,
  ],
  [
    'AdamW with integers as gradient',
    () => adamW({ gradient: make([3], 1, 'int32') }),
    /gradient of '.*' must be float32, got int32/,
  ],
  [
    'AdamW with integers as moment',
    () => adamW({ secondMoment: tf.variable(make([3], 1, 'int32')) }),
    /secondMoment .*must be float32, got int32/,
  ],
  ['AdamW with a gradient that is gone', () => adamW({ gradient: gone() }), /gradient of '.*' was disposed/],
  [
    'AdamW with one variable twice',
    () => {
      const both = tf.variable(tf.zeros([3]));
      return adamW({ firstMoment: both, secondMoment: both });
    },
    /three variables/,
  ],
  [
    'AdamW without a learning rate',
    () => adamW({}, options({ learningRate: undefined })),
    /learningRate .*got undefined/,
  ],
  ['AdamW with NaN as learning rate', () => adamW({}, options({ learningRate: Number.NaN })), /learningRate .*got NaN/],
  ['AdamW with a negative weight decay', () => adamW({}, options({ weightDecay: -0.1 })), /weightDecay .*got -0.1/],
  ['AdamW with 1 as beta', () => adamW({}, options({ beta2: 1 })), /beta2 .*got 1/],
  ['AdamW with half a step', () => adamW({}, options({ step: 1.5 })), /counted from 1; .*got 1.5/],
];

describe.each(['wasm', 'cpu'])('the functions of this package on %s', (backend) => {
  it.each(right.map((each) => [each.name, each] as const))('%s: as tfjs would', (_name, each) => {
    // Without a formula the cpu backend is the reference.
    if (backend === 'cpu' && !each.expected) return;
    const actual = outcomeOn(backend, each);
    // tfjs refuses strides together with dilations, and so does what this package composes of its operations.
    if (backend === 'cpu' && 'error' in actual) expect(actual.error).toMatch(/Either strides or dilations must be 1/);
    else expect(difference(actual, referenceOf(each))).toBeUndefined();
  });

  it.each(refused)('%s: refused', (_name, call, message) => {
    tf.setBackend(backend);
    tf.engine().startScope();
    expect(call).toThrow(message);
    tf.engine().endScope();
    tf.disposeVariables();
  });
});

function adamW(changed: Partial<Parameters<typeof fusedAdamWStep>[0]>, settings = options({})): void {
  const [parameter, firstMoment, secondMoment] = [1, 2, 3].map(() => tf.variable(tf.zeros([3]))) as tf.Variable[];
  const parts = {
    parameter: parameter!,
    firstMoment: firstMoment!,
    secondMoment: secondMoment!,
    gradient: make([3], 4),
  };
  fusedAdamWStep({ ...parts, ...changed }, settings);
}

function gone(): tf.Tensor {
  const tensor = tf.zeros([3]);
  tensor.dispose();
  return tensor;
}

function float(tensor: tf.Tensor): tf.Tensor {
  return tf.cast(tensor, 'float32');
}

function withGradients(convolve: (x: tf.Tensor, w: tf.Tensor) => tf.Tensor): tf.Tensor[] {
  return [convolve(image(), filter()), ...gradientsOf(convolve as never, [image(), filter()])];
}

/** The filter with zeros between its taps: what a dilation is. */
function apart(w: tf.Tensor, [rows, columns]: [number, number]): tf.Tensor4D {
  const [height, width, ...channels] = w.shape as [number, number, number, number];
  const spread = tf.pad(tf.reshape(w, [height, 1, width, 1, ...channels] as never), [
    [0, 0],
    [0, rows - 1],
    [0, 0],
    [0, columns - 1],
    [0, 0],
    [0, 0],
  ]);
  const whole = tf.reshape(spread, [height * rows, width * columns, ...channels] as never);
  return tf.slice(whole, [0, 0, 0, 0], [(height - 1) * rows + 1, (width - 1) * columns + 1, -1, -1]) as tf.Tensor4D;
}
