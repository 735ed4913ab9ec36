import { cameraRotation } from '@kanrecon/render';
import { randomStream } from '@kanrecon/scene';
import { describe, expect, it } from 'vitest';
import { observable, refineCase, study } from '../../test/refine-cases.js';
import { sceneBounds } from './bounds.js';
import { drawStart } from './draw-starts.js';
import { startKnowledge } from './start-knowledge.js';

const { image, truth, view } = refineCase(study, 1, 48);
const grey = [197, 197, 197] as const;
const bounds = sceneBounds(study);
const narrow = { ...bounds, shape: bounds.shape.map((range, i) => (i === 0 ? ([0.2, 0.4] as const) : range)) };
const deviation = (values: readonly number[]) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
};

describe('startKnowledge', () => {
  it('takes what is given, and the middle and the whole width of what is not', () => {
    const given = startKnowledge({ normalized: truth, cameraAngles: view.cameraAngles }, study, bounds, image, grey);
    expect(Array.from(given.guess.shape)).toEqual(truth);
    expect(Array.from(given.shapeSpread)).toEqual(new Array(6).fill(0.1));
    expect(given.cameraSpread).toBe(0.1);
    const none = startKnowledge({}, study, narrow, image, grey);
    expect(Array.from(none.guess.shape)).toEqual([0.30000000000000004, 0.5, 0.5, 0.5, 0.5, 0.5]);
    expect(none.shapeSpread[0]).toBe(0.29);
    expect(none.cameraSpread).toBe(Number.POSITIVE_INFINITY);
    const outside = startKnowledge({ normalized: [2, -1, 0, 0, 0, 0] }, study, narrow, image, grey);
    expect(Array.from(outside.guess.shape.slice(0, 2))).toEqual([0.4, 0]);
  });

  it("takes the colour from the image, about; a hue wheel's does not show", () => {
    const off = Array.from({ length: 12 }, (_, index) => {
      const own = refineCase(study, index, 32);
      const { baseColor } = startKnowledge({}, study, bounds, own.image, grey).guess;
      return baseColor.reduce((sum, value, c) => sum + Math.abs(value - own.shape.baseColor[c]!) / 3, 0);
    });
    expect(off.reduce((sum, value) => sum + value, 0) / off.length).toBeLessThan(0.12);
    const hidden = refineCase(observable, 1, 48);
    const wheel = startKnowledge({}, observable, sceneBounds(observable), hidden.image, grey);
    expect(wheel.guess.baseColor).toEqual([0.5, 0.5, 0.5]);
  });
});

describe('drawStart', () => {
  const drawn = (start: Parameters<typeof startKnowledge>[0], within = bounds, count = 300) => {
    const knowledge = startKnowledge(start, study, within, image, grey);
    const random = randomStream(13);
    return Array.from({ length: count }, (_, i) => drawStart(knowledge, within, i, random));
  };

  it('begins with what is given, and goes as far around it as it may be off', () => {
    const spread = [0.02, 0.02, 0.02, 0.02, 0.02, 0.02];
    const guesses = drawn({ normalized: truth, spread, cameraAngles: view.cameraAngles, cameraSpread: 0.05 });
    expect(Array.from(guesses[0]!.shape)).toEqual(truth);
    const moved = guesses.filter((_, i) => i % 3 !== 0).map((guess) => guess.shape[0]!);
    expect(deviation(moved)).toBeGreaterThan(0.016);
    expect(deviation(moved)).toBeLessThan(0.024);
    const kept = guesses.filter((_, i) => i % 3 === 0);
    for (const guess of kept) expect(Array.from(guess.shape)).toEqual(truth);
    const right = cameraRotation(view.cameraAngles);
    const turned = guesses.slice(1).map(({ cameraAngles }) => {
      const trace = cameraRotation(cameraAngles).reduce((sum, value, i) => sum + value * right[i]!, 0);
      return Math.acos(Math.min(1, (trace - 1) / 2));
    });
    const root = Math.hypot(...turned) / Math.sqrt(turned.length);
    expect(root / (0.05 * Math.sqrt(3))).toBeGreaterThan(0.9);
    expect(root / (0.05 * Math.sqrt(3))).toBeLessThan(1.1);
  });

  it('looks from everywhere where nothing is known of the camera, always inside what is known', () => {
    const guesses = drawn({}, narrow);
    for (const { shape: at, cameraAngles } of guesses) {
      expect(at[0]! >= 0.2 && at[0]! <= 0.4).toBe(true);
      expect(Array.from(at).every((value) => value >= 0 && value <= 1)).toBe(true);
      expect(cameraAngles.x >= study.camera.x[0] && cameraAngles.x <= study.camera.x[1]).toBe(true);
    }
    const turned = guesses.map(({ cameraAngles }) => cameraAngles.z).sort((a, b) => a - b);
    expect(turned[30]).toBeLessThan(1.1);
    expect(turned[270]).toBeGreaterThan(5.1);
  });
});
