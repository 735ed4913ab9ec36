import { randomStream } from '@kanrecon/scene';
import { describe, expect, it } from 'vitest';
import { disturbed, observable, refineCase, study, worstError } from '../test/refine-cases.js';
import { type Refinement, refine } from './index.js';
import { normal } from './random-normal.js';

const one = refineCase(observable, 1);
const start = disturbed(observable, one);
/** One start, from anywhere. */
const brief = { budget: 1, samples: 50 } as const;

/** A picture by what is at each place. */
function picture(width: number, height: number, at: (x: number, y: number, channel: number) => number) {
  const data = Uint8Array.from({ length: 3 * width * height }, (_, i) =>
    at(Math.floor(i / 3) % width, Math.floor(i / 3 / width), i % 3),
  );
  return { width, height, data };
}

/** Part of a picture, on its own. */
function cut(own: typeof one.image, left: number, top: number, width: number, height: number) {
  return picture(width, height, (x, y, c) => own.data[3 * ((top + y) * own.width + left + x) + c]!);
}

/** All that is told stays finite and inside the ranges, whatever the image was. */
function expectWhole({ estimates, samples, misfit, parameters, normalized }: Refinement) {
  expect(Object.values(misfit).every(Number.isFinite)).toBe(true);
  expect(Array.from(normalized).every((value) => value >= 0 && value <= 1)).toBe(true);
  for (const [i, { name, min, max }] of study.surface.parameters.entries()) {
    const { mean, median, interval50, interval90 } = estimates[name]!;
    for (const value of [parameters[name]!, mean, median, ...interval50, ...interval90]) {
      expect(value).toBeGreaterThanOrEqual(min - 1e-9);
      expect(value).toBeLessThanOrEqual(max + 1e-9);
    }
    for (const sample of samples) expect(sample[i]! >= min && sample[i]! <= max).toBe(true);
  }
}

describe('refine, on images that are none of the scene', () => {
  it.each([
    ['observable', observable, 197],
    ['study', study, 30],
  ])('of %s does not find an object in a picture of one colour', async (_, scene, grey) => {
    const found = await refine(
      picture(40, 40, () => grey),
      {},
      scene,
      brief,
    );
    expectWhole(found);
    expect(found.found).toBe(false);
  });

  it('does not find one in noise', async () => {
    const random = randomStream(5);
    const found = await refine(
      picture(48, 48, () => Math.floor(256 * Math.abs(normal(random)) * 0.3) % 256),
      {},
      study,
      brief,
    );
    expectWhole(found);
    expect(found.found).toBe(false);
  });

  it('does not find one in a square', async () => {
    const square = picture(40, 40, (x, y) => (x > 10 && x < 30 && y > 10 && y < 30 ? 40 : 197));
    const found = await refine(square, {}, observable, brief);
    expectWhole(found);
    expect(found.found).toBe(false);
  });
});

describe('refine, on images as they come', () => {
  const right = async (image: typeof one.image, within: number) => {
    const found = await refine(image, start, observable, { budget: 400, samples: 50 });
    expectWhole(found);
    expect(found.found).toBe(true);
    expect(worstError(found, one.truth)).toBeLessThan(within);
  };

  it('takes 32 pixels', async () => {
    await right(refineCase(observable, 1, 32).image, 0.1);
  });

  it('takes 512 pixels', async () => {
    await right(refineCase(observable, 1, 512).image, 0.06);
  });

  it('takes one that is not square', async () => {
    await right(cut(refineCase(observable, 1, 96).image, 0, 16, 96, 64), 0.06);
  });

  it('takes noise', async () => {
    const random = randomStream(6);
    const { data, ...size } = one.image;
    const noisy = data.map((value) => Math.min(255, Math.max(0, Math.round(value + 4 * normal(random)))));
    await right({ ...size, data: noisy }, 0.1);
  });

  it('does not believe in an object that the frame cuts off, or gives the right one', async () => {
    const large = refineCase(observable, 2, 96).image;
    const found = await refine(cut(large, 32, 32, 48, 48), {}, observable, brief);
    expectWhole(found);
    expect(found.found && worstError(found, refineCase(observable, 2).truth) > 0.1).toBe(false);
  });
});
