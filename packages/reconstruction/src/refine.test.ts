import { orientationDistance } from '@kanrecon/identifiability';
import { randomStream } from '@kanrecon/scene';
import { describe, expect, it } from 'vitest';
import { disturbed, observable, refineCase, study, worstError } from '../test/refine-cases.js';
import { type Refinement, type RefineProgress, refine } from './index.js';
import { normal } from './random-normal.js';

const one = refineCase(observable, 1);

describe('refine', () => {
  it.each([1, 2])(
    'finds an object, its camera and how sure that is, from a start that is off: number %i',
    async (index) => {
      const one = refineCase(observable, index);
      const start = disturbed(observable, one, index);
      const before = { start: structuredClone(start), bytes: one.image.data.slice() };
      const found = await refine(one.image, start, observable);
      expect([found.found, found.settled]).toEqual([true, true]);
      expect(worstError({ normalized: start.normalized as Float64Array }, one.truth)).toBeGreaterThan(0.05);
      expect(worstError(found, one.truth)).toBeLessThan(0.02);
      expect(orientationDistance(observable, found.view.cameraAngles, one.view.cameraAngles)).toBeLessThan(0.01);
      expect(found.misfit.chiSquared).toBeLessThan(0.1);
      expect(found.combinations).toEqual({});
      for (const { name, min, max } of observable.surface.parameters) {
        const { interval50, interval90, mean, told } = found.estimates[name]!;
        const truth = one.shape.parameters[name]!;
        expect(told).toBe(true);
        // One in ten lies outside the interval; of these two images none is farther off than three halves of one.
        expect(Math.abs(mean - truth)).toBeLessThan(1.5 * (interval90[1] - interval90[0]));
        expect(interval90[1] - interval90[0]).toBeLessThan(0.1 * (max - min));
        expect(interval50[0] > interval90[0] && interval50[1] < interval90[1]).toBe(true);
        expect(Math.abs(mean - found.parameters[name]!)).toBeLessThan(0.02 * (max - min));
      }
      expect(found.samples).toHaveLength(400);
      expect({ start, bytes: one.image.data }).toEqual(before);
    },
  );

  it('tells an image that something else drew from a rendering, clean or noisy', async () => {
    const start = disturbed(observable, one);
    const random = randomStream(3, 4);
    const changed = (change: (value: number) => number) => ({ ...one.image, data: one.image.data.map(change) });
    const noisy = changed((value) => Math.max(0, Math.min(255, Math.round(value + 6 * normal(random)))));
    // As of a renderer with more contrast.
    const other = changed((value) => Math.round(197 + 1.02 * (value - 197)));
    const found = await Promise.all([noisy, other].map((image) => refine(image, start, observable)));
    expect(found.map(({ found }) => found)).toEqual([true, true]);
    expect(found.map(({ settled }) => settled)).toEqual([true, false]);
  });

  it('finds an object of which nothing is known, not even the camera', async () => {
    const found = await refine(one.image, {}, observable);
    expect(found.found).toBe(true);
    expect(worstError(found, one.truth)).toBeLessThan(0.05);
    expect(orientationDistance(observable, found.view.cameraAngles, one.view.cameraAngles)).toBeLessThan(0.05);
  });

  it('has intervals that were measured on such images, of nothing else, and takes others', async () => {
    const start = disturbed(observable, one);
    const run = (own: Parameters<typeof refine>[3]) => refine(one.image, start, observable, own);
    const plain = await run({ calibration: false });
    const measured = await run({});
    expect([plain.calibrated, measured.calibrated]).toEqual([false, true]);
    expect(measured.estimates.twist_freq!.interval90).not.toEqual(plain.estimates.twist_freq!.interval90);
    expect(measured.estimates.twist_freq!.mean).toBe(plain.estimates.twist_freq!.mean);
    const known = await run({ known: { parameters: { height: one.shape.parameters.height! } } });
    const smaller = await run({ size: 48 });
    const other = await refine(one.image, start, { ...observable, background: [197, 198] });
    expect([known.calibrated, smaller.calibrated, other.calibrated]).toEqual([false, false, false]);
    const twice = { edges: [], factors: [2] };
    const calibration = { images: 1, intervals: { radius: { interval50: twice, interval90: twice } } };
    const { calibrated, estimates } = await run({ calibration });
    expect(calibrated).toBe(true);
    const { median, interval90 } = plain.estimates.radius!;
    expect(estimates.radius!.interval90[0]).toBeCloseTo(median - 2 * (median - interval90[0]), 9);
    expect(estimates.height).toEqual(plain.estimates.height);
  });

  it('tells how it goes, keeps about to its budget, and gives the same from the same seed', async () => {
    const { image } = refineCase(observable, 1, 32);
    const told: RefineProgress[] = [];
    const run = (seed: number) =>
      refine(image, disturbed(observable, one), observable, {
        budget: 200,
        samples: 20,
        seed,
        onProgress: (step) => told.push(step),
      });
    const first = await run(3);
    const steps = told.splice(0);
    expect(steps[0]!.phase).toBe('search');
    expect(steps.at(-1)!.phase).toBe('fit');
    for (const [i, { renderings, budget, parameters, cost, view }] of steps.entries()) {
      expect(renderings).toBeGreaterThanOrEqual(steps[i - 1]?.renderings ?? 1);
      expect(budget).toBe(200);
      expect(Object.keys(parameters)).toEqual(observable.surface.parameters.map(({ name }) => name));
      expect(cost).toBeGreaterThanOrEqual(0);
      expect(Number.isFinite(view.cameraAngles.x)).toBe(true);
    }
    expect(first.renderings).toBeGreaterThanOrEqual(steps.at(-1)!.renderings);
    expect(first.renderings).toBeGreaterThan(200);
    expect(first.renderings).toBeLessThan(600);
    expect(await run(3)).toEqual(first);
    expect((await run(4)).samples).not.toEqual(first.samples);
  });

  it('stops when it is told to, with the reason', async () => {
    const controller = new AbortController();
    const reason = new Error('enough of it');
    let steps = 0;
    const onProgress = () => {
      steps++;
      if (steps === 3) controller.abort(reason);
    };
    const { signal } = controller;
    await expect(refine(one.image, {}, observable, { onProgress, signal })).rejects.toBe(reason);
    expect(steps).toBe(3);
    await expect(refine(one.image, {}, observable, { signal })).rejects.toBe(reason);
    // From a timer: it lets others work.
    await expect(refine(one.image, {}, observable, { signal: AbortSignal.timeout(60) })).rejects.toThrow('timeout');
  });

  it('refuses wrong options and starts in a sentence', async () => {
    // biome-ignore lint/suspicious/noExplicitAny: wrong on purpose
    const wrong = (start: any, options: any = {}) => refine(one.image, start, study, options) as Promise<Refinement>;
    await expect(wrong({}, { budget: 0 })).rejects.toThrow(
      'refine: budget is wrong; expected a whole number from 1 to',
    );
    await expect(wrong({}, { size: 31 })).rejects.toThrow(
      'size is wrong; expected a whole number from 32 to 256, got 31',
    );
    await expect(wrong({}, { samples: 0 })).rejects.toThrow('samples is wrong');
    await expect(wrong({}, { seed: 0.5 })).rejects.toThrow('seed is wrong');
    await expect(wrong({ normalized: [0.5] })).rejects.toThrow(
      "refine: the start's normalized is wrong; expected 6 finite numbers, one for each of radius, height, twist_amp, twist_freq, wave_amp, wave_freq, got 0.5",
    );
    await expect(wrong({ spread: [1, 1, 1, 1, 1, -1] })).rejects.toThrow("the start's spread is wrong");
    await expect(wrong({ normalized: [1, 1, 1, 1, 1, Number.NaN] })).rejects.toThrow('NaN');
    await expect(wrong({ cameraAngles: { x: 1, y: 2 } })).rejects.toThrow("the start's cameraAngles is wrong");
    await expect(wrong({ cameraSpread: -1 })).rejects.toThrow("the start's cameraSpread is wrong");
    await expect(wrong({ baseColor: [1, 2, 1] })).rejects.toThrow("the start's baseColor is wrong");
    await expect(wrong({}, { known: { parameters: { radius: 9 } } })).rejects.toThrow('known.parameters.radius');
  });
});
