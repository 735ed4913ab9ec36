import * as tf from '@tensorflow/tfjs-core';
import { explicit, sidesOf } from './explicit-padding.js';
import { gradientsOf, type KernelCase, make } from './kernel-case.js';

type Pad = 'same' | 'valid' | number | tf.backend_util.ExplicitPadding;
type Pair = [number, number];
type Filter = [number, number, number, number];
type Convolve = (x: tf.Tensor, w: tf.Tensor, sides: tf.backend_util.ExplicitPadding, bias?: tf.Tensor) => tf.Tensor;
type Rounding = 'floor' | 'round' | 'ceil';

interface Options {
  strides: number | Pair;
  pad: Pad;
  dilations?: number | Pair;
  rounding?: Rounding;
}

const OPTIONS: Options[] = [
  { strides: 1, pad: 'same' },
  { strides: 1, pad: 'valid' },
  { strides: 2, pad: 'same' },
  { strides: 2, pad: 'valid' },
  { strides: [1, 2], pad: 'same' },
  { strides: [3, 1], pad: 'valid' },
  { strides: 3, pad: 'same' },
  { strides: 1, pad: 1 },
  { strides: 1, pad: 0, rounding: 'floor' },
  ...(['floor', 'round', 'ceil'] as const).map((rounding): Options => ({ strides: 2, pad: 1, rounding })),
  { strides: 1, pad: explicit([1, 2], [0, 3]) },
  { strides: 2, pad: explicit([0, 2], [3, 1]) },
  { strides: 1, pad: explicit([4, 4], [5, 5]) },
  { strides: 1, pad: explicit([-1, 1], [1, -1]) },
];
const DILATED: Options[] = [
  { strides: 1, pad: 'same', dilations: 2 },
  { strides: 1, pad: 'valid', dilations: [1, 2] },
  { strides: 1, pad: 'same', dilations: [3, 1] },
  { strides: 1, pad: 2, dilations: 2 },
  { strides: 1, pad: explicit([1, 2], [0, 3]), dilations: 2 },
];

/** Conv2D, DepthwiseConv2dNative, FusedConv2D, their gradients, and the transposed convolution. */
export function convolutionCases(): KernelCase[] {
  return [...plain(), ...depthwise(), ...fused(), ...transposed()];
}

function plain(): KernelCase[] {
  const cases: KernelCase[] = [];
  const sizes: [x: number[], filter: number[]][] = [
    [
      [2, 7, 6, 3],
      [3, 3, 3, 5],
    ],
    [
      [1, 8, 9, 8],
      [3, 3, 8, 12],
    ],
    [
      [2, 16, 18, 16],
      [3, 3, 16, 8],
    ],
    [
      [2, 6, 5, 4],
      [1, 1, 4, 9],
    ],
    [
      [1, 9, 8, 1],
      [5, 2, 1, 2],
    ],
    [
      [5, 6, 3],
      [2, 3, 3, 4],
    ],
    [
      [0, 5, 6, 3],
      [2, 3, 3, 4],
    ],
  ];
  for (const [xShape, filterShape] of sizes) {
    for (const options of [...OPTIONS, ...DILATED]) {
      const convolve = (x: tf.Tensor, w: tf.Tensor) =>
        tf.conv2d(
          x as tf.Tensor4D,
          w as tf.Tensor4D,
          options.strides,
          options.pad,
          'NHWC',
          options.dilations,
          options.rounding,
        );
      const name = `conv2d [${xShape}] ∗ [${filterShape}], ${words(options)}`;
      const operands = () => [make(xShape, 1), make(filterShape, 2)];
      cases.push({ name, run: () => convolve(...(operands() as [tf.Tensor, tf.Tensor])) });
      if (xShape[0] === 0) continue;
      cases.push({
        name: `gradients of ${name}`,
        run: () => gradientsOf(convolve as never, operands()),
        ...(options.dilations === undefined ? {} : { expected: () => stuffedGradients(options, operands()) }),
        ...(options.rounding ? { expected: () => paddedGradients(options, operands()) } : {}),
      });
    }
  }
  const [x, w] = [() => make<tf.Rank.R4>([1, 3, 5, 6], 1), () => make<tf.Rank.R4>([2, 2, 3, 4], 2)];
  cases.push(
    {
      name: 'conv2d of NCHW',
      run: () => tf.conv2d(x(), w(), 1, 'valid', 'NCHW'),
      refused: /NCHW|channelsFirst/,
    },
    {
      name: 'gradients of conv2d of NCHW',
      run: () => gradientsOf((a, b) => tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, 1, 'valid', 'NCHW'), [x(), w()]),
      refused: /NCHW|channelsFirst/,
    },
    {
      name: 'conv2d of integers',
      run: () => tf.conv2d(make<tf.Rank.R4>([1, 4, 4, 2], 1, 'int32'), make<tf.Rank.R4>([2, 2, 2, 1], 2), 1, 'same'),
    },
    {
      name: 'conv2d with strides and dilations',
      run: () => tf.conv2d(make<tf.Rank.R4>([1, 9, 9, 2], 1), make<tf.Rank.R4>([2, 2, 2, 1], 2), 2, 'same', 'NHWC', 2),
    },
    {
      name: 'conv2d of other channels',
      run: () => tf.conv2d(make<tf.Rank.R4>([1, 4, 4, 2], 1), make<tf.Rank.R4>([2, 2, 3, 1], 2), 1, 'same'),
    },
    {
      name: 'conv2d with a filter far larger than the image',
      run: () => tf.conv2d(make<tf.Rank.R4>([1, 2, 2, 2], 1), make<tf.Rank.R4>([5, 6, 2, 1], 2), 1, 'valid'),
      refused: /conv2d: the window does not fit.*2 × 2.*5 × 6/,
    },
    {
      name: 'conv2d with a filter far too high for the image',
      run: () => tf.conv2d(make<tf.Rank.R4>([1, 2, 8, 2], 1), make<tf.Rank.R4>([5, 1, 2, 1], 2), 1, 'valid'),
      refused: /conv2d: the window does not fit.*2 × 8.*5 × 1/,
    },
    {
      name: 'depthwiseConv2d with a filter far larger than the image',
      run: () => tf.depthwiseConv2d(make<tf.Rank.R4>([1, 2, 2, 2], 1), make<tf.Rank.R4>([5, 6, 2, 1], 2), 1, 'valid'),
      refused: /depthwiseConv2d: the window does not fit/,
    },
    {
      name: 'conv2d with a filter larger than the image',
      run: () => tf.conv2d(make<tf.Rank.R4>([1, 2, 2, 2], 1), make<tf.Rank.R4>([3, 3, 2, 1], 2), 1, 'valid'),
    },
    {
      name: 'conv2d with a filter larger than the image, same',
      run: () => tf.conv2d(make<tf.Rank.R4>([1, 2, 2, 2], 1), make<tf.Rank.R4>([5, 5, 2, 1], 2), 1, 'same'),
    },
    {
      name: 'conv1d',
      run: () => tf.conv1d(make<tf.Rank.R3>([2, 9, 3], 1), make<tf.Rank.R3>([4, 3, 5], 2), 1, 'same', 'NWC', 2),
    },
    {
      name: 'gradients of conv1d',
      run: () =>
        gradientsOf(
          (a, b) => tf.conv1d(a as tf.Tensor3D, b as tf.Tensor3D, 2, 'same'),
          [make([2, 9, 3], 1), make([4, 3, 5], 2)],
        ),
    },
    {
      name: 'conv2d of an infinity',
      run: () => tf.conv2d(unusual([1, 5, 6, 3]), make<tf.Rank.R4>([2, 2, 3, 4], 2), 1, 'same'),
    },
  );
  return cases;
}

function depthwise(): KernelCase[] {
  const cases: KernelCase[] = [];
  const sizes: [x: number[], filter: number[]][] = [
    [
      [2, 7, 6, 3],
      [3, 3, 3, 1],
    ],
    [
      [1, 8, 9, 8],
      [3, 3, 8, 1],
    ],
    [
      [2, 9, 8, 17],
      [5, 5, 17, 1],
    ],
    [
      [2, 6, 5, 4],
      [1, 1, 4, 1],
    ],
    [
      [2, 7, 6, 3],
      [3, 2, 3, 2],
    ],
    [
      [1, 7, 6, 8],
      [2, 3, 8, 3],
    ],
    [
      [5, 6, 3],
      [2, 3, 3, 4],
    ],
    [
      [0, 5, 6, 3],
      [2, 3, 3, 1],
    ],
    [
      [0, 5, 6, 3],
      [2, 3, 3, 2],
    ],
  ];
  for (const [xShape, filterShape] of sizes) {
    for (const options of [...OPTIONS, ...DILATED]) {
      const convolve = (x: tf.Tensor, w: tf.Tensor) =>
        tf.depthwiseConv2d(
          x as tf.Tensor4D,
          w as tf.Tensor4D,
          options.strides,
          options.pad,
          'NHWC',
          options.dilations,
          options.rounding,
        );
      const name = `depthwiseConv2d [${xShape}] ∗ [${filterShape}], ${words(options)}`;
      const operands = () => [make(xShape, 1), make(filterShape, 2)];
      cases.push({ name, run: () => convolve(...(operands() as [tf.Tensor, tf.Tensor])) });
      if (xShape[0] === 0) continue;
      cases.push({
        name: `gradients of ${name}`,
        run: () => gradientsOf(convolve as never, operands()),
        ...(options.dilations === undefined ? {} : { expected: () => stuffedGradients(options, operands(), true) }),
      });
    }
  }
  const [x, w] = [make<tf.Rank.R4>, make<tf.Rank.R4>];
  cases.push(
    {
      name: 'depthwiseConv2d of NCHW',
      run: () => tf.depthwiseConv2d(x([1, 3, 5, 3], 1), w([2, 2, 3, 1], 2), 1, 'valid', 'NCHW'),
      refused: /depthwiseConv2d: .*NCHW/,
    },
    ...(['linear', 'relu', 'relu6', 'elu'] as const).flatMap((activation) =>
      [1, 2].map((strides) => ({
        name: `gradients of fused.depthwiseConv2d with ${activation}, stride ${strides}`,
        run: () =>
          gradientsOf(
            (a, b, bias) =>
              tf.fused.depthwiseConv2d({
                x: a as tf.Tensor4D,
                filter: b as tf.Tensor4D,
                strides,
                pad: 'same',
                bias: bias!,
                activation,
              }),
            [x([2, 7, 6, 3], 1), w([3, 2, 3, 2], 2), make([6], 3)],
          ),
      })),
    ),
    {
      name: 'separableConv2d',
      run: () => tf.separableConv2d(x([1, 6, 7, 3], 1), w([3, 3, 3, 2], 2), w([1, 1, 6, 4], 3), 1, 'same'),
    },
    {
      name: 'gradients of separableConv2d',
      run: () =>
        gradientsOf(
          (a, b, c) => tf.separableConv2d(a as tf.Tensor4D, b as tf.Tensor4D, c as tf.Tensor4D, 2, 'same'),
          [x([1, 6, 7, 3], 1), w([3, 3, 3, 2], 2), w([1, 1, 6, 4], 3)],
        ),
    },
    {
      name: 'depthwiseConv2d of an infinity',
      run: () => tf.depthwiseConv2d(unusual([1, 5, 6, 3]), w([2, 2, 3, 1], 2), 1, 'same'),
    },
    {
      name: 'depthwiseConv2d of integers',
      run: () => tf.depthwiseConv2d(x([1, 5, 6, 3], 1, 'int32'), w([2, 2, 3, 1], 2), 1, 'same'),
    },
  );
  return cases;
}

function fused(): KernelCase[] {
  const cases: KernelCase[] = [];
  const activations = ['linear', 'relu', 'relu6', 'sigmoid', 'elu', 'prelu', 'leakyrelu'] as const;
  const biases: (number[] | undefined)[] = [undefined, [5], [1], [], [1, 5]];
  const options: Options[] = [
    { strides: 1, pad: 'same' },
    { strides: 2, pad: 'valid' },
    { strides: 1, pad: 'same', dilations: 2 },
    { strides: 2, pad: 1, rounding: 'floor' },
    { strides: 2, pad: 1, rounding: 'ceil' },
    { strides: 2, pad: 0, rounding: 'round' },
    { strides: 1, pad: explicit([1, 2], [0, 3]) },
  ];
  for (const activation of activations) {
    for (const { strides, pad, dilations, rounding } of options) {
      for (const shape of biases) {
        const callWith = (padding: Pad, x: tf.Tensor, filter: tf.Tensor, bias?: tf.Tensor) =>
          tf.fused.conv2d({
            x: x as tf.Tensor4D,
            filter: filter as tf.Tensor4D,
            strides,
            pad: padding,
            dilations: dilations ?? 1,
            ...(rounding && padding === pad ? { dimRoundingMode: rounding } : {}),
            ...(bias ? { bias } : {}),
            activation,
            leakyreluAlpha: 0.3,
            ...(activation === 'prelu' ? { preluActivationWeights: make([5], 8) } : {}),
          });
        const call: Convolve = (x, w, sides, bias) => callWith(sides, x, w, bias);
        const name = `fused.conv2d, ${words({ strides, pad, dilations, rounding } as Options)}, bias [${shape}], ${activation}`;
        cases.push({
          name,
          run: () => callWith(pad, make([2, 7, 6, 3], 1), make([3, 3, 3, 5], 2), shape && make(shape, 3)),
        });
        if (dilations || shape?.length !== 1 || shape[0] === 1 || activation === 'prelu' || activation === 'leakyrelu')
          continue;
        const operands = () => [make([2, 7, 6, 3], 1), make([3, 3, 3, 5], 2), make(shape, 3)];
        cases.push({
          name: `gradients of ${name}`,
          run: () => gradientsOf((x, w, bias) => callWith(pad, x!, w!, bias), operands()),
          ...(rounding ? { expected: () => paddedGradients({ strides, pad, rounding }, operands(), call) } : {}),
        });
      }
    }
    cases.push({
      name: `fused.conv2d of NCHW with ${activation}`,
      run: () =>
        tf.fused.conv2d({
          x: make([1, 3, 5, 6], 1),
          filter: make([2, 2, 3, 4], 2),
          strides: 1,
          pad: 'valid',
          dataFormat: 'NCHW',
          activation,
        } as never),
      refused: /NHWC|NCHW|channelsFirst/,
    });
  }
  for (const shape of [[], [1], [1, 1, 5], [7, 6, 5], [1, 6, 5], [7, 1, 1], [7, 1, 5]]) {
    cases.push({
      name: `fused.conv2d with prelu weights [${shape}]`,
      run: () =>
        tf.fused.conv2d({
          x: make<tf.Rank.R4>([2, 7, 6, 3], 1),
          filter: make([3, 3, 3, 5], 2),
          strides: 1,
          pad: 'same',
          activation: 'prelu',
          preluActivationWeights: make(shape, 8),
        }),
      // The stock Prelu repeats its weights along the values, whatever their shape.
      ...(shape[0] === 7 && shape[1] === 1 ? { refused: /fused.conv2d: the weights of prelu do not fit/ } : {}),
    });
  }
  return cases;
}

function transposed(): KernelCase[] {
  const cases: KernelCase[] = [];
  for (const [size, filter, strides, output, pad] of [
    [[3, 4], [3, 3], 1, [3, 4], 'same'],
    [[3, 4], [3, 3], 1, [5, 6], 'valid'],
    [[3, 4], [2, 3], 2, [6, 8], 'same'],
    [[3, 4], [2, 3], 2, [5, 7], 'same'],
    [[3, 4], [3, 3], 2, [7, 9], 'valid'],
    [[3, 4], [3, 3], 2, [8, 10], 'valid'],
    [[3, 4], [2, 2], 3, [8, 11], 'valid'],
    [[3, 4], [2, 2], 2, [4, 6], 1],
    // The input is larger than what a convolution of the output gives: only its beginning counts.
    [[3, 3], [1, 1], 1, [2, 2], 'valid'],
    [[3, 3], [1, 1], 1, [2, 2], 'same'],
    [[8, 8], [8, 8], 1, [4, 4], 'same'],
    [[5, 7], [2, 3], 2, [3, 5], 'valid'],
    [[9, 9], [3, 3], 1, [6, 7], 'same'],
  ] as [Pair, Pair, number, Pair, Pad][]) {
    for (const [inChannels, outChannels] of [
      [3, 2],
      [8, 16],
    ] as const) {
      const name = `conv2dTranspose of ${size} by ${filter}, stride ${strides}, ${pad}, to ${output}, ${inChannels} channels`;
      const call = (x: tf.Tensor, w: tf.Tensor) =>
        tf.conv2dTranspose(x as tf.Tensor4D, w as tf.Tensor4D, [2, ...output, outChannels], strides, pad as 'same');
      const operands = (dtype: tf.DataType = 'float32') => [
        make([2, ...size, inChannels], 1, dtype),
        make([...filter, outChannels, inChannels], 2, dtype),
      ];
      cases.push({ name, run: () => call(...(operands() as [tf.Tensor, tf.Tensor])) });
      cases.push({ name: `${name}, integers`, run: () => call(...(operands('int32') as [tf.Tensor, tf.Tensor])) });
      cases.push({ name: `gradients of ${name}`, run: () => gradientsOf(call as never, operands()) });
      cases.push({
        name: `gradient of ${name} by its filter`,
        run: () => gradientsOf((w) => call(operands()[0]!, w), [operands()[1]!]),
      });
    }
  }
  cases.push(
    {
      name: 'conv2dTranspose to an output that needs a larger input',
      run: () =>
        tf.conv2dTranspose(
          make<tf.Rank.R4>([1, 3, 3, 1], 1),
          make<tf.Rank.R4>([1, 1, 1, 1], 2),
          [1, 4, 4, 1],
          1,
          'valid',
        ),
      refused: /conv2dTranspose: .*4 × 4.*3 × 3/,
    },
    {
      name: 'conv2dTranspose to another batch',
      run: () =>
        tf.conv2dTranspose(
          make<tf.Rank.R4>([1, 3, 3, 1], 1),
          make<tf.Rank.R4>([1, 1, 1, 1], 2),
          [2, 3, 3, 1],
          1,
          'valid',
        ),
      refused: /conv2dTranspose: .*batch/,
    },
    {
      name: 'conv2dTranspose of the case by hand',
      run: () =>
        tf.conv2dTranspose(
          tf.tensor4d([0, 1, 2, 3, 4, 5, 6, 7, 8], [1, 3, 3, 1]),
          tf.ones([1, 1, 1, 1]),
          [1, 2, 2, 1],
          1,
          'valid',
        ),
      expected: () => tf.tensor4d([0, 1, 3, 4], [1, 2, 2, 1]),
    },
    {
      name: 'conv2dTranspose of one image',
      run: () =>
        tf.conv2dTranspose(make<tf.Rank.R3>([3, 3, 2], 1), make<tf.Rank.R4>([2, 2, 3, 2], 2), [6, 6, 3], 2, 'same'),
    },
  );
  return cases;
}

/** Gradients of a dilated convolution by the cpu backend, which refuses them: those of the filter with zeros between its taps. */
function stuffedGradients({ strides, pad, dilations }: Options, operands: tf.Tensor[], byChannel = false): tf.Tensor[] {
  const [dy, dx] = [dilations!].flat().length === 2 ? (dilations as Pair) : [dilations as number, dilations as number];
  const [height, width, ...channels] = operands[1]!.shape as [number, number, number, number];
  const stuff = (w: tf.Tensor) => {
    const apart = tf.pad(tf.reshape(w, [height, 1, width, 1, ...channels] as never), [
      [0, 0],
      [0, dy - 1],
      [0, 0],
      [0, dx - 1],
      [0, 0],
      [0, 0],
    ]);
    const whole = tf.reshape(apart, [height * dy, width * dx, ...channels] as never);
    return tf.slice(whole, [0, 0, 0, 0], [
      (height - 1) * dy + 1,
      (width - 1) * dx + 1,
      ...channels,
    ] as never) as tf.Tensor4D;
  };
  const convolve = byChannel ? tf.depthwiseConv2d : tf.conv2d;
  return gradientsOf((x, w) => convolve(x as tf.Tensor4D, stuff(w), strides, pad), operands);
}

/** Gradients with a number as padding, of which tfjs' own forget how sizes are rounded: the same padding side by side. */
function paddedGradients(
  { strides, pad, rounding }: Options,
  operands: tf.Tensor[],
  convolve: Convolve = (x, w, sides) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, strides, sides),
): tf.Tensor[] {
  const shapes = operands.map(({ shape }) => shape) as [number[], Filter];
  const image = (shapes[0].length === 3 ? [1, ...shapes[0]] : shapes[0]) as Filter;
  const info = tf.backend_util.computeConv2DInfo(image, shapes[1], strides, 1, pad, rounding);
  const sides = sidesOf(info, pad as number);
  // tfjs takes the width of the output from the height of the filter here, on all backends.
  const size = [-1, info.outHeight, info.outWidth, -1];
  return gradientsOf((x, w, ...others) => {
    const output = convolve(x!, w!, sides, ...others);
    return tf.slice(output, [0, 0, 0, 0].slice(-output.rank), size.slice(-output.rank));
  }, operands);
}

function words({ strides, pad, dilations, rounding }: Options): string {
  return `stride ${strides}, pad ${JSON.stringify(pad)}${dilations ? `, dilation ${dilations}` : ''}${rounding ? `, ${rounding}` : ''}`;
}

/** Values with one infinity. Zeros of the padding times an infinite weight are NaN; an infinite pixel is only seen where it is. */
function unusual(shape: number[]): tf.Tensor4D {
  const values = make(shape, 1).dataSync().slice();
  values[20] = Number.POSITIVE_INFINITY;
  return tf.tensor4d(values, shape as [number, number, number, number]);
}
