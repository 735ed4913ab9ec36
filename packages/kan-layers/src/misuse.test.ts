import { zeros } from '@tensorflow/tfjs-core';
import { input } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../test/backends.js';
import {
  chebyshevKAN,
  classicFourierKAN,
  efficientKAN,
  FanInInitializer,
  fasterKAN,
  fastKAN,
  fourierKAN,
  jacobiKAN,
  rationalKAN,
  SplineNoiseInitializer,
  UniformInitializer,
  waveletKAN,
} from './index.js';

describe('misuse', () => {
  beforeAll(() => useBackend('cpu'));

  it('wrong options say what is expected', () => {
    expect(() => efficientKAN({ units: 0 })).toThrow('units is wrong; expected a positive integer, got 0');
    expect(() => efficientKAN({ units: 1, gridSize: 2.5 })).toThrow('gridSize is wrong');
    expect(() => efficientKAN({ units: 1, splineOrder: -1 })).toThrow('splineOrder is wrong');
    expect(() => efficientKAN({ units: 1, gridRange: [1, 1] })).toThrow('gridRange is wrong');
    expect(() => fourierKAN({ units: 1, numFrequencies: 0 })).toThrow('numFrequencies is wrong');
    expect(() => fourierKAN({ units: 1, dropout: 1 })).toThrow('dropout is wrong');
    expect(() => fourierKAN({ units: 1, biasInitializer: 'nonsense' as 'zeros' })).toThrow("got 'nonsense'");
    expect(() => efficientKAN({ units: 1, baseActivation: 'nonsense' as 'relu' })).toThrow('nonsense');
  });

  it('wrong options of the layers on other bases, too', () => {
    expect(() => classicFourierKAN({ units: 1, gridSize: 0 })).toThrow('ClassicFourierKAN: gridSize is wrong');
    expect(() => chebyshevKAN({ units: 1, degree: 1.5 })).toThrow('ChebyshevKAN: degree is wrong');
    expect(() => chebyshevKAN({ units: 1, start: 'wide' as 'fanIn' })).toThrow('expected one of reference, fanIn');
    expect(() => jacobiKAN({ units: 1, b: -1 })).toThrow('JacobiKAN: b is wrong; expected a number above -1, got -1');
    expect(() => fastKAN({ units: 1, gridMin: 3 })).toThrow('gridMin and gridMax are wrong');
    expect(() => fastKAN({ units: 1, numGrids: 1 })).toThrow('FastKAN: denominator is wrong');
    expect(() => fastKAN({ units: 1, start: 'small' as 'fanIn' })).toThrow('expected one of fanIn, reference');
    expect(() => fasterKAN({ units: 1, invDenominator: 0 })).toThrow('invDenominator is wrong');
    expect(() => waveletKAN({ units: 1, waveletType: 'haar' as 'morlet' })).toThrow(
      'expected one of mexicanHat, morlet',
    );
    expect(() => waveletKAN({ units: 1, batchNormMomentum: 2 })).toThrow('batchNormMomentum is wrong');
    expect(() => rationalKAN({ units: 1, start: 'relu' as 'gelu' })).toThrow('expected one of swish, gelu');
    expect(() => rationalKAN({ units: 1, groups: 3 }).apply(zeros([2, 4]))).toThrow(
      'expected a divisor of the 4 inputs, got 3',
    );
  });

  it('an undefined option of an initializer is one that is left out', () => {
    const left = { seed: 1, scale: undefined, distribution: undefined, fanIn: undefined };
    const values = (initializer: FanInInitializer | UniformInitializer) => [...initializer.apply([4, 3]).dataSync()];
    expect(values(new FanInInitializer(left))).toEqual(values(new FanInInitializer({ seed: 1 })));
    const uniform = new UniformInitializer({ seed: 1, minimum: undefined, maximum: undefined });
    expect(values(uniform)).toEqual(values(new UniformInitializer({ seed: 1 })));
    const noise = (options: object) => [
      ...new SplineNoiseInitializer({ seed: 1, ...options }).apply([8, 2, 2]).dataSync(),
    ];
    expect(noise({ splineOrder: undefined, scaleNoise: undefined })).toEqual(noise({}));
    expect(noise({}).every(Number.isFinite)).toBe(true);
  });

  it.each(['uniform', 'normal'] as const)('a seed of 0 is a seed (%s)', (distribution) => {
    const values = (seed: number) => [...new FanInInitializer({ distribution, seed }).apply([4, 3]).dataSync()];
    expect(values(0)).toEqual(values(0));
    expect(values(0)).not.toEqual(values(1));
  });

  it('a vector or an unknown last dimension is refused', () => {
    expect(() => efficientKAN({ units: 1 }).apply(zeros([5]))).toThrow('expected rank ≥ 2');
    expect(() => efficientKAN({ units: 1 }).apply(input({ shape: [null] }))).toThrow('known last dimension');
  });
});
