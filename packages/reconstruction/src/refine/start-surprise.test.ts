import { describe, expect, it } from 'vitest';
import type { StartKnowledge } from './draw-starts.js';
import type { Fitted } from './level.js';
import { startSurprise } from './start-surprise.js';

const knowledge = {
  guess: { shape: Float64Array.of(0.5, 0.5) },
  shapeGiven: true,
  shapeSpread: Float64Array.of(0.1, 0.01),
  cameraSpread: 0.1,
} as unknown as StartKnowledge;
const fit = (...shape: number[]) => ({ guess: { shape: Float64Array.from(shape) } }) as unknown as Fitted;

const level = { target: new Float32Array(2000) };

describe('startSurprise', () => {
  it('counts standard deviations, of .05 at least, up to four', () => {
    const { cost, plausible } = startSurprise(knowledge, level);
    expect(cost(fit(0.5, 0.5))).toBe(0);
    expect(cost(fit(0.7, 0.6))).toBeCloseTo((20 / 2000) * (4 + 4), 9);
    expect(cost(fit(1, 0.5))).toBeCloseTo((20 / 2000) * 16, 9);
    expect(plausible(fit(0.85, 0.35))).toBe(true);
    expect(plausible(fit(0.95, 0.5))).toBe(false);
    expect(plausible(fit(0.5, 0.25))).toBe(false);
  });

  it('counts a twentieth of that where values are off independently of each other, as frequencies of a file are', () => {
    const { cost } = startSurprise(knowledge, { ...level, look: (pixels) => pixels });
    expect(cost(fit(0.7, 0.6))).toBeCloseTo((4 + 4) / 2000, 9);
  });

  it('says nothing where the start does', () => {
    const { cost, plausible } = startSurprise({ ...knowledge, shapeGiven: false }, level);
    expect(cost(fit(1, 0))).toBe(0);
    expect(plausible(fit(1, 0))).toBe(true);
  });
});
