import { drawShape, drawView, renderView, sceneByName } from '@kanrecon/scene';
import { describe, expect, it, vi } from 'vitest';
import { disturbed, observable, refineCase, worstError } from '../test/refine-cases.js';
import { findObject } from './find-object.js';
import { type RefineProgress, refine, verdict } from './index.js';

vi.setConfig({ testTimeout: 120_000 });
const one = refineCase(observable, 1);
const quick = { budget: 200, samples: 20 } as const;

/** A network that is sure of what is wrong. */
function wrongStart({ truth, view: { cameraAngles } }: typeof one) {
  const { x, y, z } = cameraAngles;
  return {
    normalized: truth.map((value) => (value < 0.5 ? 1 : 0)),
    spread: truth.map(() => 0.05),
    cameraAngles: { x: x + 2.5, y, z: z + 2.5 },
    cameraSpread: 0.03,
  };
}

describe('findObject', () => {
  it('is refine and its verdict where the start leads to the object', async () => {
    const start = disturbed(observable, one);
    const found = await findObject(one.image, start, observable, quick);
    const refined = await refine(one.image, start, observable, quick);
    expect(found).toEqual({ ...refined, startedFrom: 'start', verdict: verdict(refined, observable) });
    expect(found.verdict.kind).toBe('found');
  });

  it('searches once more without a start that leads nowhere, and counts the renderings of both', async () => {
    const hard = refineCase(observable, 4, 48);
    const wrong = wrongStart(hard);
    const told: RefineProgress[] = [];
    const first = await findObject(hard.image, wrong, observable, { ...quick, secondLook: false });
    expect([first.found, first.startedFrom]).toEqual([false, 'start']);
    const onProgress = (step: RefineProgress) => void told.push(step);
    const both = await findObject(hard.image, wrong, observable, { ...quick, onProgress });
    expect([both.found, both.startedFrom, both.verdict.kind]).toEqual([true, 'nothing', 'found']);
    expect(worstError(both, hard.truth)).toBeLessThan(0.05);
    expect(both.renderings).toBeGreaterThan(first.renderings + 200);
    const renderings = told.map((step) => step.renderings);
    expect(renderings).toEqual(renderings.toSorted((a, b) => a - b));
    expect(renderings.at(-1)).toBeGreaterThan(first.renderings);
    expect(told.at(-1)!.budget).toBe(first.renderings + quick.budget);
  });

  it('looks once where there is no start, and hardly at all where there is nothing to be seen', async () => {
    const other = sceneByName('fluted');
    const { image } = renderView(other, drawShape(other, 99, 1), drawView(other, 99, 1, 0), { size: 48 });
    const blind = await findObject(image, {}, observable, { budget: 300, samples: 20 });
    const refined = await refine(image, {}, observable, { budget: 300, samples: 20 });
    expect(blind).toEqual({ ...refined, startedFrom: 'nothing', verdict: verdict(refined, observable) });
    const grey = { width: 48, height: 48, data: new Uint8Array(3 * 48 * 48).fill(120) };
    const nothing = await findObject(grey, wrongStart(one), observable, { samples: 20 });
    expect(nothing).toMatchObject({
      found: false,
      startedFrom: 'start',
      verdict: { kind: 'foreign', score: Infinity },
    });
    expect(nothing.renderings).toBeLessThan(blind.renderings);
  });

  it('leaves the second look halfway where most stays unexplained either way', async () => {
    // A dark ball, which no hue wheel explains.
    const size = 32;
    const data = new Uint8Array(3 * size * size).fill(197);
    for (let pixel = 0; pixel < size * size; pixel++) {
      const [x, y] = [((pixel % size) - 15.5) / 11, (Math.floor(pixel / size) - 15.5) / 11];
      const rest = 1 - x * x - y * y;
      if (rest > 0) data.set([10 + 30 * rest, 20 + 60 * rest, 15 + 30 * rest], 3 * pixel);
    }
    const image = { width: size, height: size, data };
    const start = disturbed(observable, one);
    const options = { budget: 800, samples: 20, limits: { invariances: [], combinations: [] } };
    const found = await findObject(image, start, observable, options);
    const first = await refine(image, start, observable, options);
    const second = await refine(image, {}, observable, { ...options, seed: 2 });
    expect(first.misfit.unexplained).toBeGreaterThan(0.7);
    expect(found.verdict.kind).toBe('foreign');
    expect(found.renderings).toBeGreaterThan(first.renderings + 300);
    expect(found.renderings).toBeLessThan(first.renderings + 0.9 * second.renderings);
  });

  it('stops when it is told to', async () => {
    const reason = new Error('enough');
    const signal = AbortSignal.abort(reason);
    await expect(findObject(one.image, wrongStart(one), observable, { signal })).rejects.toBe(reason);
  });
});
