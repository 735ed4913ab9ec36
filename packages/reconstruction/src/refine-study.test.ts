import { combinationValue, imageLimits } from '@kanrecon/identifiability';
import { applyEffects, cameraDistance, sceneByName } from '@kanrecon/scene';
import { describe, expect, it } from 'vitest';
import { disturbed, refineCase, study, worstError } from '../test/refine-cases.js';
import { refine } from './index.js';

const one = refineCase(study, 1);
const { parameters } = study.surface;

describe("refine, on the study's images", () => {
  it('finds what they show, and says that twist and size do not', async () => {
    const { combinations } = await imageLimits(study);
    const found = await refine(one.image, disturbed(study, one), study, { budget: 400 });
    expect(found.found).toBe(true);
    const truth = parameters.map(({ name }) => one.shape.parameters[name]!);
    for (const combination of combinations) {
      const { mean, interval90 } = found.combinations[combination.name]!;
      const value = combinationValue(combination, truth);
      expect(Math.abs(mean / value - 1), combination.name).toBeLessThan(0.02);
      expect(interval90[0] / value).toBeLessThan(1.005);
      expect(interval90[1] / value).toBeGreaterThan(0.995);
    }
    expect(Object.keys(found.combinations)).toContain('height/radius');
    for (const name of ['twist_amp', 'twist_freq']) {
      const { min, max } = parameters.find((parameter) => parameter.name === name)!;
      const { told, interval90, mean } = found.estimates[name]!;
      expect(told).toBe(false);
      expect(interval90[1] - interval90[0]).toBeGreaterThan(0.8 * (max - min));
      expect(Math.abs(mean - (min + max) / 2)).toBeLessThan(0.1 * (max - min));
    }
    expect(found.estimates['radius']!.told).toBe(false);
    expect(found.estimates['wave_amp']!.told).toBe(true);
    // Every sample has the ratio, whatever its size.
    const ratio = found.combinations['height/radius']!.median;
    for (const sample of found.samples) expect(Math.abs(sample[1]! / sample[0]! / ratio - 1)).toBeLessThan(0.02);
  });

  it('finds the radius too where the height is known', async () => {
    const height = one.shape.parameters['height']!;
    const known = { parameters: { height } };
    const found = await refine(one.image, disturbed(study, one), study, { known, budget: 400 });
    expect(found.found).toBe(true);
    expect(found.parameters['height']).toBeCloseTo(height, 12);
    for (const sample of found.samples) expect(sample[1]).toBeCloseTo(height, 12);
    for (const name of ['radius', 'wave_amp', 'wave_freq']) {
      const truth = one.shape.parameters[name]!;
      const { told, interval90, mean } = found.estimates[name]!;
      expect(told).toBe(true);
      expect(Math.abs(mean / truth - 1), name).toBeLessThan(0.03);
      expect(interval90[1] - interval90[0]).toBeLessThan(0.1 * truth);
    }
    expect(found.estimates['twist_amp']!.told).toBe(false);
  });

  it('says of a range that was known beforehand that the image does not tell it', async () => {
    const known = { parameters: { twist_amp: [1, 1.2], height: one.shape.parameters['height']! } } as const;
    const { estimates, normalized } = await refine(one.image, disturbed(study, one), study, {
      known,
      budget: 1,
      samples: 100,
    });
    const { told, interval90 } = estimates['twist_amp']!;
    expect(interval90[0]).toBeGreaterThanOrEqual(1);
    expect(interval90[1]).toBeLessThanOrEqual(1.2);
    expect(told).toBe(false);
    expect(worstError({ normalized: normalized.slice(4) }, one.truth.slice(4))).toBeLessThan(0.02);
  });

  it("finds the size where the camera's distance is known, as a number or roughly", async () => {
    const away = cameraDistance(study, one.shape, one.view);
    const start = disturbed(study, one);
    const exact = await refine(one.image, start, study, { known: { cameraDistance: away }, budget: 400 });
    expect(exact).toMatchObject({ found: true, calibrated: false });
    for (const name of ['radius', 'height', 'wave_amp', 'wave_freq']) {
      const truth = one.shape.parameters[name]!;
      const { told, interval90, mean } = exact.estimates[name]!;
      expect(told, name).toBe(true);
      expect(Math.abs(mean / truth - 1), name).toBeLessThan(0.02);
      expect(Math.abs(exact.parameters[name]! / truth - 1), name).toBeLessThan(0.02);
      expect(interval90[1] - interval90[0], name).toBeLessThan(0.06 * truth);
    }
    expect(exact.estimates['twist_amp']!.told).toBe(false);
    // A JPEG is compared as such, and keeps the size that is known.
    const file = { ...one.image, data: one.image.data.slice() };
    applyEffects(file, { occluders: 0, blur: 0, noise: 0, jpeg: 80, seed: 1 });
    const coarse = await refine(file, start, study, { known: { cameraDistance: away }, budget: 400 });
    expect(coarse.found).toBe(true);
    for (const name of ['radius', 'height', 'wave_amp', 'wave_freq']) {
      const truth = one.shape.parameters[name]!;
      expect(Math.abs(coarse.estimates[name]!.mean / truth - 1), name).toBeLessThan(0.1);
      expect(Math.abs(coarse.parameters[name]! / truth - 1), name).toBeLessThan(0.1);
    }
    const roughly = [0.9 * away, 1.1 * away] as const;
    const rough = await refine(one.image, start, study, { known: { cameraDistance: roughly }, budget: 400 });
    const [low, high] = rough.estimates['radius']!.interval90;
    expect(low / one.shape.parameters['radius']!).toBeCloseTo(0.91, 1);
    expect(high / one.shape.parameters['radius']!).toBeCloseTo(1.09, 1);
    for (const sample of rough.samples.slice(0, 20)) {
      const parameters = Object.fromEntries(study.surface.parameters.map(({ name }, i) => [name, sample[i]!]));
      const ratio = cameraDistance(study, { parameters }, { ...rough.view }) / away;
      expect(ratio).toBeGreaterThan(0.895);
      expect(ratio).toBeLessThan(1.105);
    }
  });

  it('refuses a distance that says nothing, or that no such object has', async () => {
    const refused = (cameraDistance: number, known = {}) =>
      refine(one.image, disturbed(study, one), study, { known: { cameraDistance, ...known }, budget: 1 });
    await expect(refused(100)).rejects.toThrow('known.cameraDistance does not go with the image');
    await expect(refused(-1)).rejects.toThrow('known.cameraDistance is wrong; expected more than 0');
    const other = sceneByName('observable');
    await expect(refine(one.image, {}, other, { known: { cameraDistance: 5 } })).rejects.toThrow(
      'known.cameraDistance says nothing in the scene observable, whose cameras all stand',
    );
  });
});
