import { backend_util } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { kernelError, randomValues, startBackends } from './backends.js';

type Pad = 'same' | 'valid' | number | [[number, number], [number, number], [number, number], [number, number]];

interface Case {
  batch: number;
  height: number;
  width: number;
  inChannels: number;
  outChannels: number;
  kernel: [number, number];
  stride: number;
  pad: Pad;
}

const TOLERANCE = 5e-6;

beforeAll(startBackends);

describe('convolutions against the cpu backend', () => {
  it('agree on a grid of shapes', () => {
    let checked = 0;
    for (const [batch, height, width, inChannels, outChannels] of [
      [1, 5, 5, 8, 16],
      [2, 7, 8, 3, 5],
      [1, 6, 9, 17, 12],
    ] as const) {
      for (const size of [1, 3, 5]) {
        for (const stride of [1, 2]) {
          for (const pad of ['same', 'valid', 1] as const) {
            const kernel: [number, number] = [size, size];
            checked += checkAll({ batch, height, width, inChannels, outChannels, kernel, stride, pad });
          }
        }
      }
    }
    expect(checked).toBe(54);
  });

  it('agree on random shapes, rectangular kernels and lopsided padding', () => {
    const pad = fc.oneof(
      fc.constantFrom<Pad>('same', 'valid'),
      fc.tuple(fc.nat(2), fc.nat(2), fc.nat(2), fc.nat(2)).map(
        ([top, bottom, left, right]): Pad => [
          [0, 0],
          [top, bottom],
          [left, right],
          [0, 0],
        ],
      ),
    );
    const shape = fc.record({
      batch: fc.integer({ min: 1, max: 3 }),
      height: fc.integer({ min: 1, max: 10 }),
      width: fc.integer({ min: 1, max: 10 }),
      inChannels: fc.integer({ min: 1, max: 24 }),
      outChannels: fc.integer({ min: 1, max: 40 }), // from 32 on, filter gradients copy the input
      kernel: fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 })),
      stride: fc.integer({ min: 1, max: 3 }),
      pad,
    });
    fc.assert(
      fc.property(shape, (value) => void checkAll(value)),
      { numRuns: 60, seed: 7 },
    );
  });

  it('agree where one block, one tile or one strip is not enough', () => {
    const pointwise = { dy: [2, 15, 14, 42], filter: [1, 1, 1160, 42] };
    const flat = { strides: [1, 1], pad: 'same', dataFormat: 'NHWC' };
    const x = [2, 15, 14, 1160];
    expectClose('Conv2D', { x, filter: pointwise.filter }, { ...flat, dilations: [1, 1] }, 'wide');
    expectClose('Conv2DBackpropInput', pointwise, { ...flat, inputShape: x }, 'wide');
    expectClose('Conv2DBackpropFilter', { x, dy: pointwise.dy }, { ...flat, filterShape: pointwise.filter }, 'wide');
    for (const { image, size, stride } of [
      { image: [1, 40, 37, 210], size: 3, stride: 1 },
      { image: [1, 41, 38, 200], size: 3, stride: 2 },
      { image: [1, 25, 26, 131], size: 5, stride: 1 },
      { image: [1, 25, 26, 70], size: 5, stride: 2 },
      { image: [2, 12, 13, 37], size: 7, stride: 1 },
    ]) {
      const filter = [size, size, image[3]!, 1];
      const dy = describeConv(image, filter, stride, 'same', true).outShape;
      const attributes = { strides: [stride, stride], pad: 'same', dilations: [1, 1] };
      expectClose('DepthwiseConv2dNative', { x: image, filter }, attributes, image);
      expectClose('DepthwiseConv2dNativeBackpropInput', { dy, filter }, { ...attributes, inputShape: image }, image);
      expectClose(
        'DepthwiseConv2dNativeBackpropFilter',
        { x: image, dy },
        { ...attributes, filterShape: filter },
        image,
      );
    }
  });
});

/** Six kernels on one shape. Returns how many shapes were possible (0 or 1). */
function checkAll(value: Case): number {
  const { batch, height, width, inChannels, outChannels, kernel, stride, pad } = value;
  const x = [batch, height, width, inChannels];
  const filter = [...kernel, inChannels, outChannels];
  const info = describeConv(x, filter, stride, pad, false);
  if (info.outHeight < 1 || info.outWidth < 1) return 0;
  const dy = info.outShape;
  const base = { strides: [stride, stride], pad, dataFormat: 'NHWC' };
  const { fields } = { fields: base };
  expectClose('Conv2D', { x, filter }, { ...fields, dilations: [1, 1] }, value);
  expectClose('Conv2DBackpropInput', { dy, filter }, { ...fields, inputShape: x }, value);
  expectClose('Conv2DBackpropFilter', { x, dy }, { ...fields, filterShape: filter }, value);
  for (const activation of ['linear', 'relu', 'relu6']) {
    expectClose('FusedConv2D', { x, filter, bias: [outChannels] }, { ...fields, dilations: [1, 1], activation }, value);
  }
  const multiplier = outChannels % 3 === 0 ? 3 : 1;
  const depthFilter = [...kernel, inChannels, multiplier];
  const depthGradient = describeConv(x, depthFilter, stride, pad, true).outShape;
  const depth = { strides: [stride, stride], pad, dilations: [1, 1] };
  expectClose('DepthwiseConv2dNative', { x, filter: depthFilter }, depth, value);
  expectClose(
    'DepthwiseConv2dNativeBackpropInput',
    { dy: depthGradient, filter: depthFilter },
    { ...depth, inputShape: x },
    value,
  );
  expectClose(
    'DepthwiseConv2dNativeBackpropFilter',
    { x, dy: depthGradient },
    { ...depth, filterShape: depthFilter },
    value,
  );
  return 1;
}

function describeConv(x: number[], filter: number[], stride: number, pad: Pad, depthwise: boolean) {
  return backend_util.computeConv2DInfo(
    x as [number, number, number, number],
    filter as [number, number, number, number],
    stride,
    1,
    pad,
    undefined,
    depthwise,
  );
}

function expectClose(kernel: string, shapes: Record<string, number[]>, attributes: object, value: unknown): void {
  const inputs = Object.fromEntries(
    Object.entries(shapes).map(([name, shape], i) => [name, randomValues(shape, i + 1)]),
  );
  const error = kernelError(kernel, inputs, attributes);
  expect(error, `${kernel} on ${JSON.stringify(value)}`).toBeLessThan(TOLERANCE);
}
