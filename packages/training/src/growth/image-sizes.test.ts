import { describe, expect, it } from 'vitest';
import { parseExperiment } from '../experiment/parse-experiment.js';
import type { EpochRecord } from '../loop/training-state.js';
import { imageSizesOf, sizePhases } from './image-sizes.js';

const start = { history: [] };

function sizes(epochs: number, growth: { sizes: number[]; share: number }, history: object[] = []) {
  const sizeOf = imageSizesOf({ growth, budget: { epochs } }, 64, { history: history as EpochRecord[] });
  return Array.from({ length: epochs }, (_, epoch) => sizeOf(epoch));
}

describe('the size of images by epoch', () => {
  it('grows evenly over the share, and ends at that of the network', () => {
    expect(sizes(10, { sizes: [32, 48], share: 0.6 })).toEqual([32, 32, 32, 48, 48, 48, 64, 64, 64, 64]);
    expect(sizes(4, { sizes: [32], share: 0.5 })).toEqual([32, 32, 64, 64]);
    expect(sizes(3, { sizes: [32, 48], share: 0.99 })).toEqual([32, 48, 64]);
  });

  it('is the network’s in the last epoch, however few there are', () => {
    expect(sizes(2, { sizes: [32, 48], share: 0.99 })).toEqual([32, 64]);
    expect(sizes(1, { sizes: [32, 48], share: 0.99 })).toEqual([64]);
  });

  it('never becomes smaller again when a training is made longer', () => {
    const done = [32, 48, 64].map((image_size) => ({ image_size }));
    expect(sizes(10, { sizes: [32, 48], share: 0.6 }, done).slice(3)).toEqual(Array(7).fill(64));
    expect(sizes(10, { sizes: [32, 48], share: 0.6 }, done.slice(0, 2)).slice(2)).toEqual([
      ...Array(4).fill(48),
      ...Array(4).fill(64),
    ]);
  });

  it('nor in the middle of an epoch', () => {
    const growth = { sizes: [32], share: 0.5 };
    const state = { history: Array(5).fill({ image_size: 32 }) as EpochRecord[], image_size: 64 };
    expect(imageSizesOf({ growth, budget: { epochs: 20 } }, 64, state)(5)).toBe(64);
  });

  it('is one size where nothing grows', () => {
    expect(imageSizesOf({ budget: { epochs: 5 } }, 64, start)(0)).toBe(64);
  });

  it('is told in phases, those that are done as they were', () => {
    const growth = { sizes: [32], share: 0.5 };
    const history = [{ image_size: 32 }, { image_size: 64 }] as EpochRecord[];
    expect(sizePhases({ growth, budget: { epochs: 4 } }, 64, start)).toEqual([
      { imageSize: 32, epochs: 2 },
      { imageSize: 64, epochs: 2 },
    ]);
    expect(sizePhases({ growth, budget: { epochs: 8 } }, 64, { history })).toEqual([
      { imageSize: 32, epochs: 1 },
      { imageSize: 64, epochs: 7 },
    ]);
  });
});

describe('growth of an experiment', () => {
  const least = {
    model: { backbone: 'smallCnn', imageSize: 64 },
    data: { kind: 'stream', epochImages: 8 },
    optimizer: { learningRate: 1e-3 },
    budget: { epochs: 2 },
  } as const;

  it('has a share by default', () => {
    expect(parseExperiment({ ...least, growth: { sizes: [32] } }).growth).toEqual({ sizes: [32], share: 0.3 });
  });

  it.each<[object, string]>([
    [
      { growth: { sizes: [48, 32] } },
      'growth.sizes is wrong; expected sizes from the smallest to the greatest, each below that of the network, 64, which comes last by itself; got 48, 32',
    ],
    [{ growth: { sizes: [32, 32] } }, 'got 32, 32'],
    [{ growth: { sizes: [32, 64] } }, 'got 32, 64'],
    [{ growth: { sizes: [128] } }, 'got 128'],
    [{ growth: { sizes: [16] } }, 'growth.sizes.0 is wrong; expected a whole number from 32 to 1023, got 16'],
    [{ growth: { sizes: [] } }, 'growth.sizes is wrong; expected a list'],
    [{ growth: { sizes: [32], share: 1 } }, 'growth.share is wrong; expected a number above 0 and below 1, got 1'],
    [{ growth: {} }, 'growth.sizes is wrong; expected a list'],
    [
      { growth: { sizes: [32] }, model: { ...least.model, trainBackbone: false } },
      'growth is wrong; expected none where the backbone is frozen (model.trainBackbone: false)',
    ],
  ])('is refused in a sentence where it cannot be: %j', (change, reason) => {
    expect(() => parseExperiment({ ...least, ...change })).toThrow(reason);
  });
});
