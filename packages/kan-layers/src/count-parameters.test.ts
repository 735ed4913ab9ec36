import { input, layers, model as makeModel, type SymbolicTensor, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../test/backends.js';
import {
  chebyshevKAN,
  classicFourierKAN,
  countParameters,
  efficientKAN,
  fasterKAN,
  fastKAN,
  fourierKAN,
  jacobiKAN,
  legendreKAN,
  rationalKAN,
  waveletKAN,
} from './index.js';

describe('countParameters', () => {
  beforeAll(() => useBackend('cpu'));

  it.each([
    ['EfficientKAN', () => efficientKAN({ units: 6 }), 76_800, 76_800 + 15_360],
    ['EfficientKAN without scale', () => efficientKAN({ units: 6, standaloneScale: false }), 69_120, 69_120 + 15_360],
    ['FourierKAN', () => fourierKAN({ units: 6 }), 39_696, 39_696],
    ['FourierKAN with layer norm', () => fourierKAN({ units: 6, layerNorm: true }), 42_256, 42_256],
    ['ClassicFourierKAN', () => classicFourierKAN({ units: 6 }), 76_806, 76_806],
    ['ChebyshevKAN', () => chebyshevKAN({ units: 6 }), 38_400, 38_400],
    ['JacobiKAN', () => jacobiKAN({ units: 6 }), 38_400, 38_400],
    ['Legendre', () => legendreKAN({ units: 6 }), 38_400, 38_400],
    ['FastKAN without layer norm', () => fastKAN({ units: 6, layerNorm: false }), 69_126, 69_126],
    ['FastKAN', () => fastKAN({ units: 6 }), 71_686, 71_686],
    ['FasterKAN', () => fasterKAN({ units: 6 }), 61_440 + 2_560, 61_440 + 2_560],
    ['WaveletKAN', () => waveletKAN({ units: 6 }), 3 * 7_680 + 12, 3 * 7_680 + 24],
    ['WaveletKAN without batch norm', () => waveletKAN({ units: 6, batchNorm: false }), 23_040, 23_040],
    ['RationalKAN', () => rationalKAN({ units: 6 }), 7_724, 7_724],
    ['Dense', () => layers.dense({ units: 6 }), 7_686, 7_686],
  ] as const)('1280→6 %s', (_, make, trainable, total) => {
    const layer = make();
    expect(() => countParameters(layer)).toThrow('before build');
    layer.apply(input({ shape: [1280] }));
    expect(countParameters(layer)).toEqual({ trainable, total });
    layer.trainable = false;
    expect(countParameters(layer)).toEqual({ trainable: 0, total });
    layer.dispose();
  });

  it("the study's SqueezeNet head 512→256→128→64→32→6", () => {
    const head = sequential();
    head.add(layers.inputLayer({ inputShape: [512] }));
    for (const units of [256, 128, 64, 32, 6]) head.add(fourierKAN({ units }));
    expect(countParameters(head)).toEqual({ trainable: 199_608, total: 199_608 });
    head.dispose();
  });

  it('counts a shared layer once', () => {
    const shared = efficientKAN({ units: 3 });
    const x = input({ shape: [3] });
    const y = shared.apply(shared.apply(x)) as SymbolicTensor;
    expect(countParameters(makeModel({ inputs: x, outputs: y })).trainable).toBe(3 * 3 * 10);
  });
});
