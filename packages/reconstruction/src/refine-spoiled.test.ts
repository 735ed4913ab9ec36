import { applyEffects, drawShape, drawView, renderView, sceneByName } from '@kanrecon/scene';
import { describe, expect, it } from 'vitest';
import { refine } from './refine.js';

const scene = sceneByName('observable');
/** An answer as far off as a network's. */
const off = [0.07, -0.05, 0.06, -0.07, 0.08, -0.06];

type Drawn = ReturnType<typeof renderView>;

async function errors(index: number, spoil: (drawn: Drawn) => void, size = 48) {
  const shape = drawShape(scene, 99, index);
  const view = drawView(scene, 99, index, 0);
  const drawn = renderView(scene, shape, view, { size });
  spoil(drawn);
  const { parameters } = scene.surface;
  const truth = parameters.map(({ name, min, max }) => (shape.parameters[name]! - min) / (max - min));
  const normalized = truth.map((value, i) => Math.min(1, Math.max(0, value + off[i]!)));
  const { x, y, z } = view.cameraAngles;
  const spread = off.map(() => 0.1);
  const start = { normalized, spread, cameraAngles: { x: x + 0.06, y: y - 0.05, z: z + 0.06 }, cameraSpread: 0.08 };
  const found = await refine(drawn.image, start, scene, { size, budget: 1200, samples: 50 });
  const rms = (list: ArrayLike<number>) =>
    Math.sqrt(truth.reduce((sum, value, i) => sum + (list[i]! - value) ** 2, 0) / truth.length);
  const scaled = parameters.map(({ name, min, max }) => {
    const { mean, interval90 } = found.estimates[name]!;
    return { mean: (mean - min) / (max - min), width: (interval90[1] - interval90[0]) / (max - min) };
  });
  return {
    start: rms(normalized),
    found: rms(found.normalized),
    mean: rms(scaled.map((one) => one.mean)),
    widest: Math.max(...scaled.map((one) => one.width)),
    misfit: found.misfit,
    believed: found.found,
    settled: found.settled,
    calibrated: found.calibrated,
  };
}

/** Sets a disc of one colour on the object's upper left. */
function occlude({ image: { width: size, data }, coverage }: Drawn) {
  const middle = coverage.indexOf(255) + 2 * size;
  for (let pixel = 0; pixel < size * size; pixel++) {
    const [dx, dy] = [(pixel % size) - (middle % size), Math.floor(pixel / size) - Math.floor(middle / size)];
    if (Math.hypot(dx, dy) < 5) data.set([250, 40, 200], 3 * pixel);
  }
}

/** Sets a gradient behind the object. */
function slope({ image: { width: size, data }, coverage }: Drawn) {
  for (let pixel = 0; pixel < size * size; pixel++) {
    const shows = 1 - coverage[pixel]! / 255;
    const rise = 1.4 * (pixel % size) - 0.8 * Math.floor(pixel / size) - 40;
    for (let i = 3 * pixel; i < 3 * pixel + 3; i++) data[i] = Math.round(data[i]! + shows * rise);
  }
}

/** Sets a texture behind the object. */
function texture({ image: { width: size, data }, coverage }: Drawn) {
  for (let pixel = 0; pixel < size * size; pixel++) {
    const shows = 1 - coverage[pixel]! / 255;
    const [x, y] = [pixel % size, Math.floor(pixel / size)];
    const rise = -60 + 18 * Math.sin(0.7 * x + 0.3 * y) + 15 * Math.sin(1.1 * y - 0.5 * x) + 12 * Math.sin(0.25 * x);
    for (let i = 3 * pixel; i < 3 * pixel + 3; i++) data[i] = Math.round(data[i]! + shows * rise);
  }
}

describe('refine on spoiled images', () => {
  it('leaves out what covers the object', { timeout: 120_000 }, async () => {
    const { start, found, misfit, believed, calibrated } = await errors(3, occlude);
    expect(found).toBeLessThan(start / 2);
    expect(misfit.hidden).toBeGreaterThan(0.03);
    expect(misfit.unexplained).toBeLessThan(0.05);
    // Calibrations were measured on images of which nothing was left out.
    expect([believed, calibrated]).toEqual([true, false]);
  });

  it('has calibrated intervals of the same image when nothing covers it', { timeout: 120_000 }, async () => {
    const { believed, calibrated } = await errors(3, () => {});
    expect([believed, calibrated]).toEqual([true, true]);
  });

  it('sees through a gradient behind the object', { timeout: 120_000 }, async () => {
    const { start, found, misfit, calibrated } = await errors(6, slope);
    expect(found).toBeLessThan(start / 2);
    expect(calibrated).toBe(false);
    expect(misfit.unexplained).toBeLessThan(0.05);
  });

  it('sees through a texture behind the object, and its intervals are no wider for it', {
    timeout: 120_000,
  }, async () => {
    const { start, found, mean, widest, believed, calibrated, misfit } = await errors(6, texture);
    expect(found).toBeLessThan(start / 2);
    expect(mean).toBeLessThan(start / 2);
    expect(widest).toBeLessThan(0.3);
    expect(misfit.unexplained).toBeLessThan(0.05);
    expect([believed, calibrated]).toEqual([true, false]);
  });

  it('compares a JPEG with what a file stores of a rendering', { timeout: 120_000 }, async () => {
    const jpeg = { occluders: 0, blur: 0, noise: 0, jpeg: 60, seed: 1 };
    const { start, found, misfit, believed, settled, calibrated } = await errors(
      3,
      ({ image }) => applyEffects(image, jpeg),
      64,
    );
    expect(misfit.rms).toBeGreaterThan(2);
    expect(found).toBeLessThan(0.7 * start);
    expect([believed, settled]).toEqual([true, true]);
    // Calibrations were measured on images without noise.
    expect(calibrated).toBe(false);
  });
});
