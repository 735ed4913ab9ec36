import { backend_util } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { winogradPays } from '../src/run-winograd.js';
import { kernelError, randomValues, startBackends } from './backends.js';

type Sides = [number, number];
type Pad = 'same' | 'valid' | [Sides, Sides, Sides, Sides];

interface Case {
  batch: number;
  height: number;
  width: number;
  inChannels: number;
  outChannels: number;
  pad: Pad;
}

const TOLERANCE = 5e-6;

beforeAll(startBackends);

describe('the Winograd kernels against the cpu backend', () => {
  it('agree for every number of pixels left over beside whole tiles', () => {
    for (let height = 5; height <= 8; height++) {
      check({ batch: 6, height, width: 19 - height, inChannels: 16, outChannels: 20, pad: 'same' });
    }
  });

  it('agree where the images fill several blocks of tiles', () => {
    check({ batch: 5, height: 19, width: 22, inChannels: 24, outChannels: 16, pad: 'valid' });
  });

  it('agree on random shapes, paddings and channels', () => {
    const side = fc.integer({ min: 0, max: 4 });
    const pad = fc.oneof(
      fc.constantFrom<Pad>('same', 'valid'),
      fc.tuple(side, side, side, side).map(
        ([a, b, c, d]): Pad => [
          [0, 0],
          [a, b],
          [c, d],
          [0, 0],
        ],
      ),
    );
    const channels = fc.integer({ min: 2, max: 6 }).map((fours) => fours * 4);
    const size = fc.integer({ min: 7, max: 12 });
    const batch = fc.integer({ min: 3, max: 5 });
    const shape = fc
      .record({ batch, height: size, width: size, inChannels: channels, outChannels: channels, pad })
      .filter((value) => winogradPays(describeConv(value)));
    fc.assert(fc.property(shape, check), { numRuns: 12, seed: 11 });
  });

  it('leave to the direct kernels what does not fit or does not pay', () => {
    const base: Case = { batch: 16, height: 12, width: 12, inChannels: 16, outChannels: 16, pad: 'same' };
    expect(winogradPays(describeConv(base))).toBe(true);
    expect(winogradPays(describeConv({ ...base, inChannels: 3 }))).toBe(false);
    expect(winogradPays(describeConv({ ...base, outChannels: 18 }))).toBe(false);
    expect(winogradPays(describeConv({ ...base, height: 1, width: 1 }))).toBe(false);
    expect(winogradPays(describeConv({ ...base, batch: 1, height: 7, width: 7 }))).toBe(false);
    for (const changed of [{ strideHeight: 2 }, { dilationWidth: 2 }, { filterHeight: 1 }, { filterWidth: 9 }]) {
      expect(winogradPays({ ...describeConv(base), ...changed }), JSON.stringify(changed)).toBe(false);
    }
  });
});

/** Forward (with one activation or another) and both gradients. The cpu backend sums in float64. */
function check(value: Case): void {
  const { batch, height, width, inChannels, outChannels, pad } = value;
  const shapes = { x: [batch, height, width, inChannels], filter: [3, 3, inChannels, outChannels] };
  const info = describeConv(value);
  const x = randomValues(shapes.x, 1);
  const filter = randomValues(shapes.filter, 2);
  // Results mostly within ±6: the error is measured against the largest value, which relu6 cuts.
  filter.data.forEach((weight, i) => {
    filter.data[i] = weight / 8;
  });
  const bias = randomValues([outChannels], 3);
  const dy = randomValues(info.outShape, 4);
  const base = { strides: [1, 1], pad, dataFormat: 'NHWC' };
  const where = JSON.stringify(value);
  expect(winogradPays(info), where).toBe(true);
  const activation = ['linear', 'relu', 'relu6'][width % 3];
  const error = kernelError('FusedConv2D', { x, filter, bias }, { ...base, dilations: [1, 1], activation });
  expect(error, `${activation} ${where}`).toBeLessThan(TOLERANCE);
  const attributes = { inputShape: shapes.x, filterShape: shapes.filter };
  expect(kernelError('Conv2DBackpropInput', { dy, filter }, { ...base, ...attributes }), where).toBeLessThan(TOLERANCE);
  expect(kernelError('Conv2DBackpropFilter', { x, dy }, { ...base, ...attributes }), where).toBeLessThan(TOLERANCE);
}

function describeConv({ batch, height, width, inChannels, outChannels, pad }: Case): backend_util.Conv2DInfo {
  return backend_util.computeConv2DInfo([batch, height, width, inChannels], [3, 3, inChannels, outChannels], 1, 1, pad);
}
