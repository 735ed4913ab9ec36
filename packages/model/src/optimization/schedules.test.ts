import { describe, expect, it } from 'vitest';
import golden from '../../test/golden/adamw.json' with { type: 'json' };
import { cosineDecay } from './cosine-decay.js';
import { oneCycle } from './one-cycle.js';
import { stepDecay } from './step-decay.js';

describe('stepDecay', () => {
  it('is the study’s StepLR', () => {
    const rate = stepDecay({ initial: 1e-4 });
    expect([0, 19, 20, 39, 40, 99].map(rate)).toEqual([
      1e-4,
      1e-4,
      1e-4 * 0.7,
      1e-4 * 0.7,
      1e-4 * 0.7 ** 2,
      1e-4 * 0.7 ** 4,
    ]);
  });
});

describe('cosineDecay', () => {
  it('rises linearly, falls in half a cosine and stays', () => {
    const rate = cosineDecay({ initial: 1, steps: 12, warmup: 2, final: 0.2 });
    const expected = [0.5, 1, 1, 0.2 + 0.4 * (1 + Math.cos(Math.PI * 0.5)), 0.2, 0.2];
    [0, 1, 2, 7, 12, 40].forEach((step, i) => {
      expect(rate(step)).toBeCloseTo(expected[i], 12);
    });
  });
});

describe('oneCycle', () => {
  it('is PyTorch’s OneCycleLR', () => {
    const rate = oneCycle({ max: 0.01, steps: 50 });
    golden.oneCycle.forEach((expected, step) => {
      expect(rate(step)).toBeCloseTo(expected, 12);
    });
  });
});

it('takes an option that is undefined for one that is left out', () => {
  expect(stepDecay({ initial: 1, step: undefined, gamma: undefined })(20)).toBe(0.7);
  expect(cosineDecay({ initial: 1, steps: 10, warmup: undefined, final: undefined })(0)).toBe(1);
  const given = oneCycle({ max: 1, steps: 10, warmup: undefined, divFactor: undefined, finalDivFactor: undefined });
  expect(given(0)).toBeCloseTo(1 / 25, 12);
});

it('says which value is wrong', () => {
  expect(() => stepDecay({ initial: -1 })).toThrow(
    'stepDecay: initial is wrong; expected a number of at least 0, got -1',
  );
  expect(() => oneCycle({ max: 1, steps: 0 })).toThrow(
    'oneCycle: steps is wrong; expected a number of at least 1, got 0',
  );
});
